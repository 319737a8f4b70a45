import { clusters, eksAddOns } from './collect/cluster';
import { dnsZones } from './collect/dns';
import { acknowledgements } from './collect/acknowledgements';
import { exposure } from './collect/exposure';
import { kubernetesPermissions } from './collect/kubernetes-permissions';
import { loadBalancers } from './collect/load-balancer';
import { networks } from './collect/network';
import { nodeGroups } from './collect/node-groups';
import { outputs, stackSummaries } from './collect/outputs';
import { capacitySummaries } from './collect/capacity-summaries';
import { podRoles } from './collect/pod-roles';
import { privileges } from './collect/privileges';
import { addOns, helmCharts, images, workloads } from './collect/workloads';
import type { Report } from './model';
import { SynthesizedStacks, type StackJson } from './synthesized';

/** Reads a report out of synthesized stacks: nothing else is asked. */
export function collectReport(name: string, json: readonly StackJson[]): Report {
  const stacks = new SynthesizedStacks(json);
  const run = workloads(stacks);
  const groups = nodeGroups(stacks);
  const onPurpose = acknowledgements(stacks);
  return {
    format: 'quayside-report/1',
    name,
    stacks: stackSummaries(stacks),
    networks: networks(stacks),
    clusters: clusters(stacks),
    nodeGroups: groups,
    loadBalancers: loadBalancers(stacks),
    dnsZones: dnsZones(stacks),
    exposure: exposure(stacks),
    eksAddOns: eksAddOns(stacks),
    addOns: addOns(stacks),
    workloads: run,
    helmCharts: helmCharts(stacks),
    images: images(run),
    podRoles: podRoles(stacks),
    privileges: privileges(stacks, onPurpose),
    kubernetesPermissions: kubernetesPermissions(stacks, onPurpose),
    exceptions: onPurpose,
    packing: capacitySummaries(stacks, run, groups),
    outputs: outputs(stacks),
  };
}
