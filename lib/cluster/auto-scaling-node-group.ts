import {
  AutoscalingGroup,
  type AutoscalingGroupMixedInstancesPolicy,
  type AutoscalingGroupTag,
} from '@cdktf/provider-aws/lib/autoscaling-group';
import { AutoscalingLifecycleHook } from '@cdktf/provider-aws/lib/autoscaling-lifecycle-hook';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { Fn, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check, checkAtSynth, requireProps, type Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { physicalName } from '../core/naming';
import { NodeAccessEntry } from './access';
import { userData } from './bootstrap';
import { registerNodeGroup } from './cluster-registry';
import type { ClusterRef } from './cluster-ref';
import type { NodeDraining } from './draining';
import { capacityTag, instancesDistribution, mixedCapacityProblems, type MixedCapacity } from './mixed-capacity';
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
import { imageId, imageProblem, type NodeImage } from './node-image';
import { NodeLaunchTemplate } from './node-launch-template';
import { NodeRole } from './node-role';
import { discoveryTags, nodeTemplateTags } from './node-tags';
import { InstanceRefreshWaiter } from './instance-refresh-waiter';

export interface AutoScalingNodeGroupProps extends NodeGroupProps {
  /**
   * How the machines are paid for. A change replaces every node.
   * @default on demand
   */
  readonly capacity?: Capacity | MixedCapacity;
  /** @default the newest of AWS's images for the cluster's Kubernetes version */
  readonly image?: NodeImage;
  /**
   * Empties a node of pods before its machine goes. Without it pods are cut off whenever a node is replaced or removed.
   * @default pods are cut off
   */
  readonly draining?: NodeDraining;
  /**
   * How many of a zone's nodes, as a percentage of those wanted, stay in service while others are replaced.
   * @default 100: a new node is there before an old one goes
   */
  readonly minHealthyPercent?: number;
  /**
   * How many nodes there may be meanwhile, old and new together; at most 100 more than minHealthyPercent.
   * @default room for one more node than minSize
   */
  readonly maxHealthyPercent?: number;
}

/** A zone's group of nodes that we run. */
export interface AutoScalingZoneGroup extends ZoneGroup {
  readonly resource: AutoscalingGroup;
  readonly refreshWaiter: InstanceRefreshWaiter;
}

/** From launch until a node takes pods: joining, and the images of its daemons. */
const NODE_WARMUP_SECONDS = 180;
/** Nodes that drain need longer than the provider's ten minutes. */
const DELETE_TIMEOUT = '60m';

/**
 * Nodes in Auto Scaling groups of our own, which join the cluster by themselves. A new version of the launch template
 * replaces them zone by zone: the next zone waits until the one before has succeeded.
 */
export class AutoScalingNodeGroup extends Construct implements NodeGroup {
  readonly nodeRole: NodeRole;
  readonly instanceProfile: IamInstanceProfile;
  readonly access: NodeAccessEntry;
  readonly launchTemplate: NodeLaunchTemplate;
  readonly groups: readonly AutoScalingZoneGroup[];
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: AutoScalingNodeGroupProps) {
    super(scope, id);
    requireProps(this, props, 'cluster', 'name', 'subnets', 'architecture', 'instanceTypes');
    const { cluster, name, taints = [] } = props;
    check(this, ...nodeGroupProblems(this, props, 'kubelet'), ...problems(props));

    this.nodeRole = props.nodeRole ?? new NodeRole(this, 'role', { cluster, name });
    this.access = new NodeAccessEntry(this, 'access', { cluster, role: this.nodeRole.role });
    registerNodeGroup(this, cluster, { taints, nodes: props.desiredSize ?? props.minSize });

    this.instanceProfile = new IamInstanceProfile(this, 'instance-profile', {
      // IAM is global: a cluster of the same name in another region has a profile of its own.
      name: physicalName('iam-instance-profile', cluster.clusterName, awsContext(this).region, name),
      role: this.nodeRole.role.name,
      lifecycle: { createBeforeDestroy: true },
    });
    this.launchTemplate = this.addLaunchTemplate(props);
    this.groups = this.addZoneGroups(props);
    this.ready = this.groups.slice(-1).map(({ refreshWaiter }) => refreshWaiter);
    checkAtSynth(this, () => this.groups.map(elbHealthProblem));
  }

  private addLaunchTemplate(props: AutoScalingNodeGroupProps): NodeLaunchTemplate {
    const { cluster, os = 'al2023', architecture, labels = {}, taints = [], capacity } = props;
    return new NodeLaunchTemplate(this, 'launch-template', {
      ...props,
      os,
      imageId: imageId(props.image ?? { kind: 'latest' }, os, architecture, cluster.kubernetesVersion),
      instanceProfileArn: this.instanceProfile.arn,
      // Makes a new version where only instance types or capacity change, which replaces nodes too: the gates count
      // versions. (A description would not do: the provider plans no new version for one.)
      instanceTags: { [CAPACITY_TAG]: capacityTag(props.instanceTypes, capacity) },
      userData: userData(os, { ...props, extra: props.nodeConfig, join: { ...joinSettings(cluster), labels, taints } }),
    });
  }

  /** Each zone's group waits for the gate of the one before, and the gate for the replacement of that zone's nodes. */
  private addZoneGroups(props: AutoScalingNodeGroupProps): AutoScalingZoneGroup[] {
    const groups: AutoScalingZoneGroup[] = [];
    for (const placement of zonePlacements(props)) {
      const { zone, subnets } = placement;
      const resource = this.addGroup(props, placement);
      const previous = groups.at(-1);
      dependsOn(
        resource,
        ...(props.cluster.readyForNodes ?? []),
        ...this.nodeRole.policies,
        this.access.entry,
        ...subnets.flatMap(({ ready = [] }) => ready),
        ...(previous ? [previous.refreshWaiter] : []),
      );
      const hook = props.draining && this.addDrainHook(zone, resource, props.draining);
      const refreshWaiter = new InstanceRefreshWaiter(this, `gate-${zone}`, {
        autoScalingGroupName: resource.name,
        launchTemplate: this.launchTemplate,
        timeoutMinutes: props.updateTimeoutMinutes ?? DEFAULT_UPDATE_TIMEOUT_MINUTES,
        after: hook ?? resource,
      });
      groups.push({ zone, autoScalingGroupName: resource.name, resource, refreshWaiter });
    }
    return groups;
  }

  private addGroup(props: AutoScalingNodeGroupProps, placement: ZonePlacement): AutoscalingGroup {
    const { cluster, name, minSize, maxSize, capacity, minHealthyPercent = 100 } = props;
    const maxHealthyPercent = props.maxHealthyPercent ?? roomForOneMore(minSize);
    return new AutoscalingGroup(this, `group-${placement.zone}`, {
      name: physicalName('auto-scaling-group', cluster.clusterName, name, placement.zone),
      vpcZoneIdentifier: placement.subnets.map(({ subnetId }) => subnetId),
      minSize,
      maxSize,
      desiredCapacity: props.desiredSize ?? minSize,
      mixedInstancesPolicy: this.instancesPolicy(props),
      capacityRebalance: (capacity?.kind ?? 'on-demand') !== 'on-demand',
      // EC2's checks only: a load balancer's would kill every node that comes before the ingress.
      healthCheckType: 'EC2',
      defaultInstanceWarmup: NODE_WARMUP_SECONDS,
      // It ends machines without asking the autoscaler.
      suspendedProcesses: ['AZRebalance'],
      instanceMaintenancePolicy: {
        minHealthyPercentage: minHealthyPercent,
        maxHealthyPercentage: maxHealthyPercent,
      },
      instanceRefresh: {
        strategy: 'Rolling',
        // No auto_rollback: it goes "back" to the launch template's newest version, the one that failed. No skip_matching:
        // Auto Scaling takes it for no launch template whose image is a parameter to look up, as ours is.
        preferences: {
          minHealthyPercentage: minHealthyPercent,
          maxHealthyPercentage: maxHealthyPercent,
        },
      },
      tag: this.tags(props, placement),
      timeouts: { delete: DELETE_TIMEOUT },
      // The autoscaler owns the number of nodes.
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ['desired_capacity'] },
    });
  }

  private instancesPolicy({
    instanceTypes,
    capacity,
  }: AutoScalingNodeGroupProps): AutoscalingGroupMixedInstancesPolicy {
    const { launchTemplateId, version } = this.launchTemplate;
    return {
      instancesDistribution: instancesDistribution(capacity),
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId, version },
        override: instanceTypes.map((instanceType) => ({ instanceType })),
      },
    };
  }

  /** On the group and on its machines: the provider's default tags reach neither. */
  private tags(props: AutoScalingNodeGroupProps, { zone }: ZonePlacement): AutoscalingGroupTag[] {
    const { cluster, name, labels = {}, taints = [], diskGib = DEFAULT_DISK_GIB, draining } = props;
    const instanceTags = {
      ...awsContext(this).tags,
      Name: `${cluster.clusterName}-${name}`,
      ...discoveryTags(cluster.clusterName),
      ...(draining && { [DEFAULT_MANAGED_TAG]: 'true', [draining.managedTag]: 'true' }),
    };
    const groupTags = nodeTemplateTags({
      zone: props.spread === 'single' ? undefined : zone,
      labels,
      taints,
      diskGib,
    });
    return [...asgTags(instanceTags, true), ...asgTags(groupTags, false)];
  }

  /** A resource of its own: as `initial_lifecycle_hook` a change would replace the group. */
  private addDrainHook(zone: string, group: AutoscalingGroup, draining: NodeDraining): AutoscalingLifecycleHook {
    return new AutoscalingLifecycleHook(this, `drain-${zone}`, {
      name: 'drain',
      autoscalingGroupName: group.name,
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      heartbeatTimeout: draining.heartbeatSeconds,
      defaultResult: 'CONTINUE',
    });
  }
}

