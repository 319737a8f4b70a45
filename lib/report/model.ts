/**
 * The report of an environment. Lists are sorted, so that two reports of one app differ only where the app differs.
 * `construct` is always a construct's path including its stack: `production-infrastructure/network/vpc`. A value known
 * after apply is in braces: `{network/vpc.id}`.
 */
export interface Report {
  /** Changes when a key of the report is removed or changes its meaning. */
  readonly format: 'quayside-report/1';
  /** The requested name: that of an environment. */
  readonly name: string;
  readonly stacks: readonly Stack[];
  readonly networks: readonly Network[];
  readonly clusters: readonly ClusterSummary[];
  readonly nodeGroups: readonly NodeGroupSummary[];
  readonly loadBalancers: readonly LoadBalancerSummary[];
  readonly dnsZones: readonly DnsZone[];
  readonly exposure: readonly Exposure[];
  readonly eksAddOns: readonly EksAddOnSummary[];
  readonly addOns: readonly AddOnSummary[];
  readonly workloads: readonly WorkloadSummary[];
  readonly helmCharts: readonly HelmChart[];
  readonly images: readonly Image[];
  readonly podRoles: readonly PodRole[];
  readonly privileges: readonly Privilege[];
  readonly kubernetesPermissions: readonly KubernetesPermission[];
  readonly exceptions: readonly Acknowledgement[];
  readonly packing: readonly CapacitySummary[];
  readonly outputs: readonly Output[];
}

export interface Stack {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly resources: number;
}

export interface Network {
  readonly construct: string;
  readonly cidrs: readonly string[];
  readonly zones: readonly string[];
  readonly subnets: readonly Subnet[];
  readonly natGateways: readonly { readonly construct: string; readonly zone: string }[];
  /** AWS services with a VPC endpoint: `s3`, `ecr.api`. */
  readonly endpoints: readonly string[];
  readonly flowLogs: boolean;
}

export interface Subnet {
  readonly construct: string;
  readonly zone: string;
  readonly cidr: string;
  /** From the construct's path, otherwise from its routes. */
  readonly tier: 'public' | 'private' | 'intra';
  /** The target of its default route: `internet gateway`, `NAT gateway in eu-west-1a`, `none`. */
  readonly wayOut: string;
}

export interface ClusterSummary {
  readonly construct: string;
  readonly name: string;
  readonly version: string;
  readonly privateEndpoint: boolean;
  /** CIDRs that may reach the API from the internet; empty without a public endpoint. */
  readonly publicCidrs: readonly string[];
  readonly logs: readonly string[];
  readonly deletionProtection: boolean;
  readonly access: readonly ClusterPrincipal[];
}

export interface ClusterPrincipal {
  readonly principal: string;
  readonly policies: readonly string[];
}

export interface NodeGroupSummary {
  readonly construct: string;
  readonly name: string;
  readonly kind: 'managed' | 'auto-scaling';
  readonly zones: readonly string[];
  readonly instanceTypes: readonly string[];
  /** As EKS or EC2 names it: `ON_DEMAND`, `SPOT`, `mixed`. */
  readonly capacity: string;
  readonly image?: string;
  /** Nodes in all zones. */
  readonly min: number;
  readonly max: number;
  readonly diskGib?: number;
  readonly labels: Readonly<Record<string, string>>;
  /** `pool=ingress:NoSchedule` */
  readonly taints: readonly string[];
  /** Whether it is a target of a load balancer. */
  readonly ingress: boolean;
}

export interface LoadBalancerSummary {
  readonly construct: string;
  readonly name: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly zones: readonly string[];
  readonly listeners: readonly Listener[];
  readonly rules: readonly ListenerRuleSummary[];
  readonly targets: readonly TargetGroupSummary[];
  /** Managed rule groups of AWS WAF. */
  readonly firewall: readonly string[];
  readonly accessLogs: boolean;
  readonly deletionProtection: boolean;
  readonly idleSeconds?: number;
}

export interface Listener {
  readonly construct: string;
  readonly port: number;
  readonly protocol: string;
  readonly tlsPolicy?: string;
  /** The default action. */
  readonly otherwise: string;
}

export interface ListenerRuleSummary {
  readonly construct: string;
  readonly priority: string;
  readonly conditions: readonly string[];
  readonly action: string;
}

export interface TargetGroupSummary {
  readonly construct: string;
  readonly name: string;
  readonly port: number;
  readonly healthCheck: string;
  /** The traffic contract as configured in load balancer and pods. */
  readonly timings: readonly Timing[];
}

