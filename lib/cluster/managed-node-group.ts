import { AutoscalingGroupTagA } from '@cdktf/provider-aws/lib/autoscaling-group-tag';
import { EksNodeGroup, type EksNodeGroupTaint } from '@cdktf/provider-aws/lib/eks-node-group';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { check, requireProps, type Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { physicalName } from '../core/naming';
import type { Taint } from '../kubernetes/taint';
import { userData } from './bootstrap';
import { claimPrincipal, registerNodeGroup } from './cluster-registry';
import type { NodeGroup, ZoneGroup } from './node-group';
import {
  DEFAULT_DISK_GIB,
  DEFAULT_UPDATE_TIMEOUT_MINUTES,
  nodeGroupProblems,
  spotProblem,
  zonePlacements,
  type Capacity,
  type NodeGroupProps,
  type ZonePlacement,
} from './node-group-props';
import { amiType } from './node-image';
import { NodeLaunchTemplate } from './node-launch-template';
import { NodeRole } from './node-role';
import { nodeTemplateTags } from './node-tags';

export interface ManagedNodeGroupProps extends NodeGroupProps {
  /**
   * How the machines are paid for. Only a self-managed group mixes.
   * @default on demand
   */
  readonly capacity?: Capacity;
  /**
   * One release of EKS's image, such as `1.34.2-20260107`.
   * @default the newest when the group is made or its Kubernetes version changes; it does not move by itself
   */
  readonly releaseVersion?: string;
  /**
   * How many of a zone's nodes an update replaces at a time, as a percentage.
   * @default one node at a time
   */
  readonly maxUnavailablePercent?: number;
}

/** A zone's group of nodes that EKS runs. */
export interface ManagedZoneGroup extends ZoneGroup {
  readonly resource: EksNodeGroup;
}

/** EKS evicts for 15 minutes from each node that it replaces or removes. */
const TIMEOUTS = { create: '30m', delete: '60m' };

/**
 * Nodes that EKS launches, drains and replaces. An update that a disruption budget blocks fails instead of forcing
 * pods out. The autoscaler owns the number of nodes: raising `minSize` above the present number is refused by EKS
 * until there are that many.
 */
export class ManagedNodeGroup extends Construct implements NodeGroup {
  readonly nodeRole: NodeRole;
  readonly launchTemplate: NodeLaunchTemplate;
  readonly groups: readonly ManagedZoneGroup[];
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ManagedNodeGroupProps) {
    super(scope, id);
    requireProps(this, props, 'cluster', 'name', 'subnets', 'architecture', 'instanceTypes');
    const { cluster, name, os = 'al2023', taints = [] } = props;
    check(this, ...nodeGroupProblems(this, props, 'eks'), ...problems(props));

    this.nodeRole = props.nodeRole ?? new NodeRole(this, 'role', { cluster, name });
    check(this, claimPrincipal(this, cluster, this.nodeRole.role, 'managed'));
    registerNodeGroup(this, cluster, { taints, nodes: props.desiredSize ?? props.minSize });

    this.launchTemplate = new NodeLaunchTemplate(this, 'launch-template', {
      ...props,
      os,
      userData: userData(os, { ...props, extra: props.nodeConfig }),
    });
    this.groups = this.addZoneGroups(props);
    this.ready = this.groups.slice(-1).map(({ resource }) => resource);
  }

  /** Each zone's group waits for the one before: so does its update, and an update that fails stops there. */
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

  private addNodeGroup(props: ManagedNodeGroupProps, { zone, subnets }: ZonePlacement): EksNodeGroup {
    const { cluster, os = 'al2023', minSize, maxSize, capacity, maxUnavailablePercent } = props;
    return new EksNodeGroup(this, `group-${zone}`, {
      clusterName: cluster.clusterId ?? cluster.clusterName,
      // EKS adds 26 characters: a group that is replaced stands beside its successor.
      nodeGroupNamePrefix: `${physicalName('eks-node-group-prefix', props.name, zone)}-`,
      nodeRoleArn: this.nodeRole.role.arn,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
      amiType: amiType(os, props.architecture),
      capacityType: capacity?.kind === 'spot' ? 'SPOT' : 'ON_DEMAND',
      instanceTypes: [...props.instanceTypes],
      version: cluster.kubernetesVersion,
      releaseVersion: props.releaseVersion,
      launchTemplate: { id: this.launchTemplate.launchTemplateId, version: this.launchTemplate.version },
      scalingConfig: { minSize, maxSize, desiredSize: props.desiredSize ?? minSize },
      updateConfig: maxUnavailablePercent ? { maxUnavailablePercentage: maxUnavailablePercent } : { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
      labels: { ...props.labels },
      taint: (props.taints ?? []).map(eksTaint),
      timeouts: { ...TIMEOUTS, update: `${props.updateTimeoutMinutes ?? DEFAULT_UPDATE_TIMEOUT_MINUTES}m` },
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ['scaling_config[0].desired_size'] },
    });
  }

  /** EKS makes the Auto Scaling group and tags it for discovery, but not with what a new node would be like. */
  private addAutoscalerTags(props: ManagedNodeGroupProps, { zone }: ZonePlacement, autoScalingGroupName: string): void {
    const tags = nodeTemplateTags({
      zone: props.spread === 'single' ? undefined : zone,
      labels: props.labels ?? {},
      taints: props.taints ?? [],
      diskGib: props.diskGib ?? DEFAULT_DISK_GIB,
    });
    const scope = new Construct(this, `autoscaler-tags-${zone}`);
    for (const [key, value] of Object.entries(tags)) {
      const id = key.replace('k8s.io/cluster-autoscaler/node-template/', '');
      new AutoscalingGroupTagA(scope, id, {
        autoscalingGroupName: autoScalingGroupName,
        tag: { key, value, propagateAtLaunch: false },
      });
    }
  }
}

function problems({
  capacity,
  instanceTypes,
  releaseVersion,
  maxUnavailablePercent,
}: ManagedNodeGroupProps): readonly Problem[] {
  const kind: string = capacity?.kind ?? 'on-demand';
  return [
    !['on-demand', 'spot'].includes(kind) &&
      `capacity of a managed node group is on-demand or spot, got '${kind}': AutoScalingNodeGroup mixes them`,
    spotProblem(kind, instanceTypes),
    releaseVersion !== undefined &&
      !/^\d+\.\d+\.\d+-[0-9a-z]+$/.test(releaseVersion) &&
      `releaseVersion must look like 1.34.2-20260107, got '${releaseVersion}'`,
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
