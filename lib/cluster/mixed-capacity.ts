import type { AutoscalingGroupMixedInstancesPolicyInstancesDistribution as Distribution } from '@cdktf/provider-aws/lib/autoscaling-group';
import type { Problem } from '../core/check';
import { shortHash } from '../core/naming';
import { integer, object, oneOf, optional, union } from '../core/shape';
import type { Capacity } from './node-group-props';

/** A mix of on-demand and spot instances. */
export interface MixedCapacity {
  readonly kind: 'mixed';
  /**
   * Minimum number of each zone's nodes that are on-demand.
   * @default 0
   */
  readonly onDemandBase?: number;
  /** Share of on-demand nodes beyond the base, 0 to 100. */
  readonly onDemandPercent: number;
}

type AnyCapacity = Capacity | MixedCapacity;

export const ANY_CAPACITY = union<AnyCapacity, 'kind'>('kind', {
  'on-demand': object<{ readonly kind: 'on-demand' }>({ kind: oneOf('on-demand') }),
  spot: object<{ readonly kind: 'spot' }>({ kind: oneOf('spot') }),
  mixed: object<MixedCapacity>({
    kind: oneOf('mixed'),
    onDemandBase: optional(integer),
    onDemandPercent: integer,
  }),
});

/** Spot: AWS's recommendation, cheap pools with a low risk of interruption. On-demand: types in the order given. */
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
  if (capacity.kind !== 'mixed') return [];
  const { onDemandBase = 0, onDemandPercent } = capacity;
  return [
    onDemandBase < 0 && `capacity.onDemandBase must be a whole number of at least 0, got ${onDemandBase}`,
    !(onDemandPercent >= 0 && onDemandPercent <= 100) &&
      `capacity.onDemandPercent must be between 0 and 100, got ${onDemandPercent}`,
  ];
}

/**
 * Tag values allow neither commas nor percent signs in every service. Source: "Tag your Amazon EC2 resources",
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html
 */
const LONGEST_TAG_VALUE = 256;

/** Tag value for a group's purchase option and instance types; changes whenever they do. */
export function capacityTag(instanceTypes: readonly string[], capacity: AnyCapacity = { kind: 'on-demand' }): string {
  const full = [purchaseOption(capacity), ...instanceTypes].join(' ');
  return full.length <= LONGEST_TAG_VALUE ? full : `${full.slice(0, LONGEST_TAG_VALUE - 9)} ${shortHash(full)}`;
}

function purchaseOption(capacity: AnyCapacity): string {
  if (capacity.kind !== 'mixed') return capacity.kind;
  return `mixed ${capacity.onDemandBase ?? 0}+${capacity.onDemandPercent}`;
}