/** What a machine was chosen from. */
const CAPACITY_TAG = 'quayside:capacity';
/** The termination handler's own default, for one that is not told of `NodeDraining.managedTag`. */
const DEFAULT_MANAGED_TAG = 'aws-node-termination-handler/managed';

function joinSettings({ clusterName, endpoint, certificateAuthority, serviceCidr }: ClusterRef) {
  return { clusterName, endpoint, certificateAuthority, serviceCidr, dnsAddress: Fn.cidrhost(serviceCidr, 10) };
}

function asgTags(tags: Readonly<Record<string, string>>, propagateAtLaunch: boolean): AutoscalingGroupTag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch }));
}

/** In percent of the group, whichever way AWS rounds. */
function roomForOneMore(minSize: number): number {
  return 100 + Math.ceil(100 / Math.max(minSize, 1));
}

function problems(props: AutoScalingNodeGroupProps): readonly Problem[] {
  const { capacity, image, os = 'al2023', minHealthyPercent = 100, maxHealthyPercent } = props;
  return [
    ...mixedCapacityProblems(capacity),
    spotProblem(capacity?.kind ?? 'on-demand', props.instanceTypes),
    image !== undefined && imageProblem(image, os),
    ...replacementProblems(minHealthyPercent, maxHealthyPercent ?? roomForOneMore(props.minSize)),
  ];
}

/** Source: "InstanceMaintenancePolicy", Amazon EC2 Auto Scaling API Reference. */
function replacementProblems(min: number, max: number): readonly Problem[] {
  if (!(min >= 0 && min <= 100)) return [`minHealthyPercent must be between 0 and 100, got ${min}`];
  if (!(max >= 100 && max <= 200)) return [`maxHealthyPercent must be between 100 and 200, got ${max}`];
  return [
    min === 100 &&
      max === 100 &&
      'minHealthyPercent and maxHealthyPercent are both 100: no node can be added before one goes, nor removed before one comes; raise maxHealthyPercent',
    max - min > 100 &&
      `maxHealthyPercent (${max}) is more than 100 above minHealthyPercent (${min}): bring them closer`,
  ];
}

/** For groups changed through the escape hatch. */
function elbHealthProblem({ zone, resource }: AutoScalingZoneGroup): Problem {
  return (
    resource.healthCheckTypeInput === 'ELB' && {
      code: 'elb-health-check',
      problem: `the group of ${zone} has health_check_type ELB: nodes are killed before the ingress on them answers, so it never does; leave it at EC2`,
    }
  );
}