export interface Timing {
  readonly what: string;
  readonly seconds: number;
}

export interface DnsZone {
  readonly construct: string;
  readonly name: string;
  readonly visibility: 'public' | 'private';
  readonly dnssec: boolean;
  readonly records: readonly DnsRecordSummary[];
}

export interface DnsRecordSummary {
  readonly construct: string;
  readonly name: string;
  readonly type: string;
  readonly target: string;
}

/** Something that is reachable from outside the environment. */
export interface Exposure {
  readonly construct: string;
  readonly what: string;
  /** CIDRs or security groups. */
  readonly from: readonly string[];
  /** `tcp 443` */
  readonly ports: string;
  readonly internet: boolean;
}

export interface EksAddOnSummary {
  readonly construct: string;
  readonly name: string;
  readonly version: string;
  readonly configured: boolean;
}

/** Kubernetes objects that belong together: an add-on of a platform stack, an application of a team. */
export interface AddOnSummary {
  /** The first construct below the stack. */
  readonly construct: string;
  readonly name: string;
  /** Number of objects by kind: `{ Deployment: 1, StorageClass: 2 }`. */
  readonly objects: Readonly<Record<string, number>>;
}

/** A controller of pods. */
export interface WorkloadSummary {
  readonly construct: string;
  /** The first construct below the stack: the add-on, or the application. */
  readonly addOn: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
  /** `2`, `one per node`, `0 3 * * *`. */
  readonly pods: string;
  readonly serviceAccount?: string;
  readonly priority?: string;
  readonly images: readonly string[];
  /** Per pod: CPU in cores, memory in bytes. */
  readonly requests: { readonly cpu: number; readonly memory: number };
}

/** The objects and images of a chart are known only to Helm. */
export interface HelmChart {
  readonly construct: string;
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly repository?: string;
  readonly version: string;
}

export interface Image {
  readonly image: string;
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  /** `none`: the reference may resolve to another image at any time. */
  readonly pinned: 'digest' | 'tag' | 'none';
  readonly usedBy: readonly string[];
}

/** An IAM role of pods, and its permissions. */
export interface PodRole {
  readonly construct: string;
  readonly role: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly by: 'pod-identity' | 'eks-add-on' | 'irsa';
  /** AWS managed policies: AWS may change what they allow. */
  readonly managedPolicies: readonly string[];
  readonly grants: readonly Grant[];
}

export interface Grant {
  readonly construct: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `StringEquals aws:ResourceTag/owner = a, b` */
  readonly conditions: readonly string[];
}

/** What a pod uses, or a namespace allows, beyond the restricted Pod Security level. */
export interface Privilege {
  readonly construct: string;
  /** `log-shipping/fluent-bit`, or a namespace's name. */
  readonly subject: string;
  /** The rule that a pod breaks; `pod-security-` and its level for a namespace. */
  readonly code: string;
  readonly detail: string;
  /** Undefined if it was not acknowledged. */
  readonly reason?: string;
}

/** A role bound to a service account, user or group in Kubernetes. */
export interface KubernetesPermission {
  readonly construct: string;
  readonly subject: string;
  /** `cluster`, or a namespace's name. */
  readonly scope: string;
  readonly role: string;
  readonly rules: readonly string[];
  /** Wildcards, secrets and privilege escalation. */
  readonly remarks: readonly string[];
  /** The reason, if it was acknowledged. */
  readonly reason?: string;
}

/** An acknowledged exception to a rule. */
export interface Acknowledgement {
  readonly construct: string;
  readonly code: string;
  readonly reason: string;
  /** `scanner`: a finding of a security scanner; `rule`: a rule of the library. */
  readonly kind: 'rule' | 'scanner';
}

/** Requests of the pods of these stacks, against the nodes that they are scheduled on. */
export interface CapacitySummary {
  /** The pods' node selector: `pool=ingress`; empty for pods without one. */
  readonly nodeSelector: string;
  readonly workloads: number;
  /** Pods at the minimum number of nodes. */
  readonly pods: number;
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Minimum number of nodes that match the selector. */
  readonly nodes: number;
  /** Of those nodes; undefined if the size of an instance type is unknown. */
  readonly capacity?: { readonly cpu: number; readonly memory: number };
}

export interface Output {
  readonly stack: string;
  readonly name: string;
  readonly description?: string;
  readonly value: string;
}
