import { AutoscalingGroupTagA } from '@cdktf/provider-aws/lib/autoscaling-group-tag';
import { EksNodeGroup, type EksNodeGroupTaint } from '@cdktf/provider-aws/lib/eks-node-group';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { physicalName } from '../core/naming';
import { sortedRecord } from '../core/record';
import { warn } from '../core/warnings';
import type { Taint } from '../kubernetes/taint';
import { userData, userDataProblem } from './bootstrap';
import { claimPrincipal, registerNodeGroup } from './cluster-registry';
import { unknownFamily } from './instance-families';
import { MANAGED_NODE_GROUP_PROPS, type ManagedNodeGroupProps } from './managed-node-group-props';
import type { NodeGroup, ZoneGroup } from './node-group';
import { nodeGroupProblems, spotProblem } from './node-group-problems';
import { DEFAULT_DISK_GIB } from './node-group-props';
import { acceleratorProblems, amiType } from './node-image';
import { NodeLaunchTemplate } from './node-launch-template';
import { addNodeRole, type NodeRole } from './node-role';
import { nodeTemplateTags } from './node-tags';
import { percentAtOnce, updateTimeoutMinutes } from './node-updates';
import { sortTaints } from './taints-and-labels';
import { onlyZone, ownedByAutoscaler, zonePlacements, type ZonePlacement } from './zone-placement';

/** A zone's EKS managed node group. */
export interface ManagedZoneGroup extends ZoneGroup {
  readonly resource: EksNodeGroup;
}

/** EKS drains each node that it replaces or removes for up to 15 minutes. */
const TIMEOUTS = { create: '30m', delete: '60m' };

/**
 * Nodes that EKS launches, drains and replaces. An update that is blocked by a PodDisruptionBudget fails instead of
 * forcing pods out. The Cluster Autoscaler owns the number of nodes, unless `minSize` and `maxSize` are equal.
 */
