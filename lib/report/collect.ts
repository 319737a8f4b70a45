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

/** Collects a report from synthesized stacks, and from nothing else. */
export function collectReport(name: string, json: readonly StackJson[]): Report {
  const stacks = new SynthesizedStacks(json);
  const workloadSummaries = workloads(stacks);
  const nodeGroupSummaries = nodeGroups(stacks);
  const exceptions = acknowledgements(stacks);
  return {
    format: 'quayside-report/1',
    name,
    stacks: stackSummaries(stacks),
    networks: networks(stacks),
    clusters: clusters(stacks),
    nodeGroups: nodeGroupSummaries,
    loadBalancers: loadBalancers(stacks),
    dnsZones: dnsZones(stacks),
    exposure: exposure(stacks),
    eksAddOns: eksAddOns(stacks),
    addOns: addOns(stacks),
    workloads: workloadSummaries,
    helmCharts: helmCharts(stacks),
    images: images(workloadSummaries),
    podRoles: podRoles(stacks),
    privileges: privileges(stacks, exceptions),
    kubernetesPermissions: kubernetesPermissions(stacks, exceptions),
    exceptions,
    packing: capacitySummaries(stacks, workloadSummaries, nodeGroupSummaries),
    outputs: outputs(stacks),
  };
}
