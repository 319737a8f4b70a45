import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { kubernetesObjects, type KubernetesObject } from './kubernetes-objects';
import {
  loadBalancerSettings,
  nodeSettings,
  type LoadBalancerSettings,
  type NodeSettings,
} from './load-balancer-settings';
import { SynthesizedStack } from './synthesized-stack';

/** What is proven: everything as it was synthesized. A control changes one setting of it. */
export interface System {
  readonly domain: string;
  /** The CIDR block of a subnet of the control plane. */
  readonly controlPlaneSubnet: string;
  readonly loadBalancer: LoadBalancerSettings;
  readonly nodes: readonly NodeSettings[];
  readonly objects: readonly KubernetesObject[];
}

/** @param directory `cdktf.out` of an app with one environment */
export function readSystem(directory: string): System {
  const stacks = join(directory, 'stacks');
  const read = (suffix: string) => {
    const [name, ...more] = readdirSync(stacks).filter((stack) => stack.endsWith(suffix));
    if (!name || more.length > 0) throw new Error(`${stacks} needs one stack *${suffix}`);
    return SynthesizedStack.read(join(stacks, name, 'cdk.tf.json'));
  };
  const infrastructure = read('-infrastructure');
  const intra = infrastructure
    .resources('aws_subnet')
    .find(({ config }) => config['map_public_ip_on_launch'] === false);
  const [zone] = infrastructure.resources('aws_route53_zone');
  if (!intra || !zone) throw new Error(`${stacks}: the infrastructure has no private subnet or no zone`);
  return {
    domain: String(zone.config['name']),
    controlPlaneSubnet: String(intra.config['cidr_block']),
    loadBalancer: loadBalancerSettings(infrastructure),
    nodes: nodeSettings(infrastructure),
    objects: kubernetesObjects(read('-platform')),
  };
}
