/** A rule that may be broken on purpose: `acknowledge(scope, code, reason)`. */
export interface Rule {
  readonly topic: RuleTopic;
  /** What holds where nobody breaks it. */
  readonly title: string;
  /** What happens where it is broken. */
  readonly reason: string;
  readonly remedy: string;
}

export type RuleTopic =
  | 'Stacks and environments'
  | 'Network and DNS'
  | 'Cluster and nodes'
  | 'Container images'
  | 'Pods'
  | 'Kubernetes permissions'
  | 'Helm charts'
  | 'Registry and CI';

/** Every rule of the library, by its code. `docs/reference/rules.md` is generated from it (`npm run docs:rules`). */
export const RULES = {
  'cross-stack-reference': {
    topic: 'Stacks and environments',
    title: 'A stack refers to no resource of another stack',
    reason:
      'The other stack would get an output that nobody asked for, this one could not be planned before the other is deployed, and the value could not change without both.',
    remedy: "Pass a literal, or read an output of the other stack's state, as `environmentRef` does.",
  },
  'overlapping-environments': {
    topic: 'Stacks and environments',
    title: 'Environments of one app have address ranges of their own',
    reason:
      'Networks that overlap can never be connected, by peering, transit gateway or VPN; a VPC keeps its CIDR until it is replaced with everything in it.',
    remedy: 'Choose another `cidr`, or another of `network.secondaryCidrs`.',
  },
  'unmanaged-settings': {
    topic: 'Stacks and environments',
    title: 'Settings that an add-on needs are set by the stack that manages the cluster',
    reason:
      'An AddOnsStack changes nothing of a cluster that exists: without the settings that the message lists, the add-on does not work as it should.',
    remedy: 'Set them where the cluster is managed, then acknowledge the rule with a reference to that change.',
  },
  'no-way-to-aws': {
    topic: 'Network and DNS',
    title: 'Nodes reach the AWS services that they depend on',
    reason:
      'Without NAT and without endpoints for these services, nodes in private subnets cannot join a cluster, pull images or give pods a role.',
    remedy: 'Add the missing endpoints, leave `endpoints` out for the whole list, or choose another `nat`.',
  },
  'caa-excludes-amazon': {
    topic: 'Network and DNS',
    title: 'CAA records let ACM issue certificates',
    reason:
      "ACM looks at the domain's CAA records before it issues or renews: the certificate is refused, or the renewal fails months later.",
    remedy: 'Add one of the names of Amazon that the message lists.',
  },
  'public-api-open': {
    topic: 'Cluster and nodes',
    title: 'The Kubernetes API is not open to everyone',
    reason:
      'Every host on the internet could try credentials and exploits on the API server; a leaked token is enough to use it.',
    remedy: 'List the networks that need it in `endpoint.allowedCidrs`, or make the endpoint private.',
  },
  'no-vpc-cni': {
    topic: 'Cluster and nodes',
    title: 'The cluster has a network plugin',
    reason: 'Without one no node becomes ready, and node groups and add-ons fail after their timeouts.',
    remedy: "Leave 'vpc-cni' in, unless another network plugin is installed before the first node joins.",
  },
  'add-on-without-nodes': {
    topic: 'Cluster and nodes',
    title: 'The pods of an EKS add-on find a node',
    reason:
      'Where every group is tainted or starts empty, its pods stay pending, and the apply fails with a degraded add-on.',
    remedy: 'Add a group without taints that has a node, or set tolerations in the configuration of the add-on.',
  },
  'elb-health-check': {
    topic: 'Cluster and nodes',
    title: 'A load balancer does not decide which nodes live',
    reason:
      'A node is terminated before the ingress on it answers, and so is its replacement: the group never stops launching instances.',
    remedy:
      "Leave `health_check_type` at 'EC2'; Kubernetes replaces the pods, and the load balancer leaves unhealthy nodes out.",
  },
  'mixed-instance-sizes': {
    topic: 'Cluster and nodes',
    title: 'The instance types of a group are of one size',
    reason:
      'The Cluster Autoscaler takes all nodes of a group to be like its first type: pods that it adds a node for may not fit on the node that is launched.',
    remedy: 'Name types of one size, or add a group for each size.',
  },
  'spot-single-type': {
    topic: 'Cluster and nodes',
    title: 'Spot capacity comes from several instance types',
    reason: 'AWS reclaims one type in one zone at a time: with a single type nothing else can be launched instead.',
    remedy: 'Name several types of one size.',
  },
  'mutable-image': {
    topic: 'Container images',
    title: "An image's name stays with its content",
    reason:
      'Under a tag such as `latest`, two pods of one Deployment may run different code, a rollback brings nothing back, and no plan shows the change.',
    remedy: "Name a version's tag, or a digest.",
  },
  'image-without-digest': {
    topic: 'Container images',
    title: "Images name their digest, where the environment's image policy pins by digest",
    reason: 'Whoever may push to the registry can replace what a tag stands for, after it was tested and scanned.',
    remedy: 'Append `@sha256:...`, the digest of the image index.',
  },
  'image-not-allowed': {
    topic: 'Container images',
    title: "Images come from where the environment's image policy allows",
    reason:
      'Another registry is not scanned, may be rate-limited or offline, and its content is not under your control.',
    remedy: 'Mirror the image, or add its registry to `images.allowed` of the environment.',
  },
  'run-as-root': {
    topic: 'Pods',
    title: 'Containers do not run as root',
    reason:
      "Root in a container is root on the node's kernel: a flaw in the runtime or a mounted path gives an attacker the node.",
    remedy: 'Drop `privileges.runAsRoot`, and build the image for another user (`runAs.user`).',
  },
  'privileged-container': {
    topic: 'Pods',
    title: 'Containers are confined: not privileged, no privilege escalation, a seccomp profile',
    reason:
      'A privileged container may do on the node what root may: read every secret there, load modules, leave the container.',
    remedy: 'Drop `privileges.privileged`; often a single capability or a device plugin is enough.',
  },
  'added-capabilities': {
    topic: 'Pods',
    title: 'Containers have no Linux capabilities',
    reason: 'Each is a part of what root may do; some, such as `SYS_ADMIN`, are as good as all of it.',
    remedy: 'Drop `privileges.capabilities`; ports from 1024 need none.',
  },
  'writable-root': {
    topic: 'Pods',
    title: 'The root file system of a container is read-only',
    reason: 'An intruder can replace programs and leave tools behind, and what is written fills the disk of the node.',
    remedy: 'Mount a volume at the paths that are written; `/tmp` is one already.',
  },
  'host-network': {
    topic: 'Pods',
    title: 'Pods have a network of their own',
    reason:
      "In the node's network, or on a port of the node, no network policy holds: the pod sees the node's traffic and reaches its metadata service and its ports.",
    remedy: 'Drop `privileges.hostNetwork`, and expose the port by a Service.',
  },
  'host-pid': {
    topic: 'Pods',
    title: 'Pods do not see the processes of their node',
    reason: "The environment and the files of every other container's processes can be read, with the secrets in them.",
    remedy: 'Drop `privileges.hostPid`.',
  },
  'host-path': {
    topic: 'Pods',
    title: "Pods mount no path of the node's file system",
    reason: 'They read the files of the node and of other pods; with a writable path they can take the node over.',
    remedy: 'Use another kind of volume; a node agent mounts the narrowest path, read-only.',
  },
  'no-readiness-probe': {
    topic: 'Pods',
    title: 'A container that stays up has a readiness probe',
    reason: 'A rollout cannot tell whether the new version works, and requests reach pods that do not answer yet.',
    remedy: 'Set `readiness` on the main container.',
  },
  'rbac-wildcard': {
    topic: 'Kubernetes permissions',
    title: 'Roles list what they grant',
    reason: '`*` also grants what the next version of Kubernetes, or another controller, adds.',
    remedy: 'List the groups, resources and verbs that are needed.',
  },
  'rbac-all-secrets': {
    topic: 'Kubernetes permissions',
    title: 'No service account reads the secrets of every namespace',
    reason: 'Whoever takes over one of its pods has every password and token in the cluster.',
    remedy: 'Grant secrets where they are, with `NamespaceAccess`, or name them in `resourceNames`.',
  },
  'chart-images-unchecked': {
    topic: 'Helm charts',
    title: "A chart's images follow the environment's image policy",
    reason: 'Only Helm knows what a chart pulls: neither mirrors, nor allowed registries, nor digests are checked.',
    remedy: 'Set the images in `values`, and acknowledge the rule with where that is done.',
  },
  'secret-in-values': {
    topic: 'Helm charts',
    title: "A chart's values hold no secret",
    reason: 'Values are stored in the state, in plans and in a Secret of the release, for everyone who may read those.',
    remedy: "Put the secret into a Secret, and give the chart the Secret's name.",
  },
  'robot-any-branch': {
    topic: 'Registry and CI',
    title: 'A CI role is limited to a branch, tag or environment',
    reason: 'Any branch, reviewed or not, could push images or use what else the role grants.',
    remedy: 'Name a branch, tag or environment in `subjects`.',
  },
  'lifecycle-tags-anded': {
    topic: 'Registry and CI',
    title: 'A lifecycle rule selects by one tag pattern',
    reason:
      'ECR matches several patterns only with images that carry all of them: the rule expires less than it seems to.',
    remedy: 'Write a rule for each pattern.',
  },
} as const satisfies Readonly<Record<string, Rule>>;

/** A rule of the library. */
export type RuleCode = keyof typeof RULES;

/** What can be acknowledged. */
export type AcknowledgedCode = RuleCode | ScannerCode;

/** A check of checkov, such as `CKV_AWS_18`, or of kube-score, such as `kube-score/pod-probes`. */
export type ScannerCode = `CKV_${string}_${number}` | `CKV2_${string}_${number}` | `kube-score/${string}`;

export function isRuleCode(code: string): code is RuleCode {
  return Object.hasOwn(RULES, code);
}
