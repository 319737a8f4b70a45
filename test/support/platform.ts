import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { installAddOns, type AddOn, type AddOnStack } from '../../lib/addons/add-on';
import { ClusterPlatform, type ClusterPlatformProps } from '../../lib/addons/cluster-platform';
import type { AwsStack } from '../../lib/core/aws-stack';
import type { NodePool } from '../../lib/kubernetes/placement';
import { trafficContract } from '../../lib/load-balancing/traffic-contract';
import { existingCluster } from './cluster';

/** Three ingress nodes that take nothing else, and three for the rest. */
export const NODE_POOLS: readonly NodePool[] = [
  {
    name: 'ingress',
    labels: { pool: 'ingress' },
    taints: [{ key: 'pool', value: 'ingress', effect: 'NoSchedule' }],
    architecture: 'amd64',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    minNodes: 3,
    maxNodes: 6,
    ingress: true,
  },
  {
    name: 'apps',
    labels: { pool: 'apps' },
    taints: [],
    architecture: 'amd64',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    minNodes: 3,
    maxNodes: 9,
    ingress: false,
  },
];

export type PlatformOverrides = Partial<ClusterPlatformProps>;

/** What the platform stack of an environment named `production` in `example.com` would give its add-ons. */
export function testPlatform(stack: AwsStack, overrides: PlatformOverrides = {}): ClusterPlatform {
  const where: AddOnStack = overrides.stack ?? 'platform';
  if (where === 'platform') new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
  return new ClusterPlatform(stack, 'platform', {
    stack: where,
    environment: 'production',
    cluster: existingCluster({ clusterName: 'production' }),
    controlPlaneCidrs: ['10.20.0.0/28', '10.20.0.16/28'],
    domain: 'example.com',
    zone: { zoneId: 'Z1', zoneName: 'example.com' },
    traffic: trafficContract({ trustedCidrs: ['10.20.16.0/24', '10.20.32.0/24'] }),
    nodePools: NODE_POOLS,
    profile: {
      name: 'business',
      replicas: 3,
      toleratedNodeLosses: 2,
      deletionProtection: true,
      prefixDelegation: false,
    },
    nodeDrainingQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/production-draining',
    ...overrides,
  });
}

/** Installs the add-ons of one stack; list those that they require too. */
export function install(stack: AwsStack, addOns: readonly AddOn[], overrides: PlatformOverrides = {}): void {
  const platform = testPlatform(stack, overrides);
  installAddOns(stack, { stack: overrides.stack ?? 'platform', addOns, platform });
}
