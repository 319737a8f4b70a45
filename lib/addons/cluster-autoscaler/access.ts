import type { AwsContext } from '../../core/aws-context';
import type { Statement } from '../../iam/policy-document';
import type { ResourceRule } from '../../kubernetes/rbac';

/** Of the pods, the service account, the lease by which one of them leads. */
export const NAME = 'cluster-autoscaler';

/**
 * No group of ours has a launch configuration. Source: "Full Cluster Autoscaler Features Policy" in the autoscaler's notes for
 * AWS.
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
      // These have no resource-level permissions.
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

/** Source: the ClusterRole of the autoscaler's example for AWS, without what no Kubernetes of ours has any more. */
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

/** Creation cannot be limited by name. Source: the Role of the same example. */
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
