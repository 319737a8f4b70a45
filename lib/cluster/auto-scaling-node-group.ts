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
import { check, checkAtSynth, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { physicalName } from '../core/naming';
import { warn } from '../core/warnings';
import { NodeAccessEntry } from './access';
import { AUTO_SCALING_NODE_GROUP_PROPS, type AutoScalingNodeGroupProps } from './auto-scaling-node-group-props';
import { userData, userDataProblem } from './bootstrap';
import { registerNodeGroup } from './cluster-registry';
import type { ClusterRef } from './cluster-ref';
import type { NodeDraining } from './draining';
import { unknownFamily } from './instance-families';
import { capacityTag, instancesDistribution, mixedCapacityProblems } from './mixed-capacity';
import type { NodeGroup, ZoneGroup } from './node-group';
import { nodeGroupProblems, spotProblem } from './node-group-problems';
import { DEFAULT_DISK_GIB } from './node-group-props';
import { acceleratorProblems, imageId, imageProblem } from './node-image';
import { NodeLaunchTemplate } from './node-launch-template';
import { addNodeRole, type NodeRole } from './node-role';
import { discoveryTags, nodeTemplateTags } from './node-tags';
import { LEAST_PERCENT_AT_ONCE, updateTimeoutMinutes } from './node-updates';
import { InstanceRefreshWaiter } from './instance-refresh-waiter';
import { volumeAccessTags } from './volume-access';
import { onlyZone, ownedByAutoscaler, zonePlacements, type ZonePlacement } from './zone-placement';

/** A zone's Auto Scaling group of self-managed nodes. */
export interface AutoScalingZoneGroup extends ZoneGroup {
  readonly resource: AutoscalingGroup;
  readonly refreshWaiter: InstanceRefreshWaiter;
}

/** From launch until a node accepts pods: it joins the cluster and pulls the images of its DaemonSets. */
const NODE_WARMUP_SECONDS = 180;
/** Draining takes longer than the provider's default of ten minutes. */
const DELETE_TIMEOUT = '60m';

/**
 * Self-managed nodes in Auto Scaling groups. A new version of the launch template replaces them zone by zone: the next
 * zone starts once the previous one has succeeded.
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
    checkProps(this, props, AUTO_SCALING_NODE_GROUP_PROPS);
    const { cluster, name, taints = [] } = props;
    check(this, ...nodeGroupProblems(this, props, 'kubelet'), ...problems(props));
    for (const type of new Set(props.instanceTypes)) warn(this, unknownFamily(type));

    const { nodePolicies: managedPolicies } = props;
    this.nodeRole = props.nodeRole ?? addNodeRole(this, 'self-managed', { cluster, name, managedPolicies });
    this.access = new NodeAccessEntry(this, 'access', { cluster, role: this.nodeRole.role });
    registerNodeGroup(this, cluster, { taints, nodes: props.desiredSize ?? props.minSize });

    this.instanceProfile = new IamInstanceProfile(this, 'instance-profile', {
      // IAM is global: a cluster of the same name in another region has its own profile.
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
    const { cluster, os = 'al2023', labels = {}, capacity } = props;
    const taints = [...(props.taints ?? []), ...(props.startupTaints ?? [])];
    const join = { ...joinSettings(cluster), labels, taints };
    const bootstrap = userData(os, { ...props, extra: props.nodeConfig, join });
    check(this, userDataProblem(bootstrap));
    return new NodeLaunchTemplate(this, 'launch-template', {
      ...props,
      os,
      imageId: imageId(props.image ?? { kind: 'latest' }, props, cluster.kubernetesVersion),
      instanceProfileArn: this.instanceProfile.arn,
      // Creates a new version when only instance types or capacity change, which replaces nodes too: the waiters are
      // triggered by the version. (The provider plans no new version for a changed description.)
      instanceTags: { [CAPACITY_TAG]: capacityTag(props.instanceTypes, capacity) },
      userData: bootstrap,
    });
  }

  /** Each zone's group depends on the previous zone's waiter, which waits until that zone's nodes are replaced. */
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
        timeoutMinutes: props.updateTimeoutMinutes ?? defaultTimeoutMinutes(props),
        after: hook ?? resource,
      });
      groups.push({ zone, autoScalingGroupName: resource.name, resource, refreshWaiter });
    }
    return groups;
  }

  private addGroup(props: AutoScalingNodeGroupProps, placement: ZonePlacement): AutoscalingGroup {
    const { cluster, name, minSize, maxSize, capacity, minHealthyPercent = 100 } = props;
    const maxHealthyPercent = props.maxHealthyPercent ?? roomForMore(minSize);
    return new AutoscalingGroup(this, `group-${placement.zone}`, {
      name: physicalName('auto-scaling-group', cluster.clusterName, name, placement.zone),
      vpcZoneIdentifier: placement.subnets.map(({ subnetId }) => subnetId),
      minSize,
      maxSize,
      desiredCapacity: props.desiredSize ?? minSize,
      mixedInstancesPolicy: this.instancesPolicy(props),
      capacityRebalance: (capacity?.kind ?? 'on-demand') !== 'on-demand',
      // EC2 checks only: ELB checks would terminate every node on which the ingress is not running yet.
      healthCheckType: 'EC2',
      defaultInstanceWarmup: NODE_WARMUP_SECONDS,
      // It terminates instances without draining, unknown to the Cluster Autoscaler.
      suspendedProcesses: ['AZRebalance'],
      instanceMaintenancePolicy: {
        minHealthyPercentage: minHealthyPercent,
        maxHealthyPercentage: maxHealthyPercent,
      },
      instanceRefresh: {
        strategy: 'Rolling',
        // No auto_rollback: it rolls "back" to the launch template's latest version, the one that failed. No
        // skip_matching: Auto Scaling rejects it for a launch template whose AMI is an SSM parameter, as it is here.
        preferences: {
          minHealthyPercentage: minHealthyPercent,
          maxHealthyPercentage: maxHealthyPercent,
        },
      },
      tag: this.tags(props, placement),
      timeouts: { delete: DELETE_TIMEOUT },
      lifecycle: {
        createBeforeDestroy: true,
        ignoreChanges: placement.former ? 'all' : ownedByAutoscaler(props, 'desired_capacity'),
      },
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

  /** On the group and on its instances: the provider's default tags reach neither. */
  private tags(props: AutoScalingNodeGroupProps, placement: ZonePlacement): AutoscalingGroupTag[] {
    const { cluster, name, labels = {}, taints = [], diskGib = DEFAULT_DISK_GIB, draining } = props;
    const instanceTags = {
      ...awsContext(this).tags,
      Name: `${cluster.clusterName}-${name}`,
      ...discoveryTags(cluster.clusterName),
      ...volumeAccessTags(cluster),
      ...(draining && { [DEFAULT_MANAGED_TAG]: 'true', [draining.managedTag]: 'true' }),
    };
    const groupTags = nodeTemplateTags({
      zone: onlyZone(placement),
      labels,
      taints,
      diskGib,
    });
    return [...asgTags(instanceTags, true), ...asgTags(groupTags, false)];
  }

  /** A separate resource: a change of `initial_lifecycle_hook` would replace the group. */
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

/** Instance types and purchase option that an instance was launched from. */
const CAPACITY_TAG = 'quayside:capacity';
/** The termination handler's default, for one that is not configured with `NodeDraining.managedTag`. */
const DEFAULT_MANAGED_TAG = 'aws-node-termination-handler/managed';

function joinSettings({ clusterName, endpoint, certificateAuthority, serviceCidr }: ClusterRef) {
  return { clusterName, endpoint, certificateAuthority, serviceCidr, dnsAddress: Fn.cidrhost(serviceCidr, 10) };
}

function asgTags(tags: Readonly<Record<string, string>>, propagateAtLaunch: boolean): AutoscalingGroupTag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch }));
}

