import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
/** Slots that every range of subnets reserves: the letters a to h, or the numbers 1 to 8. No region has more zones. */
export const ZONE_SLOTS = 8;

/**
 * The slot that a zone always has, whichever zones stand beside it: `eu-west-1a` and `euw1-az1` have 0.
 * @param zone a name or an id without a problem
 */
export function zoneSlot(zone: string): number {
  const last = zone.charCodeAt(zone.length - 1);
  return isZoneId(zone) ? last - '1'.charCodeAt(0) : last - 'a'.charCodeAt(0);
}

/** Whether it is an id (`euw1-az1`: one place in every account) and not a name (`eu-west-1a`: the account's own). */
export function isZoneId(zone: string): boolean {
  return /-az\d+$/.test(zone);
}

/** In the order of their slots, which is that of their names. */
export function sortZones(zones: readonly string[]): readonly string[] {
  return [...zones].sort((a, b) => zoneSlot(a) - zoneSlot(b));
}

/** What is wrong with the zones of a VPC in `region`, given as `prop`. */
export function zoneNameProblems(zones: readonly string[], region: string, prop = 'zones'): readonly Problem[] {
  const code = regionCode(region);
  const ours = new RegExp(`^(${region}[a-h]|${code}-az[1-${ZONE_SLOTS}])$`);
  const distinct = [...new Set(zones)];
  const [name, id] = [distinct.find((zone) => !isZoneId(zone)), distinct.find(isZoneId)];
  return [
    zones.length === 0 && `${prop} is empty: name at least one, like ${region}a`,
    ...distinct
      .filter((zone) => !ours.test(zone))
      .map(
        (zone) => `${prop} names '${zone}', no zone of ${region}: name zones like ${region}a, or ids like ${code}-az1`,
      ),
    ...duplicates(zones).map((zone) => `${prop} names '${zone}' more than once: name it once`),
    name !== undefined &&
      id !== undefined &&
      `${prop} mixes names ('${name}') and ids ('${id}'), which may be one and the same zone: give all of one kind`,
  ].filter((problem) => problem !== false);
}

/**
 * How zone ids abbreviate a region: `eu-west-1` is `euw1`, `ap-southeast-2` `apse2`, `us-gov-west-1` `usgw1`.
 * Source: "Availability Zone IDs" in Regions and Zones.
 */
function regionCode(region: string): string {
  const [area = '', ...words] = region.split('-');
  return (
    area +
    words.map((word) => (word.match(/north|south|east|west|central|gov|\d+/g) ?? []).map(initial).join('')).join('')
  );
}

function initial(word: string): string {
  return /\d/.test(word) ? word : word.charAt(0);
}
