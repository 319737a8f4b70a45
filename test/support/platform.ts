import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { AwsStack } from '../../lib/core/aws-stack';
import { check } from '../../lib/core/check';
import type { NodePool } from '../../lib/kubernetes/pod/placement';
import { trafficContract } from '../../lib/load-balancing/traffic-contract';
import type { AddOn } from '../../lib/platform/add-on';
import { addOnProblems } from '../../lib/platform/add-on-order';
import { ClusterServices } from '../../lib/platform/cluster-services';
import { FACTS_VERSION, INGRESS, MONITORING, type EnvironmentFacts } from '../../lib/platform/facts';
import type { Infrastructure } from '../../lib/platform/infrastructure';
import { installInfrastructure, installPlatform, readAddOnOutputs } from '../../lib/platform/install';
import type { NamespaceSettings } from '../../lib/platform/namespace-settings';
import type { Platform } from '../../lib/platform/platform';
import { provideFacts } from '../../lib/platform/provide-facts';
import { existingCluster, existingVpc } from './cluster';

/** Three ingress nodes that take nothing else, and three for the rest. */
export const NODE_POOLS: readonly NodePool[] = [
  {
    name: 'ingress',
    kind: 'managed',
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
    kind: 'auto-scaling',
    labels: { pool: 'apps' },
    taints: [],
    architecture: 'amd64',
    zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    minNodes: 3,
    maxNodes: 9,
    ingress: false,
  },
];

export type PlatformOverrides = Partial<EnvironmentFacts> &
  Partial<Omit<Infrastructure, 'facts'>> & {
    /** Which halves are installed. */
    readonly half?: 'infrastructure' | 'platform';
    readonly namespaces?: NamespaceSettings;
  };

/** What an environment named `production` in `example.com` knows. */
export function testFacts(overrides: Partial<EnvironmentFacts> = {}): EnvironmentFacts {
  return {
    version: FACTS_VERSION,
    name: 'production',
    account: '123456789012',
    region: 'eu-west-1',
    domain: 'example.com',
    kubernetesVersion: '1.34',
    profile: {
      name: 'business',
      replicas: 3,
      toleratedNodeLosses: 2,
      deletionProtection: true,
      prefixDelegation: false,
    },
    network: {
      cidr: '10.20.0.0/16',
      secondaryCidrs: [],
      subnets: [],
      serviceCidr: '172.20.0.0/16',
      controlPlaneCidrs: ['10.20.0.0/28', '10.20.0.16/28'],
    },
    nodePools: NODE_POOLS,
    eksAddOnRoleNames: { 'aws-ebs-csi-driver': 'production-eu-west-1-aws-ebs-csi-driver' },
    ingress: INGRESS,
    monitoring: MONITORING,
    traffic: trafficContract({ trustedCidrs: ['10.20.16.0/24', '10.20.32.0/24'] }),
    images: {},
    addOns: [],
    backend: { kind: 'local' },
    ...overrides,
  };
}

/** What such an environment would give the infrastructure halves of its add-ons. */
export function testInfrastructure(overrides: PlatformOverrides = {}): Infrastructure {
  const {
    half: _,
    namespaces: __,
    vpc,
    cluster,
    zone,
    kmsKeyArn,
    readyForPods,
    nodeDrainingQueueUrl,
    ...facts
  } = {
    vpc: existingVpc(),
    cluster: existingCluster({ clusterName: 'production' }),
    zone: { zoneId: 'Z1', zoneName: 'example.com' },
    readyForPods: [],
    nodeDrainingQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/production-draining',
    ...overrides,
  };
  const { serviceCidr } = cluster;
  const known = testFacts(facts);
  return {
    facts: { ...known, network: { ...known.network, serviceCidr } },
    vpc,
    cluster,
    zone,
    kmsKeyArn,
    readyForPods,
    nodeDrainingQueueUrl,
  };
}

/** What its platform stack would give the platform halves. */
export function testPlatform(stack: AwsStack, overrides: PlatformOverrides = {}): Platform {
  new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
  const { kmsKeyArn: _, nodeDrainingQueueUrl: __, ...resources } = testInfrastructure(overrides);
  return new ClusterServices(stack, 'platform', resources, overrides.namespaces).platform;
}

/** Installs one half of each add-on; list those that they require too. */
export function install(stack: AwsStack, addOns: readonly AddOn[], overrides: PlatformOverrides = {}): void {
  const infrastructure = testInfrastructure(overrides);
  check(stack, ...addOnProblems(addOns));
  provideFacts(stack, infrastructure.facts);
  if (overrides.half === 'infrastructure') {
    installInfrastructure(stack, addOns, infrastructure);
    return;
  }
  const outputs = readAddOnOutputs(addOns, (output) => {
    if (output === 'node_draining_queue_url') return infrastructure.nodeDrainingQueueUrl!;
    return `${output.endsWith('_arn') ? 'arn:aws:service:eu-west-1:123456789012:' : ''}value-of-${output}`;
  });
  installPlatform(stack, addOns, testPlatform(stack, overrides), outputs);
}
