import { Fn } from 'cdktf';
import { clusterAutoscaler } from '../../../lib/addons/cluster-autoscaler/cluster-autoscaler';
import { dashboard } from '../../../lib/addons/dashboard/dashboard';
import { externalDns, type ExternalDnsProps } from '../../../lib/addons/external-dns/external-dns';
import { ingress, type IngressAddOnProps } from '../../../lib/addons/ingress/ingress';
import { namespaces, type NamespaceSpec } from '../../../lib/addons/namespaces/namespaces';
import { nodeTerminationHandler } from '../../../lib/addons/node-termination-handler/node-termination-handler';
import { storage } from '../../../lib/addons/storage/storage';
import type { NodePool } from '../../../lib/kubernetes/pod/placement';
import { trafficContract } from '../../../lib/load-balancing/traffic-contract';
import { existingCluster } from '../../support/cluster';
import { install, NODE_POOLS, type PlatformOverrides } from '../../support/platform';
import { group, inStack, returned, type Group } from '../try';

const CONTEXT = 'what is wrong is what the environment has';
const zone = (zoneName: string, visibility: 'public' | 'private') => ({ zoneId: 'Z2', zoneName, visibility });
const split = (weight: number): IngressAddOnProps => ({
  http: { services: { split: { weighted: { services: [{ name: 'api@kubernetes', weight }] } } } },
});
const KEY = (region: string) => `arn:aws:kms:${region}:123456789012:key/11111111-2222-3333-4444-555555555555`;

