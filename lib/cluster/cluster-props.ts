import { formatValue } from '../core/format';
import { isRecord } from '../core/record';
import {
  bool,
  checkedBy,
  integer,
  list,
  literal,
  object,
  oneOf,
  optional,
  text,
  union,
  type Shape,
} from '../core/shape';
import { VPC_REF, type VpcRef } from '../network/vpc-ref';
import { KUBERNETES_VERSIONS, type KubernetesVersion } from '../versions';
import { CLUSTER_ACCESS_ENTRY, type ClusterAccessEntry } from './access-props';
import { VOLUME_ACCESS, type VolumeAccess } from './cluster-ref';
import { NETWORK_ADD_ON_SETTINGS, type NetworkAddOnSettings } from './eks-add-on-props';
import { OPEN_PORT, type OpenPort } from './open-port';

export interface ClusterProps {
  /** At most 100 characters: letters, digits, hyphens and underscores. */
  readonly name: string;
  readonly vpc: VpcRef;
  /**
   * Who may use the Kubernetes API. At least one entry must be a cluster-wide `cluster-admin`: the cluster's creator
   * gets no permissions.
   */
  readonly access: readonly ClusterAccessEntry[];
  /**
   * The minor version of the control plane. There is no default: it must change only when you upgrade the cluster, one
   * minor version at a time.
   */
  readonly kubernetesVersion: KubernetesVersion;
  /** @default private: only the VPC can reach the Kubernetes API */
  readonly endpoint?: EndpointAccess;
  /**
   * Address family of pods and Services. With `ipv6` the VPC's subnets need IPv6 CIDR blocks, and EKS assigns the one
   * of the Services. Changing it replaces the cluster.
   * @default 'ipv4'
   */
  readonly ipFamily?: IpFamily;
  /**
   * Address range of Kubernetes Services: private, /12 to /24, outside the VPC. Changing it replaces the cluster.
   * @default '172.20.0.0/16'
   */
  readonly serviceCidr?: string;
  /** @default 'cluster', the security group that EKS creates */
  readonly securityGroups?: ClusterSecurityGroupMode;
  /**
   * Ports of nodes that the control plane or other nodes reach. Only `strict` groups need rules for them.
   * @default those that Kubernetes needs
   */
  readonly openPorts?: readonly OpenPort[];
  /**
   * The add-ons that nodes need to become Ready.
   * @default vpc-cni with network policies, kube-proxy and eks-pod-identity-agent
   */
  readonly addOns?: NetworkAddOnSettings;
  /** @default all five */
  readonly logTypes?: readonly ClusterLogType[];
  /**
   * Retention of the control plane logs in days, one of the values that CloudWatch Logs supports.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * KMS key of the log group; its key policy must let CloudWatch Logs use it.
   * @default encryption by CloudWatch Logs
   */
  readonly logKmsKeyArn?: string;
  /**
   * KMS key that encrypts Kubernetes objects in etcd, on top of the encryption that EKS always applies. It can never be
   * removed or changed, and the cluster is lost if the key is deleted.
   * @default an AWS owned key
   */
  readonly secretsKmsKeyArn?: string;
  /**
   * What happens at the end of standard support for the Kubernetes version: `STANDARD` upgrades the cluster, `EXTENDED`
   * keeps the version at a higher price.
   * @default 'STANDARD'
   */
  readonly upgradePolicy?: UpgradePolicy;
  /**
   * Lets AWS, or you, shift traffic away from an impaired zone.
   * @default true
   */
  readonly zonalShift?: boolean;
  /**
   * Blocks deletion and replacement of the cluster and its log group, also by Terraform, until `false` is applied.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Creates an IAM OIDC provider for the cluster, for pods that need IRSA because they cannot use the Pod Identity
   * agent.
   * @default false
   */
  readonly oidcProvider?: boolean;
  /**
   * EBS volumes that the cluster's driver may attach and delete: those that a driver of any cluster of the account
   * created, or only those tagged with this cluster's name. `cluster` is for new clusters: untagged volumes, snapshots and
   * self-managed instances of an existing one must be tagged first, see the guide "Cluster and nodes".
   * @default 'account', with which the volumes of an existing cluster can be attached
   */
  readonly volumeAccess?: VolumeAccess;
  /**
   * URLs of pull-through caches (`PullThroughCache.url`) that nodes may import images through.
   * @default none: nodes pull only images that are cached already
   */
  readonly pullThroughCaches?: readonly string[];
}

export const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;

export type ClusterLogType = (typeof LOG_TYPES)[number];

export type UpgradePolicy = 'STANDARD' | 'EXTENDED';

/** Who can reach the Kubernetes API: only the VPC and networks connected to it, or also the listed public networks. */
export type EndpointAccess =
  | ({ readonly kind: 'private' } & PrivateAccess)
  | ({
      readonly kind: 'private-and-public';
      /** Public networks of operators and pipelines. */
      readonly allowedCidrs: readonly string[];
    } & PrivateAccess);

