import type { ITerraformDependable } from 'cdktf';
import { DEPENDABLES } from '../core/depends-on';
import { jsonObject } from '../core/json-shape';
import { either, list, object, oneOf, optional, record, text } from '../core/shape';
import { TAGS } from '../core/tag-shape';
import { STATEMENT, type Statement } from '../iam/policy-document';
import { dottedName, objectName } from '../kubernetes/object-name';
import { CLUSTER_REF, type ClusterRef } from './cluster-ref';

export interface EksAddOnConfiguration {
  /** @default the version pinned for the cluster's Kubernetes minor version */
  readonly version?: string;
  /**
   * Must match the add-on's schema: `aws eks describe-addon-configuration --addon-name ... --addon-version ...`.
   * @default the add-on's defaults
   */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

const VERSION = optional(text());
const CONFIGURATION = optional(jsonObject());

export const EKS_ADD_ON_CONFIGURATION = object<EksAddOnConfiguration>({
  version: VERSION,
  configuration: CONFIGURATION,
});

/** AWS permissions of an add-on's pods. */
export interface EksAddOnPodIdentity {
  readonly serviceAccount: string;
  /** @default 'kube-system' */
  readonly namespace?: string;
  /** Names of AWS managed policies. @default none */
  readonly managedPolicies?: readonly string[];
  /** @default none */
  readonly statements?: readonly Statement[];
  /** Tags of the role. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

export const EKS_ADD_ON_POD_IDENTITY = object<EksAddOnPodIdentity>({
  serviceAccount: dottedName,
  namespace: optional(objectName()),
  managedPolicies: optional(list(text())),
  statements: optional(list(STATEMENT)),
  tags: optional(TAGS),
});

/** An EKS add-on of your choice: no version of it is pinned here. */
export interface AdditionalEksAddOn extends EksAddOnConfiguration {
  /** Such as `v4.4.0-eksbuild.1`. */
  readonly version: string;
  /**
   * Role of its pods, through Pod Identity.
   * @default none
   */
  readonly podIdentity?: EksAddOnPodIdentity;
  /**
   * Names of the EKS add-ons that must be ready before it.
   * @default none: all of them start once there are nodes
   */
  readonly after?: readonly string[];
}

export const ADDITIONAL_EKS_ADD_ON = object<AdditionalEksAddOn>({
  version: text(),
  configuration: CONFIGURATION,
  podIdentity: optional(EKS_ADD_ON_POD_IDENTITY),
  after: optional(list(text())),
});

export interface EksAddOnProps extends EksAddOnConfiguration {
  readonly cluster: ClusterRef;
  /**
   * The add-on's name.
   * @default the construct's id
   */
  readonly name?: string;
  /**
   * What must be created before the add-on, such as the node groups that its pods run on, and destroyed after it.
   * Required for add-ons that are active only once their pods run; `[]` if the cluster already has nodes.
   */
  readonly after?: readonly ITerraformDependable[];
  /**
   * Role of its pods, through Pod Identity.
   * @default the known requirements of the add-on
   */
  readonly podIdentity?: EksAddOnPodIdentity;
}

export const EKS_ADD_ON_PROPS = object<EksAddOnProps>(
  {
    version: VERSION,
    configuration: CONFIGURATION,
    cluster: CLUSTER_REF,
    name: optional(text()),
    after: optional(DEPENDABLES),
    podIdentity: optional(EKS_ADD_ON_POD_IDENTITY),
  },
  { renamed: { identity: 'podIdentity' } },
);

/** Version and configuration of a known add-on, or its absence. */
export const EKS_ADD_ON_SETTING = optional(either(oneOf('none'), EKS_ADD_ON_CONFIGURATION));

/** Add-ons that nodes need to become Ready. */
export type NetworkAddOnName = 'vpc-cni' | 'kube-proxy' | 'eks-pod-identity-agent';

/** Version and configuration by add-on; `none` omits one. Others are installed with their defaults. */
export type NetworkAddOnSettings = Readonly<Partial<Record<NetworkAddOnName, EksAddOnConfiguration | 'none'>>>;

export const NETWORK_ADD_ON_SETTINGS = object<NetworkAddOnSettings>({
  'vpc-cni': EKS_ADD_ON_SETTING,
  'kube-proxy': EKS_ADD_ON_SETTING,
  'eks-pod-identity-agent': EKS_ADD_ON_SETTING,
});

/** Add-ons of every cluster that need nodes. */
export const STANDARD_ADD_ONS = [
  'coredns',
  'metrics-server',
  'aws-ebs-csi-driver',
  'eks-node-monitoring-agent',
] as const;

export type StandardAddOnName = (typeof STANDARD_ADD_ONS)[number];

export interface StandardAddOnsProps {
  readonly cluster: ClusterRef;
  /** The node groups; `[]` if the cluster already has nodes. */
  readonly after: readonly ITerraformDependable[];
  /**
   * Version and configuration by add-on; `none` omits one.
   * @default all four with their defaults
   */
  readonly settings?: Readonly<Partial<Record<StandardAddOnName, EksAddOnConfiguration | 'none'>>>;
  /**
   * Further EKS add-ons, by name.
   * @default none
   */
  readonly additional?: Readonly<Record<string, AdditionalEksAddOn>>;
}

export const STANDARD_ADD_ONS_PROPS = object<StandardAddOnsProps>({
  cluster: CLUSTER_REF,
  after: DEPENDABLES,
  settings: optional(
    object<NonNullable<StandardAddOnsProps['settings']>>({
      coredns: EKS_ADD_ON_SETTING,
      'metrics-server': EKS_ADD_ON_SETTING,
      'aws-ebs-csi-driver': EKS_ADD_ON_SETTING,
      'eks-node-monitoring-agent': EKS_ADD_ON_SETTING,
    }),
  ),
  additional: optional(record(ADDITIONAL_EKS_ADD_ON)),
});

type AnySettings = NetworkAddOnSettings & NonNullable<StandardAddOnsProps['settings']>;

/** Those of the add-ons that the cluster installs. */
export function networkAddOnSettings(settings: AnySettings): NetworkAddOnSettings {
  const { 'vpc-cni': cni, 'kube-proxy': proxy, 'eks-pod-identity-agent': agent } = settings;
  return { 'vpc-cni': cni, 'kube-proxy': proxy, 'eks-pod-identity-agent': agent };
}

/** Those of the standard add-ons. */
export function standardAddOnSettings(settings: AnySettings): NonNullable<StandardAddOnsProps['settings']> {
  return Object.fromEntries(STANDARD_ADD_ONS.map((name) => [name, settings[name]]));
}
