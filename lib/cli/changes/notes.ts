import type { StackPlan } from '../../offline';
import type { Note } from './finding';
import { NODE_GROUPS, parentOf } from './outages/node-groups';
import { isGone, PlannedResources, type PlannedResource } from './planned-resources';
import { numbersAt, textAt } from './values-at';

type Remark = (resource: PlannedResource, resources: PlannedResources) => string | undefined;

/** What a plan cannot tell, by type. */
const REMARKS: readonly { readonly families: readonly string[]; readonly remark: Remark; readonly mockOnly?: true }[] =
  [
    { families: ['aws_eks_node_group'], remark: sizes },
    // With the real state the autoscaler's number differs from the configured one all the time.
    { families: ['aws_eks_node_group', 'aws_autoscaling_group'], remark: ignoredSize, mockOnly: true },
    { families: NODE_GROUPS, remark: renamedGroup },
    { families: ['kubernetes_storage_class'], remark: reclaimPolicy },
    { families: ['aws_iam_role'], remark: nodeRole },
    { families: ['aws_iam_role_policy_attachment'], remark: volumesByTag },
  ];

/** What must be known about planned changes that are neither outages nor rejected. */
export function notesOn(stacks: readonly StackPlan[], providers: 'mock' | 'real'): readonly Note[] {
  const resources = new PlannedResources(stacks);
  return REMARKS.filter(({ mockOnly }) => !mockOnly || providers === 'mock').flatMap(({ families, remark }) =>
    resources.existing(...families).flatMap((resource): Note[] => {
      const reason = remark(resource, resources);
      const { stack, path, address, type } = resource;
      return reason === undefined ? [] : [{ stack, path, address, type, reason }];
    }),
  );
}

/**
 * The number of nodes is the autoscaler's: EKS compares the limits with it, whatever was planned.
 * Source: https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3306
 */
function sizes(resource: PlannedResource, resources: PlannedResources): string | undefined {
  const { before, after, action } = resource;
  if (action !== 'change' || sizeOf(after, 'desired') !== sizeOf(before, 'desired')) return undefined;
  const [min, max] = [sizeOf(after, 'min'), sizeOf(after, 'max')];
  const [minBefore, maxBefore] = [sizeOf(before, 'min'), sizeOf(before, 'max')];
  // A generated name is not known offline.
  const name = resources.constant(resource, 'node_group_name') ?? `${textAt(before, 'node_group_name_prefix')}...`;
  const command = (number: number) =>
    `aws eks update-nodegroup-config --cluster-name ${textAt(before, 'cluster_name')} --nodegroup-name ${String(name)} --scaling-config desiredSize=${number}`;
  if (min !== undefined && minBefore !== undefined && min > minBefore) {
    return `min_size ${minBefore} to ${min}: EKS rejects it if fewer than ${min} nodes run. Before the apply: ${command(min)}`;
  }
  if (max !== undefined && maxBefore !== undefined && max < maxBefore) {
    return `max_size ${maxBefore} to ${max}: EKS rejects it if more than ${max} nodes run. Before the apply: ${command(max)}`;
  }
  return undefined;
}

function sizeOf(group: unknown, limit: 'min' | 'max' | 'desired'): number | undefined {
  return numbersAt(group, `scaling_config.${limit}_size`)[0];
}

/** A configured number that `ignore_changes` keeps from being applied. */
function ignoredSize(resource: PlannedResource, resources: PlannedResources): string | undefined {
  const path = resource.family === 'aws_autoscaling_group' ? 'desired_capacity' : 'scaling_config.desired_size';
  const configured = resources.constant(resource, path);
  const planned = numbersAt(resource.after, path)[0];
  if (resource.action === 'destroy' || typeof configured !== 'number' || planned === undefined) return undefined;
  if (resource.action === 'replace' || configured === planned) return undefined;
  // Everything else is ignored too: a group that stands for one apply.
  const limit = path.replace('desired_capacity', 'min_size').replace('desired_size', 'min_size');
  const minimum = resources.constant(resource, limit);
  if (typeof minimum === 'number' && minimum !== numbersAt(resource.after, limit)[0]) return undefined;
  // Said with the limit already.
  if (resource.family === 'aws_eks_node_group' && sizes(resource, resources) !== undefined) return undefined;
  const name = path.split('.').at(-1)!;
  return `${name} ${planned} to ${configured} does nothing: ignore_changes leaves the number to the autoscaler`;
}

/** All groups of one construct deleted, and all of another created: perhaps a rename. */
function renamedGroup(resource: PlannedResource, resources: PlannedResources): string | undefined {
  const groups = resources.of(...NODE_GROUPS).filter(({ stack }) => stack === resource.stack);
  const ofConstruct = (name: string) => groups.filter((one) => parentOf(one) === name);
  const name = parentOf(resource);
  const own = ofConstruct(name);
  if (own[0] !== resource || !own.every((one) => one.action === 'destroy')) return undefined;
  const created = [...new Set(groups.map(parentOf))].filter(
    (other) =>
      other !== name &&
      // Of another kind: an outage.
      ofConstruct(other).every((one) => one.action === 'create' && one.family === resource.family),
  );
  if (created.length === 0) return undefined;
  return `${name} is deleted while ${created.join(', ')} is created, in no order. If it was renamed: name the old one in formerly`;
}

/**
 * Source: "Change the Reclaim Policy of a PersistentVolume", https://kubernetes.io/docs/tasks/administer-cluster/change-pv-reclaim-policy/
 */
function reclaimPolicy({ before, after, action }: PlannedResource): string | undefined {
  const [was, becomes] = [textAt(before, 'reclaim_policy'), textAt(after, 'reclaim_policy')];
  if (action !== 'replace' || was === becomes || becomes === '') return undefined;
  const volumes = `kubectl get pv -o jsonpath='{range .items[?(@.spec.storageClassName=="${textAt(before, 'metadata.name')}")]}{.metadata.name}{"\\n"}{end}'`;
  const patch = `xargs -I{} kubectl patch pv {} -p '{"spec":{"persistentVolumeReclaimPolicy":"${becomes}"}}'`;
  return `volumes that exist keep the policy ${was}. To change them as well: ${volumes} | ${patch}`;
}

function nodeRole(resource: PlannedResource, resources: PlannedResources): string | undefined {
  if (resource.action !== 'replace') return undefined;
  const arn = textAt(resource.before, 'arn');
  const groups = resources
    .existing('aws_eks_node_group')
    .filter((one) => textAt(one.before, 'node_role_arn') === arn && (one.action === 'replace' || isGone(one)));
  if (groups.length === 0) return undefined;
  return `its replacement replaces the nodes of ${groups.map(({ path }) => path).join(', ')}`;
}

/** Source: "New Managed Policies Available for the EBS CSI Driver", https://github.com/kubernetes-sigs/aws-ebs-csi-driver/issues/2918 */
function volumesByTag(resource: PlannedResource, resources: PlannedResources): string | undefined {
  const policy = (value: unknown) => textAt(value, 'policy_arn').split('/').at(-1) ?? '';
  if (!isGone(resource) || !/^AmazonEBSCSIDriverPolicy(V2)?$/.test(policy(resource.before))) return undefined;
  const scoped = resources
    .of('aws_iam_role_policy_attachment')
    .some(
      ({ stack, after }) => stack === resource.stack && policy(after) === 'AmazonEBSCSIDriverEKSClusterScopedPolicy',
    );
  return scoped
    ? 'volumes and snapshots without the tag ebs.csi.aws.com/cluster-name can no longer be attached: tag them before the apply'
    : undefined;
}
