/**
 * What a report says of an environment. Lists are sorted, so that two reports of one app differ only where the app does.
 * `construct` is always a construct's path with its stack: `production-infrastructure/network/vpc`. A value that Terraform
 * has yet to compute stands in braces: `{network/vpc.id}`.
 */
export interface Report {
  /** Changes when a key of the report changes its meaning or goes away. */
  readonly format: 'quayside-report/1';
  /** What was asked for: an environment's name. */
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
  /** Services that are reached without the internet: `s3`, `ecr.api`. */
  readonly endpoints: readonly string[];
  readonly flowLogs: boolean;
}

export interface Subnet {
  readonly construct: string;
  readonly zone: string;
  readonly cidr: string;
  /** As the network's constructs name it; from its routes otherwise. */
  readonly tier: 'public' | 'private' | 'intra';
  /** Where packets for the internet go: `internet gateway`, `NAT gateway in eu-west-1a`, `nowhere`. */
  readonly wayOut: string;
}

export interface ClusterSummary {
  readonly construct: string;
  readonly name: string;
  readonly version: string;
  readonly privateEndpoint: boolean;
  /** Who reaches the API from the internet; empty where nobody does. */
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
  /** Machines, in all zones together. */
  readonly min: number;
  readonly max: number;
  readonly diskGib?: number;
  readonly labels: Readonly<Record<string, string>>;
  /** `pool=ingress:NoSchedule` */
  readonly taints: readonly string[];
  /** Whether a load balancer sends requests to it. */
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
  /** Managed rule groups of the web application firewall. */
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
  /** What happens to a request that no rule takes. */
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
  /** The traffic contract as it was laid down in load balancer and pods. */
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

/** Something that can be reached from outside the environment. */
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

/** Kubernetes objects that belong together: an add-on of a platform stack, an application of a team's. */
export interface AddOnSummary {
  /** The first construct below the stack. */
  readonly construct: string;
  readonly name: string;
  /** How many of each kind: `{ Deployment: 1, StorageClass: 2 }`. */
  readonly objects: Readonly<Record<string, number>>;
}

/** What runs pods. */
export interface WorkloadSummary {
  readonly construct: string;
  /** The first construct below the stack: the add-on, or the application. */
  readonly addOn: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
  /** `2`, `one a node`, `0 3 * * *`. */
  readonly pods: string;
  readonly serviceAccount?: string;
  readonly priority?: string;
  readonly images: readonly string[];
  /** Of one pod: CPU in cores, memory in bytes. */
  readonly requests: { readonly cpu: number; readonly memory: number };
}

/** What it installs, and from which images, only Helm knows. */
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
  /** `none`: the image may be another one tomorrow. */
  readonly pinned: 'digest' | 'tag' | 'none';
  readonly usedBy: readonly string[];
}

/** What pods may do in AWS. */
export interface PodRole {
  readonly construct: string;
  readonly role: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly by: 'pod-identity' | 'eks-add-on' | 'irsa';
  /** AWS's own policies: what they allow is for AWS to change. */
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

/** What a pod has beyond the restricted Pod Security level, or a namespace allows. */
export interface Privilege {
  readonly construct: string;
  /** `log-shipping/fluent-bit`, or a namespace's name. */
  readonly subject: string;
  /** The rule that a pod breaks; `pod-security-` and its level for a namespace. */
  readonly code: string;
  readonly detail: string;
  /** Undefined where nobody has given one. */
  readonly reason?: string;
}

/** What a service account may do in Kubernetes. */
export interface KubernetesPermission {
  readonly construct: string;
  readonly subject: string;
  /** `cluster`, or a namespace's name. */
  readonly scope: string;
  readonly role: string;
  readonly rules: readonly string[];
  /** Wildcards, secrets, or what would let it take more. */
  readonly remarks: readonly string[];
  /** Why, where that was acknowledged. */
  readonly reason?: string;
}

/** A rule that is broken on purpose. */
export interface Acknowledgement {
  readonly construct: string;
  readonly code: string;
  readonly reason: string;
  /** `scanner`: a finding of a security scanner; `rule`: a rule of the library's. */
  readonly kind: 'rule' | 'scanner';
}

/** What the pods of these stacks ask for, beside the machines that they are kept to. */
export interface CapacitySummary {
  /** The labels that pods ask of their nodes: `pool=ingress`; empty for those that go anywhere. */
  readonly nodeSelector: string;
  readonly workloads: number;
  /** Pods, where the smallest number of machines runs. */
  readonly pods: number;
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Machines that the labels fit, at the least. */
  readonly nodes: number;
  /** Of those machines; undefined where a machine's size is not known. */
  readonly capacity?: { readonly cpu: number; readonly memory: number };
}

export interface Output {
  readonly stack: string;
  readonly name: string;
  readonly description?: string;
  readonly value: string;
}
