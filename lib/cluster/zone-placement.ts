import type { SubnetRef } from '../network/vpc-ref';
import type { NodeGroupProps, Spread } from './node-group-props';

/** The subnets of one zone's group, or of the group across all zones. */
export interface ZonePlacement {
  /** The zone's name, or `all-zones`. */
  readonly zone: string;
  readonly subnets: readonly SubnetRef[];
  /** Of `formerSpread`: it stays as it is until it is removed. */
  readonly former: boolean;
}

const ALL_ZONES = 'all-zones';

/** The groups in the order in which they are updated: by zone name, those of a former spread last. */
export function zonePlacements({
  subnets,
  spread = 'per-zone',
  formerSpread,
}: Pick<NodeGroupProps, 'subnets' | 'spread' | 'formerSpread'>): ZonePlacement[] {
  return [
    ...placementsOf(subnets, spread, false),
    ...(formerSpread === undefined ? [] : placementsOf(subnets, formerSpread, true)),
  ];
}

function placementsOf(subnets: readonly SubnetRef[], spread: Spread, former: boolean): ZonePlacement[] {
  const zones = [...new Set(subnets.map(({ zone }) => zone))].sort();
  const inZone = (one: string) => subnets.filter(({ zone }) => zone === one);
  return spread === 'single'
    ? [{ zone: ALL_ZONES, subnets: zones.flatMap(inZone), former }]
    : zones.map((zone) => ({ zone, subnets: inZone(zone), former }));
}

/** Changes to ignore: the autoscaler owns the number of nodes, unless it is fixed. */
export function ownedByAutoscaler(
  { minSize, maxSize }: Pick<NodeGroupProps, 'minSize' | 'maxSize'>,
  attribute: string,
): string[] | undefined {
  return minSize === maxSize ? undefined : [attribute];
}

/** The zone of all nodes of a group; undefined if they are in several. */
export function onlyZone({ zone }: ZonePlacement): string | undefined {
  return zone === ALL_ZONES ? undefined : zone;
}