export const GROUPS: readonly Group[] = [
  group(
    returned((specs: readonly NamespaceSpec[]) => void namespaces(specs)),
    {
      'namespaces is empty: list at least one, or remove the add-on': { wrong: [], right: [{ name: 'shop' }] },
      'a name is known only after apply, but is part of state addresses: use a literal': {
        wrong: [{ name: Fn.join('-', ['shop', 'api']) }],
        right: [{ name: 'shop-api' }],
        unnamed: 'the value is known after apply',
      },
      "namespaces has '{}' twice: list it once": {
        wrong: [{ name: 'shop' }, { name: 'shop' }],
        right: [{ name: 'shop' }],
      },
      "namespaces has '{}', which is reserved by Kubernetes: choose another name": {
        wrong: [{ name: 'kube-shop' }],
        right: [{ name: 'shop' }],
      },
    },
  ),
  group(
    returned((props: ExternalDnsProps) => void externalDns(props)),
    {
      "sources has '{}' twice: list it once": {
        wrong: { sources: ['ingress', 'ingress'] },
        right: { sources: ['ingress'] },
      },
      'sources is empty: list ingress or service, or omit it for both': {
        wrong: { sources: [] },
        right: { sources: ['service'] },
      },
      "zones has '{}' twice: list it once": {
        wrong: { zones: [zone('example.com', 'public'), zone('example.com', 'public')] },
        right: { zones: [zone('example.com', 'public')] },
      },
      'zones is empty: list at least one, or omit it for the zone of the environment': {
        wrong: { zones: [] },
        right: {},
      },
      'zones mixes public and private zones ({}): use only one kind': {
        wrong: { zones: [zone('example.com', 'public'), { ...zone('example.net', 'private'), zoneId: 'Z3' }] },
        right: { zones: [zone('example.com', 'public'), { ...zone('example.net', 'public'), zoneId: 'Z3' }] },
      },
    },
  ),
  group(
    returned((props: IngressAddOnProps) => void ingress(props)),
    {
      "services '{}': a weight must be a whole number of at least 0, got {}": { wrong: split(-1), right: split(1) },
      "services '{}': every weight is 0: set at least one above 0": { wrong: split(0), right: split(1) },
      "{} '{}': remove the suffix from '@', Traefik appends @file": {
        wrong: { http: { middlewares: { 'compress@file': { compress: {} } } } },
        right: { http: { middlewares: { compress: { compress: {} } } } },
      },
    },
  ),
  group(
    inStack((stack, { healthCheckPath }: { readonly healthCheckPath: string }) => {
      install(stack, [ingress()], {
        traffic: trafficContract({ healthCheckPath, trustedCidrs: ['10.20.16.0/24'] }),
      });
    }),
    {
      "healthCheckPath is '{}', but Traefik only responds below {}: omit it": {
        wrong: { healthCheckPath: '/healthz' },
        right: { healthCheckPath: '/ping' },
      },
    },
  ),
  group(
    inStack((stack, trustedCidrs: readonly string[]) =>
      install(stack, [ingress()], { traffic: trafficContract({ trustedCidrs }) }),
    ),
    {
      "trustedCidrs is empty, so that nobody could reach the ingress: list the load balancer's subnets": {
        wrong: [],
        right: ['10.20.16.0/24'],
      },
    },
  ),
  group(
    inStack((stack, nodePools: readonly NodePool[]) => install(stack, [ingress()], { nodePools })),
    {
      'ingress is false on every node pool ({}), so none receives requests from the load balancer: set ingress: true on a node group':
        {
          wrong: NODE_POOLS.map((pool) => ({ ...pool, ingress: false })),
          right: NODE_POOLS,
        },
    },
  ),
  group(
    inStack((stack, host: string) => install(stack, [ingress(), dashboard({ host })])),
    {
      "host '{}' must be one label below {}, which the load balancer's certificate covers, such as dashboard.{}": {
        wrong: 'dashboard.example.org',
        right: 'dashboard.example.com',
      },
    },
  ),
  group(
    inStack((stack, overrides: PlatformOverrides) => install(stack, [externalDns()], overrides)),
    {
      'the environment has no zone: set zones': {
        wrong: { zone: undefined },
        right: { zone: { zoneId: 'Z1', zoneName: 'example.com' } },
      },
    },
  ),
  group(
    inStack((stack, kubernetesVersion: string) => {
      install(stack, [clusterAutoscaler()], { cluster: existingCluster({ kubernetesVersion }) });
    }),
    {
      "no cluster autoscaler version is pinned for Kubernetes {} of cluster '{}': use one of {}, or remove the add-on":
        {
          wrong: '1.20',
          right: '1.35',
        },
    },
  ),
  group(
    inStack((stack, overrides: PlatformOverrides) => install(stack, [nodeTerminationHandler()], overrides)),
    {
      "environment '{}' has no node group of kind 'auto-scaling', and EKS drains managed groups itself: remove the add-on":
        { wrong: { nodePools: [NODE_POOLS[0]!] }, right: { nodePools: NODE_POOLS }, unnamed: CONTEXT },
    },
  ),
  group(
    inStack((stack, overrides: PlatformOverrides) => {
      install(stack, [nodeTerminationHandler()], { ...overrides, half: 'infrastructure' });
    }),
    {
      "nodeDrainingQueueUrl is required for self-managed nodes: use NodeDraining's queueUrl": {
        wrong: { nodeDrainingQueueUrl: undefined },
        right: { nodeDrainingQueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/draining' },
      },
    },
  ),
  group(
    inStack((stack, { kmsKeyArn }: { readonly kmsKeyArn: string }) => install(stack, [storage({ kmsKeyArn })])),
    {
      "{} '{}' is of a key in {}: use a key, or a replica of a multi-Region key, in {}": {
        wrong: { kmsKeyArn: KEY('us-east-1') },
        right: { kmsKeyArn: KEY('eu-west-1') },
      },
    },
  ),
  group(
    inStack((stack, overrides: PlatformOverrides) => {
      install(stack, [storage({ kmsKeyArn: KEY('eu-west-1') })], overrides);
    }),
    {
      "kmsKeyArn is set, but the cluster has no EKS add-on '{}' whose role could use the key: install it, and for an existing cluster set eksAddOnRoleNames":
        {
          wrong: { eksAddOnRoleNames: {} },
          right: { eksAddOnRoleNames: { 'aws-ebs-csi-driver': 'ebs' } },
        },
    },
  ),
];
