import type { AwsContext } from '../../core/aws-context';
import type { Statement } from '../../iam/policy-document';
import type { ResourceRule } from '../../kubernetes/rbac';

/** Name of the pods, the service account and the leader election lease. */
export const NAME = 'cluster-autoscaler';

/**
 * Without the permissions for launch configurations, which no node group uses.
 * Source: "Full Cluster Autoscaler Features Policy",
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function awsStatements({ partition, region, account }: AwsContext, clusterName: string): Statement[] {
  return [
    {
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: [`arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`],
      conditions: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: ['owned'] } },
    },
    {
      actions: ['eks:DescribeNodegroup'],
      resources: [`arn:${partition}:eks:${region}:${account}:nodegroup/${clusterName}/*`],
    },
    {
      // These actions have no resource-level permissions.
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeScalingActivities',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
      ],
      resources: ['*'],
    },
  ];
}

/**
 * Without APIs that the supported Kubernetes versions no longer have. Source: the ClusterRole in
 * https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/aws/examples
 */
export const CLUSTER_RULES: readonly ResourceRule[] = [
  { resources: ['events'], verbs: ['create', 'patch'] },
  { resources: ['pods/eviction'], verbs: ['create'] },
  { resources: ['pods/status'], verbs: ['update'] },
  { resources: ['nodes'], verbs: ['get', 'list', 'watch', 'update'] },
  {
    resources: [
      'namespaces',
      'persistentvolumeclaims',
      'persistentvolumes',
      'pods',
      'replicationcontrollers',
      'services',
    ],
    verbs: ['get', 'list', 'watch'],
  },
  { apiGroups: ['apps'], resources: ['daemonsets', 'replicasets', 'statefulsets'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: ['list', 'watch'] },
  {
    apiGroups: ['resource.k8s.io'],
    resources: ['deviceclasses', 'resourceclaims', 'resourceslices'],
    verbs: ['get', 'list', 'watch'],
  },
  {
    apiGroups: ['storage.k8s.io'],
    resources: ['csidrivers', 'csinodes', 'csistoragecapacities', 'storageclasses', 'volumeattachments'],
    verbs: ['get', 'list', 'watch'],
  },
];

/** `create` cannot be restricted by resource name. Source: the Role in the same examples. */
export const NAMESPACE_RULES: readonly ResourceRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: [NAME], verbs: ['get', 'update'] },
  { resources: ['configmaps'], verbs: ['create', 'list', 'watch'] },
  {
    resources: ['configmaps'],
    resourceNames: ['cluster-autoscaler-status'],
    verbs: ['delete', 'get', 'update'],
  },
];
