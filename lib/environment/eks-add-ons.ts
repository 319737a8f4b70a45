import type { EksAddOnConfiguration, NetworkAddOnName, StandardAddOnName } from '../cluster/eks-add-on-props';
import type { NodePool } from '../kubernetes/pod/placement';
import type { EnvironmentProfile } from './profile';
import { isRecord } from '../core/record';

/** Overrides of the profile's settings, by EKS add-on; `none` disables an add-on. */
export type EksAddOnSettings = Readonly<
  Partial<Record<NetworkAddOnName | StandardAddOnName, EksAddOnConfiguration | 'none'>>
>;

type Configuration = NonNullable<EksAddOnConfiguration['configuration']>;

/** The profile's settings of EKS add-ons, merged with the environment's own. */
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

/**
 * Keeps one prefix warm on each node. Source: "Assign more IP addresses to Amazon EKS nodes with prefixes",
 * https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html
 */
const PREFIX_DELEGATION = { env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' } } as const;

/** A leader and a standby, which a single node has no use for. */
function standbyReplicas({ replicas }: EnvironmentProfile): number {
  return Math.min(2, replicas);
}

/**
 * 170Mi is enough for more than 100,000 pods and Services. Source: "Scaling CoreDNS in Kubernetes Clusters",
 * https://github.com/coredns/deployment/blob/master/kubernetes/Scaling_CoreDNS.md
 */
const DNS_RESOURCES = { requests: { cpu: '100m', memory: '170Mi' }, limits: { memory: '170Mi' } } as const;
/** EKS scales to a replica per 16 nodes or 256 cores: this allows 64 cores per node. */
const NODES_PER_DNS_REPLICA = 4;

/**
 * Sources: "Scale CoreDNS Pods for high DNS traffic",
 * https://docs.aws.amazon.com/eks/latest/userguide/coredns-autoscaling.html; the add-on's configuration schema.
 */
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

/** The add-on's default requests, 100m and 200Mi, are enough for this many nodes. */
const METRICS_NODES = 100;

/** 1m CPU and 2 MiB memory per node. Source: "Scaling", https://github.com/kubernetes-sigs/metrics-server */
function metricsServer(profile: EnvironmentProfile, maxNodes: number): Configuration {
  const replicas = standbyReplicas(profile);
  if (maxNodes <= METRICS_NODES) return { replicas };
  const memory = `${2 * maxNodes}Mi`;
  return { replicas, resources: { requests: { cpu: `${maxNodes}m`, memory }, limits: { memory } } };
}

/** Deep merge in which `own` takes precedence; lists are replaced. */
export function mergeConfiguration(base: Configuration, own: Configuration = {}): Configuration {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(own)])];
  return Object.fromEntries(
    keys.map((key) => {
      const [inherited, override] = [base[key], own[key]];
      return [
        key,
        isRecord(inherited) && isRecord(override) ? mergeConfiguration(inherited, override) : (override ?? inherited),
      ];
    }),
  );
}
