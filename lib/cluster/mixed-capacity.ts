import type { AutoscalingGroupMixedInstancesPolicyInstancesDistribution as Distribution } from '@cdktf/provider-aws/lib/autoscaling-group';
import type { Problem } from '../core/check';
import { shortHash } from '../core/naming';
import type { Capacity } from './node-group-props';

/** Some machines at a price that holds, the others at the spot market's. */
export interface MixedCapacity {
  readonly kind: 'mixed';
  /**
   * The first so many of each zone's nodes are on demand.
   * @default 0
   */
  readonly onDemandBase?: number;
  /** Of the nodes beyond the base, the share on demand, 0 to 100. */
  readonly onDemandPercent: number;
}

type AnyCapacity = Capacity | MixedCapacity;

/** AWS's recommendation: cheap pools that are unlikely to be taken back soon; types in the order given on demand. */
const STRATEGIES = { spotAllocationStrategy: 'price-capacity-optimized', onDemandAllocationStrategy: 'prioritized' };

export function instancesDistribution(capacity: AnyCapacity = { kind: 'on-demand' }): Distribution {
  if (capacity.kind === 'mixed') {
    return {
      ...STRATEGIES,
      onDemandBaseCapacity: capacity.onDemandBase ?? 0,
      onDemandPercentageAboveBaseCapacity: capacity.onDemandPercent,
    };
  }
  const onDemandPercentageAboveBaseCapacity = capacity.kind === 'spot' ? 0 : 100;
  return { ...STRATEGIES, onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity };
}

export function mixedCapacityProblems(capacity: AnyCapacity = { kind: 'on-demand' }): readonly Problem[] {
  const kind: string = capacity.kind;
  if (!['on-demand', 'spot', 'mixed'].includes(kind)) return [`capacity is on-demand, spot or mixed, got '${kind}'`];
  if (capacity.kind !== 'mixed') return [];
  const { onDemandBase = 0, onDemandPercent } = capacity;
  return [
    !(Number.isInteger(onDemandBase) && onDemandBase >= 0) &&
      `capacity.onDemandBase must be a whole number from 0, got ${onDemandBase}`,
    !(onDemandPercent >= 0 && onDemandPercent <= 100) &&
      `capacity.onDemandPercent must be between 0 and 100, got ${onDemandPercent}`,
  ];
}

/** Source: "Tag your Amazon EC2 resources": a value's length; commas and per cent signs are not for every service. */
const LONGEST_TAG_VALUE = 256;

/** Says what a group's machines are chosen from, as the value of a tag. Differs wherever types or capacity do. */
export function capacityTag(instanceTypes: readonly string[], capacity: AnyCapacity = { kind: 'on-demand' }): string {
  const full = [purchaseOption(capacity), ...instanceTypes].join(' ');
  return full.length <= LONGEST_TAG_VALUE ? full : `${full.slice(0, LONGEST_TAG_VALUE - 9)} ${shortHash(full)}`;
}

function purchaseOption(capacity: AnyCapacity): string {
  if (capacity.kind !== 'mixed') return capacity.kind;
  return `mixed ${capacity.onDemandBase ?? 0}+${capacity.onDemandPercent}`;
}
