import type { EksAddOnConfiguration } from '../cluster/eks-add-on';
import type { NetworkAddOnName } from '../cluster/network-add-ons';
import type { StandardAddOnName } from '../cluster/standard-add-ons';
import type { NodePool } from '../kubernetes/pod/placement';
import type { EnvironmentProfile } from './profile';

/** What differs from the profile's settings, by EKS add-on; `none` leaves one out. */
export type EksAddOnSettings = Readonly<
  Partial<Record<NetworkAddOnName | StandardAddOnName, EksAddOnConfiguration | 'none'>>
>;

type Configuration = NonNullable<EksAddOnConfiguration['configuration']>;

/** The settings of the EKS add-ons by the profile, with what the environment says of its own. */
export function eksAddOnSettings(
  profile: EnvironmentProfile,
  nodePools: readonly NodePool[],
  own: EksAddOnSettings = {},
): EksAddOnSettings {
  const maxNodes = nodePools.reduce((sum, pool) => sum + pool.maxNodes, 0);
  const byProfile: Readonly<Partial<Record<keyof EksAddOnSettings, Configuration>>> = {
    ...(profile.prefixDelegation && { 'vpc-cni': PREFIX_DELEGATION }),
    coredns: coreDns(profile, maxNodes, own.coredns),
    'metrics-server': metricsServer(profile, maxNodes),
    'aws-ebs-csi-driver': { controller: { replicaCount: standbyReplicas(profile) } },
  };
  const configured = Object.entries(byProfile).map(([name, configuration]) => {
    const override = own[name as keyof EksAddOnSettings] ?? {};
    const settings =
      override === 'none'
        ? override
        : { ...override, configuration: mergeConfiguration(configuration, override.configuration) };
    return [name, settings] as const;
  });
  return { ...own, ...Object.fromEntries(configured) };
}

/** Source: "Assign more IP addresses to Amazon EKS nodes with prefixes"; one prefix is kept warm on each node. */
const PREFIX_DELEGATION = { env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' } } as const;

/** One works; a second only has to take over, and one node alone has no use for it. */
function standbyReplicas({ replicas }: EnvironmentProfile): number {
  return Math.min(2, replicas);
}

/** Source: "Scaling CoreDNS in Kubernetes Clusters": 170Mi is enough for more than 100,000 pods and Services. */
const DNS_RESOURCES = { requests: { cpu: '100m', memory: '170Mi' }, limits: { memory: '170Mi' } } as const;
/** EKS wants a replica for 16 nodes, or for 256 cores where nodes have more than 16: this is room for 64 cores each. */
const NODES_PER_DNS_REPLICA = 4;

/** Sources: "Scale CoreDNS Pods for high DNS traffic", Amazon EKS User Guide; the add-on's configuration schema. */
function coreDns(profile: EnvironmentProfile, maxNodes: number, own: EksAddOnSettings['coredns']): Configuration {
  const { replicas } = profile;
  const fixed = own && own !== 'none' && own.configuration?.['replicaCount'] !== undefined;
  const autoScaling = {
    enabled: true,
    minReplicas: replicas,
    maxReplicas: Math.max(replicas, Math.ceil(maxNodes / NODES_PER_DNS_REPLICA)),
  };
  return {
    ...(replicas > 1 ? !fixed && { autoScaling } : { replicaCount: 1 }),
    resources: DNS_RESOURCES,
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
    ],
  };
}

/** Up to here the add-on's own requests are enough: 100m and 200Mi. */
const METRICS_NODES = 100;

/** Source: "Scaling" of metrics-server: a thousandth of a core and 2 MiB for each node. */
function metricsServer(profile: EnvironmentProfile, maxNodes: number): Configuration {
  const replicas = standbyReplicas(profile);
  if (maxNodes <= METRICS_NODES) return { replicas };
  const memory = `${2 * maxNodes}Mi`;
  return { replicas, resources: { requests: { cpu: `${maxNodes}m`, memory }, limits: { memory } } };
}

/** What `own` says holds, down to the single value; lists are taken whole. */
export function mergeConfiguration(base: Configuration, own: Configuration = {}): Configuration {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(own)])];
  return Object.fromEntries(
    keys.map((key) => {
      const [theirs, ours] = [base[key], own[key]];
      return [key, isObject(theirs) && isObject(ours) ? mergeConfiguration(theirs, ours) : (ours ?? theirs)];
    }),
  );
}

function isObject(value: unknown): value is Configuration {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
