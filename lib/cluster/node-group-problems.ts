import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { awsContext } from '../core/aws-context';
import type { Problem } from '../core/check';
import { bytesProblem, cpuProblem } from '../kubernetes/quantity';
import type { Taint } from '../kubernetes/taint';
import { duplicates } from '../core/duplicates';
import { keyArnProblem } from '../iam/key-arn';
import { keyRegionProblem } from '../iam/key-region';
import { extraSettingsProblems } from './bootstrap';
import type { JoinSettings, SystemReserved } from './bootstrap-settings';
import { claimNodeGroupName } from './cluster-registry';
import { diskProblems } from './disk';
import { instanceTypeProblems } from './instance-types';
import { logRotationProblems } from './log-rotation';
import { defaultPolicyProblems } from './node-role';
import { DEFAULT_DISK_GIB, type NodeGroupProps } from './node-group-props';
import { labelProblems, taintProblems, type LabelledBy } from './taints-and-labels';

/** Fewer leave no room for workloads besides the network, proxy, identity, storage and log DaemonSets. */
const MIN_PODS = 8;
/**
 * 110, or 250 from 30 vCPUs. Source: "Choose an optimal Amazon EC2 node instance type",
 * https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
 */
const MAX_PODS = 250;

export function nodeGroupProblems(
  scope: IConstruct,
  props: NodeGroupProps,
  labelledBy: LabelledBy,
): readonly Problem[] {
  const { os = 'al2023', architecture, labels = {}, taints = [], startupTaints = [], maxPods } = props;
  const { diskGib = DEFAULT_DISK_GIB, diskType = 'gp3', diskIops, diskThroughputMib } = props;
  return [
    nameProblem(scope, props),
    props.formerSpread !== undefined &&
      props.formerSpread === (props.spread ?? 'per-zone') &&
      `formerSpread is '${props.formerSpread}', as is spread: remove it, or set spread to the other`,
    props.subnets.length === 0 && 'subnets is empty: list at least one, such as vpc.privateSubnets',
    ...duplicates(props.subnets.map(({ subnetId }) => subnetId)).map((id) => `subnets has ${id} twice: remove one`),
    ...defaultPolicyProblems('nodePolicies', props.nodePolicies),
    ...instanceTypeProblems(props.instanceTypes, architecture),
    mixedSizesProblem(props.instanceTypes),
    ...sizeProblems(props),
    ...labelProblems(labels, labelledBy),
    ...taintProblems('taints', taints, labelledBy),
    ...taintProblems('startupTaints', startupTaints, labelledBy),
    ...bothTaints(taints, startupTaints),
    ...diskProblems({ diskGib, diskType, diskIops, diskThroughputMib }),
    keyArnProblem('kmsKeyArn', props.kmsKeyArn),
    keyRegionProblem('kmsKeyArn', props.kmsKeyArn, awsContext(scope)),
    maxPods !== undefined &&
      (maxPods < MIN_PODS || maxPods > MAX_PODS) &&
      `maxPods must be between ${MIN_PODS} and ${MAX_PODS}, got ${maxPods}`,
    ...logRotationProblems('logRotation', props.logRotation),
    ...systemReservedProblems(props.systemReserved),
    props.updateTimeoutMinutes !== undefined &&
      props.updateTimeoutMinutes < 1 &&
      `updateTimeoutMinutes must be at least 1, got ${props.updateTimeoutMinutes}`,
    props.nodeRole !== undefined &&
      (props.nodePolicies ?? []).length > 0 &&
      `nodePolicies (${props.nodePolicies!.join(', ')}) are for a new role, and nodeRole is set: move them to managedPolicies of that NodeRole, or remove nodeRole`,
    ...(props.nodeConfig === undefined || Token.isUnresolved(props.nodeConfig)
      ? []
      : extraSettingsProblems(os, props.nodeConfig, {
          ...props,
          join: labelledBy === 'kubelet' ? joinOf(props) : undefined,
        })),
  ];
}

/** What the user data of a self-managed node has: its values are not compared. */
function joinOf({ cluster, labels = {}, taints = [], startupTaints = [] }: NodeGroupProps): JoinSettings {
  return { ...cluster, dnsAddress: '', labels, taints: [...taints, ...startupTaints] };
}

function bothTaints(taints: readonly Taint[], startupTaints: readonly Taint[]): readonly Problem[] {
  const keys = new Set(taints.map(({ key }) => key));
  return [...new Set(startupTaints.map(({ key }) => key))]
    .filter((key) => keys.has(key))
    .map(
      (key) => `'${key}' is in taints and in startupTaints: nothing removes a taint that stays, so keep one of them`,
    );
}

function systemReservedProblems({ cpu, memory }: SystemReserved = {}): readonly Problem[] {
  return [
    cpu !== undefined && cpuProblem('systemReserved.cpu', cpu),
    memory !== undefined && bytesProblem('systemReserved.memory', memory, '512Mi'),
  ];
}

/** The autoscaler simulates with the first type only: pods that it plans for a large node do not fit on a small one. */
function mixedSizesProblem(instanceTypes: readonly string[]): Problem {
  if (instanceTypes.some((type) => Token.isUnresolved(type))) return false;
  const sizes = [...new Set(instanceTypes.map((type) => type.split('.')[1]))];
  return (
    sizes.length > 1 && {
      code: 'mixed-instance-sizes',
      problem: `instanceTypes (${instanceTypes.join(', ')}) has the sizes ${sizes.join(', ')}: the autoscaler assumes that all nodes of a group are alike; use types of one size, or one node group per size`,
    }
  );
}

/** Spot interruptions hit one capacity pool at a time. */
export function spotProblem(kind: string, instanceTypes: readonly string[]): Problem {
  return (
    kind !== 'on-demand' &&
    new Set(instanceTypes).size === 1 && {
      code: 'spot-single-type',
      problem: `instanceTypes has only ${instanceTypes[0]}, and capacity is ${kind}: when AWS reclaims that type nothing else can be launched; list several of one size`,
    }
  );
}

function sizeProblems(props: NodeGroupProps): readonly Problem[] {
  const { minSize, maxSize, desiredSize = minSize } = props;
  const sizes = Object.entries({ minSize, maxSize, ...(props.desiredSize !== undefined && { desiredSize }) });
  if (sizes.some(([, size]) => Token.isUnresolved(size))) return [];
  const negative = sizes.filter(([, size]) => size < 0);
  if (negative.length > 0) return negative.map(([prop, size]) => `${prop} must be at least 0, got ${size}`);
  return [
    maxSize === 0 && 'maxSize is 0: raise it, or remove the node group',
    minSize > maxSize && `minSize (${minSize}) exceeds maxSize (${maxSize}): raise maxSize`,
    desiredSize < minSize && `desiredSize (${desiredSize}) is below minSize (${minSize}): raise desiredSize`,
    desiredSize > maxSize &&
      minSize <= maxSize &&
      `desiredSize (${desiredSize}) exceeds maxSize (${maxSize}): raise maxSize`,
  ];
}

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

function nameProblem(scope: IConstruct, { cluster, name }: NodeGroupProps): Problem {
  if (!NAME.test(name)) return `name must consist of lowercase letters, digits and inner hyphens, got '${name}'`;
  const owner = claimNodeGroupName(scope, cluster, name);
  return (
    owner !== undefined &&
    `cluster '${cluster.clusterName}' already has a node group '${name}', ${owner}: choose another name`
  );
}