export class ManagedNodeGroup extends Construct implements NodeGroup {
  readonly nodeRole: NodeRole;
  readonly launchTemplate: NodeLaunchTemplate;
  readonly groups: readonly ManagedZoneGroup[];
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ManagedNodeGroupProps) {
    super(scope, id);
    checkProps(this, props, MANAGED_NODE_GROUP_PROPS);
    const { cluster, name, os = 'al2023', taints = [] } = props;
    check(this, ...nodeGroupProblems(this, props, 'eks'), ...problems(props));
    for (const type of new Set(props.instanceTypes)) warn(this, unknownFamily(type));

    const { nodePolicies: managedPolicies } = props;
    this.nodeRole = props.nodeRole ?? addNodeRole(this, 'managed', { cluster, name, managedPolicies });
    check(this, claimPrincipal(this, cluster, this.nodeRole.role, 'managed'));
    registerNodeGroup(this, cluster, { taints, nodes: props.desiredSize ?? props.minSize });

    const bootstrap = userData(os, { ...props, extra: props.nodeConfig });
    check(this, userDataProblem(bootstrap));
    this.launchTemplate = new NodeLaunchTemplate(this, 'launch-template', { ...props, os, userData: bootstrap });
    this.groups = this.addZoneGroups(props);
    this.ready = this.groups.slice(-1).map(({ resource }) => resource);
  }

  /** Each zone's group depends on the previous one, so updates are sequential and a failed one stops the rollout. */
  private addZoneGroups(props: ManagedNodeGroupProps): ManagedZoneGroup[] {
    const groups: ManagedZoneGroup[] = [];
    for (const placement of zonePlacements(props)) {
      const resource = this.addNodeGroup(props, placement);
      const previous = groups.at(-1);
      dependsOn(
        resource,
        ...(props.cluster.readyForNodes ?? []),
        ...this.nodeRole.policies,
        ...placement.subnets.flatMap(({ ready = [] }) => ready),
        ...(previous ? [previous.resource] : []),
      );
      const autoScalingGroupName = resource.resources.get(0).autoscalingGroups.get(0).name;
      this.addAutoscalerTags(props, placement, autoScalingGroupName);
      groups.push({ zone: placement.zone, autoScalingGroupName, resource });
    }
    return groups;
  }

  private addNodeGroup(props: ManagedNodeGroupProps, { zone, subnets, former }: ZonePlacement): EksNodeGroup {
    const { cluster, minSize, maxSize, capacity, taints = [], startupTaints = [] } = props;
    const { maxUnavailablePercent = percentAtOnce(maxSize) } = props;
    const { updateTimeoutMinutes: minutes = updateTimeoutMinutes(maxSize, maxUnavailablePercent) } = props;
    return new EksNodeGroup(this, `group-${zone}`, {
      clusterName: cluster.clusterId ?? cluster.clusterName,
      // EKS appends 26 characters: a replaced group exists alongside its successor.
      nodeGroupNamePrefix: `${physicalName('eks-node-group-prefix', props.name, zone)}-`,
      nodeRoleArn: this.nodeRole.role.arn,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
      amiType: amiType(props),
      capacityType: capacity?.kind === 'spot' ? 'SPOT' : 'ON_DEMAND',
      instanceTypes: [...props.instanceTypes],
      version: cluster.kubernetesVersion,
      releaseVersion: props.releaseVersion,
      launchTemplate: { id: this.launchTemplate.launchTemplateId, version: this.launchTemplate.version },
      scalingConfig: { minSize, maxSize, desiredSize: props.desiredSize ?? minSize },
      updateConfig: maxUnavailablePercent ? { maxUnavailablePercentage: maxUnavailablePercent } : { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
      labels: sortedRecord(props.labels ?? {}),
      taint: sortTaints([...taints, ...startupTaints]).map(eksTaint),
      timeouts: { ...TIMEOUTS, update: `${minutes}m` },
      lifecycle: {
        createBeforeDestroy: true,
        ignoreChanges: former ? 'all' : ownedByAutoscaler(props, 'scaling_config[0].desired_size'),
      },
    });
  }

  /** EKS creates the Auto Scaling group and tags it for discovery, but not with the node template. */
  private addAutoscalerTags(
    props: ManagedNodeGroupProps,
    placement: ZonePlacement,
    autoScalingGroupName: string,
  ): void {
    const tags = nodeTemplateTags({
      zone: onlyZone(placement),
      labels: props.labels ?? {},
      taints: props.taints ?? [],
      diskGib: props.diskGib ?? DEFAULT_DISK_GIB,
    });
    const scope = new Construct(this, `autoscaler-tags-${placement.zone}`);
    for (const [key, value] of Object.entries(tags)) {
      const id = key.replace('k8s.io/cluster-autoscaler/node-template/', '');
      new AutoscalingGroupTagA(scope, id, {
        autoscalingGroupName: autoScalingGroupName,
        tag: { key, value, propagateAtLaunch: false },
        lifecycle: { createBeforeDestroy: true },
      });
    }
  }
}

function problems(props: ManagedNodeGroupProps): readonly Problem[] {
  const { cluster, capacity, instanceTypes, releaseVersion, maxUnavailablePercent } = props;
  return [
    spotProblem(capacity?.kind ?? 'on-demand', instanceTypes),
    ...(instanceTypes.length > 0 ? acceleratorProblems(props) : []),
    releaseVersion !== undefined &&
      !/^\d+\.\d+\.\d+-[0-9a-z]+$/.test(releaseVersion) &&
      `releaseVersion must look like 1.34.2-20260107, got '${releaseVersion}'`,
    releaseVersion !== undefined &&
      /^\d+\.\d+\./.test(releaseVersion) &&
      !releaseVersion.startsWith(`${cluster.kubernetesVersion}.`) &&
      `releaseVersion '${releaseVersion}' is not for Kubernetes ${cluster.kubernetesVersion}, the cluster's version: use a release of it, or omit it for the latest`,
    maxUnavailablePercent !== undefined &&
      !(maxUnavailablePercent >= 1 && maxUnavailablePercent <= 100) &&
      `maxUnavailablePercent must be between 1 and 100, got ${maxUnavailablePercent}`,
  ];
}

function eksTaint({ key, value, effect }: Taint): EksNodeGroupTaint {
  return { key, value, effect: EKS_EFFECTS[effect] };
}

const EKS_EFFECTS: Readonly<Record<Taint['effect'], string>> = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE',
};