/** In percent of the group, however AWS rounds. */
function roomForMore(minSize: number): number {
  return 100 + Math.max(LEAST_PERCENT_AT_ONCE, Math.ceil(100 / Math.max(minSize, 1)));
}

function defaultTimeoutMinutes({
  minSize,
  maxSize,
  minHealthyPercent = 100,
  ...props
}: AutoScalingNodeGroupProps): number {
  const { maxHealthyPercent = roomForMore(minSize) } = props;
  return updateTimeoutMinutes(maxSize, maxHealthyPercent - minHealthyPercent);
}

function problems(props: AutoScalingNodeGroupProps): readonly Problem[] {
  const { capacity, image, os = 'al2023', minHealthyPercent = 100, maxHealthyPercent } = props;
  return [
    ...mixedCapacityProblems(capacity),
    spotProblem(capacity?.kind ?? 'on-demand', props.instanceTypes),
    image !== undefined && imageProblem(image, os),
    props.cluster.prefixDelegation === true &&
      props.maxPods === undefined && {
        code: 'prefix-delegation-max-pods',
        problem:
          'maxPods is not set, and the cluster has prefixDelegation: self-managed nodes would still take only as many pods as without them; set it, such as 110',
      },
    ...(image?.kind === 'ami' || props.instanceTypes.length === 0 ? [] : acceleratorProblems(props)),
    ...replacementProblems(minHealthyPercent, maxHealthyPercent ?? roomForMore(props.minSize)),
  ];
}

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceMaintenancePolicy.html */
function replacementProblems(min: number, max: number): readonly Problem[] {
  if (!(min >= 0 && min <= 100)) return [`minHealthyPercent must be between 0 and 100, got ${min}`];
  if (!(max >= 100 && max <= 200)) return [`maxHealthyPercent must be between 100 and 200, got ${max}`];
  return [
    min === 100 &&
      max === 100 &&
      'minHealthyPercent and maxHealthyPercent are both 100: nodes can be neither added nor removed first; raise maxHealthyPercent',
    max - min > 100 &&
      `maxHealthyPercent (${max}) is more than 100 above minHealthyPercent (${min}): bring them closer`,
  ];
}

/** For groups that were changed through an escape hatch. */
function elbHealthProblem({ zone, resource }: AutoScalingZoneGroup): Problem {
  return (
    resource.healthCheckTypeInput === 'ELB' && {
      code: 'elb-health-check',
      problem: `the group of ${zone} has health_check_type ELB: nodes are terminated before their ingress becomes healthy, so it never does; keep EC2`,
    }
  );
}