interface PrivateAccess {
  /**
   * Networks that can reach the private endpoint: the VPC, and those behind a VPN or peering. Nodes always can.
   * @default the VPC's CIDR
   */
  readonly privateCidrs?: readonly string[];
}

/** Address family of pods and Services. */
export type IpFamily = 'ipv4' | 'ipv6';

/**
 * Security group of the nodes: `cluster` is the one that EKS creates, which allows all traffic between its members;
 * `strict` is a separate one with only the rules that Kubernetes needs.
 */
export type ClusterSecurityGroupMode = 'cluster' | 'strict';

type PrivateEndpoint = Extract<EndpointAccess, { readonly kind: 'private' }>;
type PublicEndpoint = Extract<EndpointAccess, { readonly kind: 'private-and-public' }>;

const ENDPOINT = union<EndpointAccess, 'kind'>('kind', {
  private: object<PrivateEndpoint>({ kind: oneOf('private'), privateCidrs: optional(list(text())) }),
  'private-and-public': object<PublicEndpoint>({
    kind: oneOf('private-and-public'),
    allowedCidrs: list(text()),
    privateCidrs: optional(list(text())),
  }),
});

/** What the kinds that EKS has besides would mean. */
const REJECTED_KINDS: Readonly<Record<string, string>> = {
  public: 'disables the private endpoint, so nodes would reach the API only over the internet',
  none: 'disables both API endpoints, so nobody could reach the cluster',
};

export const ENDPOINT_ACCESS: Shape<EndpointAccess> = {
  ...ENDPOINT,
  problems: (given, path) => {
    if (!isRecord(given)) return ENDPOINT.problems(given, path);
    const { kind, allowedCidrs, ...others } = given;
    if (typeof kind === 'string' && Object.hasOwn(REJECTED_KINDS, kind)) {
      return [
        `${path}.kind '${kind}' ${REJECTED_KINDS[kind]}: use 'private', or 'private-and-public' with allowedCidrs`,
      ];
    }
    if (kind !== 'private' || !Array.isArray(allowedCidrs)) return ENDPOINT.problems(given, path);
    return [
      ...(allowedCidrs.length > 0
        ? [
            `${path}.allowedCidrs (${allowedCidrs.join(', ')}) has no effect on a private endpoint: remove it, or set kind to 'private-and-public'`,
          ]
        : []),
      ...ENDPOINT.problems({ kind, ...others }, path),
    ];
  },
};

export const IP_FAMILY = oneOf('ipv4', 'ipv6');
export const UPGRADE_POLICY = oneOf('STANDARD', 'EXTENDED');
export const SECURITY_GROUP_MODE = oneOf('cluster', 'strict');

/** A supported version. JSON and JavaScript may have a number, of which 1.30 is 1.3. */
export const KUBERNETES_VERSION = literal(
  checkedBy<KubernetesVersion>('a minor version', (given, path) => {
    if ((KUBERNETES_VERSIONS as readonly unknown[]).includes(given)) return [];
    const versions = KUBERNETES_VERSIONS.map((version) => `'${version}'`).join(', ');
    if (given === undefined || given === '') return [missingVersionProblem(path)];
    return typeof given === 'number'
      ? [`${path} must be a string, got the number ${given}: put the version in quotes, one of ${versions}`]
      : [`${path} ${formatValue(given)} has no pinned add-on versions: use one of ${versions}`];
  }),
);

/** No default: an update of this library would upgrade the control plane, which cannot be undone. */
export function missingVersionProblem(path = 'kubernetesVersion'): string {
  const versions = KUBERNETES_VERSIONS.map((version) => `'${version}'`).join(', ');
  return `${path} is required: write the version that the cluster runs, one of ${versions} (before it was required, it was '1.35')`;
}

export const CLUSTER_PROPS = object<ClusterProps>({
  name: text(),
  vpc: VPC_REF,
  access: list(CLUSTER_ACCESS_ENTRY),
  kubernetesVersion: KUBERNETES_VERSION,
  endpoint: optional(ENDPOINT_ACCESS),
  ipFamily: optional(IP_FAMILY),
  serviceCidr: optional(text()),
  securityGroups: optional(SECURITY_GROUP_MODE),
  openPorts: optional(list(OPEN_PORT)),
  addOns: optional(NETWORK_ADD_ON_SETTINGS),
  logTypes: optional(list(oneOf(...LOG_TYPES))),
  logRetentionDays: optional(integer),
  logKmsKeyArn: optional(text()),
  secretsKmsKeyArn: optional(text()),
  upgradePolicy: optional(UPGRADE_POLICY),
  zonalShift: optional(bool),
  deletionProtection: optional(bool),
  oidcProvider: optional(bool),
  volumeAccess: optional(VOLUME_ACCESS),
  pullThroughCaches: optional(list(text())),
});
