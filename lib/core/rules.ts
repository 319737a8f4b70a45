/** A rule with exceptions: `acknowledge(scope, code, reason)`. */
export interface Rule {
  readonly topic: RuleTopic;
  /** The rule itself. */
  readonly title: string;
  /** What breaking it leads to. */
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

/** All rules, by code. `docs/reference/rules.md` is generated from them (`npm run docs:rules`). */
export const RULES = {
  'cross-stack-reference': {
    topic: 'Stacks and environments',
    title: 'A stack does not reference resources of another stack',
    reason:
      'The other stack would get an implicit output, this one could not be planned before the other is deployed, and changing the value would take two applies.',
    remedy: "Pass a literal, or read an output of the other stack's state, as `environmentRef` does.",
  },
  'overlapping-environments': {
    topic: 'Stacks and environments',
    title: 'Environments of an app have distinct address ranges',
    reason:
      'Overlapping networks cannot be connected by peering, transit gateway or VPN, and changing the CIDR of a VPC replaces it with everything in it.',
    remedy: 'Choose another `cidr` or other `network.secondaryCidrs`.',
  },
  'unmanaged-settings': {
    topic: 'Stacks and environments',
    title: 'Settings that an add-on requires are configured in the stack that manages the cluster',
    reason:
      'An AddOnsStack does not modify an existing cluster: without the settings in the message, the add-on does not work properly.',
    remedy: 'Configure them where the cluster is managed, then acknowledge the rule with a reference to that change.',
  },
  'no-way-to-aws': {
    topic: 'Network and DNS',
    title: 'Nodes can reach the AWS services that they depend on',
    reason:
      'Without NAT or endpoints for these services, nodes in private subnets cannot join a cluster, pull images or provide pods with IAM credentials.',
    remedy: 'Add the missing endpoints, omit `endpoints` for the full list, or choose another `nat`.',
  },
  'no-route-back': {
    topic: 'Network and DNS',
    title: 'Networks that may reach the Kubernetes API get its replies',
    reason:
      "The control plane's subnets have no route out of the VPC: connections from another network are allowed, but time out.",
    remedy: 'Add the network to `network.routes`, or acknowledge that its routes are created elsewhere.',
  },
  'caa-excludes-amazon': {
    topic: 'Network and DNS',
    title: 'CAA records allow ACM to issue certificates',
    reason:
      "ACM checks the domain's CAA records before it issues or renews a certificate: issuance fails, or renewal does months later.",
    remedy: 'Add one of the Amazon CAs that the message lists.',
  },
  'public-api-open': {
    topic: 'Cluster and nodes',
    title: 'The Kubernetes API is not open to the internet',
    reason:
      'Any host on the internet could try credentials and exploits against the API server; a leaked token would suffice to use it.',
    remedy: 'List the networks that need access in `endpoint.allowedCidrs`, or make the endpoint private.',
  },
  'no-vpc-cni': {
    topic: 'Cluster and nodes',
    title: 'The cluster has a network plugin',
    reason: 'Without one no node becomes Ready, and node groups and add-ons fail when their timeouts expire.',
    remedy: "Keep 'vpc-cni', unless another network plugin is installed before the first node joins.",
  },
  'add-on-without-nodes': {
    topic: 'Cluster and nodes',
    title: 'The pods of an EKS add-on can be scheduled',
    reason:
      'If every node group is tainted or starts empty, its pods stay Pending, and the apply fails with a degraded add-on.',
    remedy:
      'Add a node group without taints and with at least one node, or set tolerations in the configuration of the add-on.',
  },
  'elb-health-check': {
    topic: 'Cluster and nodes',
    title: 'Load balancer health checks do not replace nodes',
    reason:
      'A node is terminated before its ingress pod responds, and so is its replacement: the group keeps launching instances.',
    remedy:
      "Keep `health_check_type` at 'EC2'; Kubernetes replaces the pods, and the load balancer skips unhealthy nodes.",
  },
  'insufficient-addresses': {
    topic: 'Cluster and nodes',
    title: 'The subnets of each zone have addresses for the maximum of its node groups',
    reason:
      'The autoscaler launches nodes up to `maxSize`: without addresses for their pods they are paid for, and the pods stay in ContainerCreating.',
    remedy: 'Lower `maxSize`, or add `network.secondaryCidrs` for pods; the CIDR of a VPC cannot be changed.',
  },
  'mixed-instance-sizes': {
    topic: 'Cluster and nodes',
    title: 'The instance types of a group have the same size',
    reason:
      'The Cluster Autoscaler assumes that all nodes of a group match its first type: pods may not fit on the node that is launched for them.',
    remedy: 'List types of the same size, or add a group per size.',
  },
  'iam-quota': {
    topic: 'Cluster and nodes',
    title: 'Roles stay within the default quotas of IAM',
    reason: 'The apply fails at the role, after others were created, unless AWS has raised the quota of the account.',
    remedy:
      'Reduce what the message names, or have the quota raised and acknowledge the rule with a reference to the request.',
  },
  'prefix-delegation-max-pods': {
    topic: 'Cluster and nodes',
    title: 'Self-managed nodes with address prefixes have a number of pods',
    reason:
      'EKS computes it for managed nodes only: others run as many pods as without prefixes, which only take more addresses.',
    remedy: 'Set `maxPods`: 110, or up to 250 from 30 vCPUs on.',
  },
  'spot-single-type': {
    topic: 'Cluster and nodes',
    title: 'Spot groups use several instance types',
    reason: 'AWS reclaims capacity per type and zone: with a single type, nothing else can be launched instead.',
    remedy: 'List several types of the same size.',
  },
  'mutable-image': {
    topic: 'Container images',
    title: 'Image references are immutable',
    reason:
      'With a tag such as `latest`, two pods of a Deployment may run different code, a rollback changes nothing, and no plan shows the change.',
    remedy: 'Use a version tag or a digest.',
  },
  'image-without-digest': {
    topic: 'Container images',
    title: "Images are pinned by digest if the environment's image policy requires it",
    reason: 'Anyone who can push to the registry can move a tag after the image was tested and scanned.',
    remedy: 'Append `@sha256:...`, the digest of the image index.',
  },
  'image-not-allowed': {
    topic: 'Container images',
    title: "Images come from registries that the environment's image policy allows",
    reason: 'Other registries are not scanned, may be rate-limited or unavailable, and are outside your control.',
    remedy: 'Mirror the image, or add its registry to `images.allowed` of the environment.',
  },
  'unreachable-image': {
    topic: 'Container images',
    title: 'Nodes can reach the registries of their images',
    reason:
      'Without internet access the pull of an image from another registry times out: its pods never start, and the apply that waits for them fails.',
    remedy:
      'Mirror the registry to ECR (`images.mirrors` of the environment), or list one that a route or a proxy leads to in `images.reachable`.',
  },
  'run-as-root': {
    topic: 'Pods',
    title: 'Containers do not run as root',
    reason:
      "Root in a container is root on the node's kernel: a vulnerable runtime or a mounted path gives an attacker the node.",
    remedy: 'Remove `privileges.runAsRoot`, and build the image for a non-root user (`runAs.user`).',
  },
  'privileged-container': {
    topic: 'Pods',
    title: 'Containers are confined: not privileged, no privilege escalation, a seccomp profile',
    reason:
      'A privileged container has root access to the node: it can read every secret there, load kernel modules and escape.',
    remedy: 'Remove `privileges.privileged`; a single capability or a device plugin is often enough.',
  },
  'added-capabilities': {
    topic: 'Pods',
    title: 'Containers have no Linux capabilities',
    reason: 'Each grants a part of the privileges of root; some, such as `SYS_ADMIN`, are nearly equivalent to root.',
    remedy: 'Remove `privileges.capabilities`; ports from 1024 need none.',
  },
  'writable-root': {
    topic: 'Pods',
    title: 'The root file system of a container is read-only',
    reason: 'An attacker can replace binaries and install tools, and writes fill the disk of the node.',
    remedy: 'Mount a volume at each writable path; `/tmp` already has one.',
  },
  'host-network': {
    topic: 'Pods',
    title: 'Pods do not use the network of their node',
    reason:
      "Network policies do not apply to the host network or host ports: the pod sees the node's traffic and reaches its metadata service and its ports.",
    remedy: 'Remove `privileges.hostNetwork`, and expose the port with a Service.',
  },
  'host-pid': {
    topic: 'Pods',
    title: 'Pods do not see the processes of their node',
    reason: "The environment variables and files of all containers' processes can be read, including secrets.",
    remedy: 'Remove `privileges.hostPid`.',
  },
  'host-path': {
    topic: 'Pods',
    title: "Pods do not mount paths of the node's file system",
    reason: 'They can read the files of the node and of other pods; a writable path lets them take over the node.',
    remedy: 'Use another volume kind; for a node agent, mount the narrowest path, read-only.',
  },
  'no-readiness-probe': {
    topic: 'Pods',
    title: 'Long-running containers have a readiness probe',
    reason:
      'A rollout cannot detect that the new version fails, and requests reach pods that are not ready to serve them.',
    remedy: 'Set `readiness` on the main container.',
  },
  'rbac-wildcard': {
    topic: 'Kubernetes permissions',
    title: 'Roles grant no wildcards',
    reason: '`*` also grants what a later version of Kubernetes or another controller adds.',
    remedy: 'List the required API groups, resources and verbs.',
  },
  'rbac-all-secrets': {
    topic: 'Kubernetes permissions',
    title: 'No service account can read the secrets of all namespaces',
    reason: 'An attacker who compromises one of its pods has every password and token in the cluster.',
    remedy:
      'Grant access in its own namespace with `rules` of `ServiceAccount`, or list the secrets in `resourceNames`.',
  },
  'chart-images-unchecked': {
    topic: 'Helm charts',
    title: "A chart's images follow the environment's image policy",
    reason: 'Only Helm knows which images a chart uses: mirrors, allowed registries and digests are not checked.',
    remedy: 'Set the images in `values`, and state that in the reason of the acknowledgement.',
  },
  'secret-in-values': {
    topic: 'Helm charts',
    title: "A chart's values contain no secrets",
    reason:
      'Values are stored in the state, in plans and in the Secret of the release, readable by anyone with access to them.',
    remedy: "Store it in a Secret, and pass the Secret's name to the chart.",
  },
  'robot-any-branch': {
    topic: 'Registry and CI',
    title: 'A CI role is limited to a branch, tag or environment',
    reason: 'Any branch or pull request, reviewed or not, could push images or use the other permissions of the role.',
    remedy: 'List branches, tags or environments in `subjects`.',
  },
  'ci-role-wide-actions': {
    topic: 'Registry and CI',
    title: 'A CI role has neither all actions of a service nor permissions to extend its own',
    reason:
      'Whoever can change a workflow has the permissions of the role: with `*` or `iam:*` on all resources, the whole account.',
    remedy:
      'List the required actions in `statements`; limit `iam:` actions and `sts:AssumeRole` to the ARNs of roles.',
  },
  'lifecycle-tags-anded': {
    topic: 'Registry and CI',
    title: 'A lifecycle rule has a single tag pattern',
    reason:
      'With several patterns, ECR selects only images whose tags match all of them: the rule expires fewer images than expected.',
    remedy: 'Add a rule per pattern.',
  },
} as const satisfies Readonly<Record<string, Rule>>;

/** The code of a rule of quayside. */
export type RuleCode = keyof typeof RULES;

/** A code that can be acknowledged. */
export type AcknowledgedCode = RuleCode | ScannerCode;

/** A check of checkov, such as `CKV_AWS_18`, or of kube-score, such as `kube-score/pod-probes`. */
export type ScannerCode = `CKV_${string}_${number}` | `CKV2_${string}_${number}` | `kube-score/${string}`;

export function isRuleCode(code: string): code is RuleCode {
  return Object.hasOwn(RULES, code);
}
