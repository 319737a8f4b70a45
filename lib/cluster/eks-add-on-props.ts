import type { ITerraformDependable } from 'cdktf';
import { anything, list, object, optional, record, text, type Shapes } from '../core/shape';
import { STATEMENT, type Statement } from '../iam/policy-document';
import type { ClusterRef } from './cluster-ref';

export interface EksAddOnConfiguration {
  /** @default the version pinned for the cluster's Kubernetes minor version */
  readonly version?: string;
  /**
   * Must match the add-on's schema: `aws eks describe-addon-configuration --addon-name ... --addon-version ...`.
   * @default the add-on's defaults
   */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

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

const CONFIGURATION = optional(record(optional(anything())));

export const EKS_ADD_ON_CONFIGURATION: Shapes<EksAddOnConfiguration> = {
  version: optional(text()),
  configuration: CONFIGURATION,
};

export const EKS_ADD_ON_POD_IDENTITY = object<EksAddOnPodIdentity>({
  serviceAccount: text(),
  namespace: optional(text()),
  managedPolicies: optional(list(text())),
  statements: optional(list(STATEMENT)),
  tags: optional(record(text())),
});

/** An EKS add-on besides those of every cluster. */
export interface AdditionalEksAddOn {
  /** For the cluster's minor version: `aws eks describe-addon-versions --addon-name ... --kubernetes-version ...`. */
  readonly version: string;
  /**
   * Must match the add-on's schema: `aws eks describe-addon-configuration --addon-name ... --addon-version ...`.
   * @default the add-on's defaults
   */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** @default none: its pods call no AWS services */
  readonly podIdentity?: EksAddOnPodIdentity;
  /**
   * Names of EKS add-ons that are installed before it, and removed after it.
   * @default none; the nodes, and what they need, always are
   */
  readonly after?: readonly string[];
}

export const ADDITIONAL_EKS_ADD_ON = object<AdditionalEksAddOn>({
  version: text("a version, such as 'v8.2.0-eksbuild.1'"),
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

/** Add-ons that nodes need to become Ready. */
export const NETWORK_ADD_ONS = ['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent'] as const;

export type NetworkAddOnName = (typeof NETWORK_ADD_ONS)[number];

/** Version and configuration by add-on; `none` omits one. Others are installed with their defaults. */
export type NetworkAddOnSettings = Readonly<Partial<Record<NetworkAddOnName, EksAddOnConfiguration | 'none'>>>;

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
