import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';

/** Slots reserved in every range of subnets: the letters a to h, or the numbers 1 to 8. No region has more zones. */
export const ZONE_SLOTS = 8;

/**
 * The slot of a zone, independent of the VPC's other zones: 0 for `eu-west-1a` and `euw1-az1`.
 * @param zone a valid name or id
 */
export function zoneSlot(zone: string): number {
  const last = zone.charCodeAt(zone.length - 1);
  return isZoneId(zone) ? last - '1'.charCodeAt(0) : last - 'a'.charCodeAt(0);
}

/** Whether it is an id (`euw1-az1`: the same in every account), not a name (`eu-west-1a`: specific to an account). */
export function isZoneId(zone: string): boolean {
  return /-az\d+$/.test(zone);
}

/** Sorted by slot, which is also the order of their names. */
export function sortZones(zones: readonly string[]): readonly string[] {
  return [...zones].sort((a, b) => zoneSlot(a) - zoneSlot(b));
}

/** Validates the zones of a VPC in `region`. */
export function zoneNameProblems(zones: readonly string[], region: string, prop = 'zones'): readonly Problem[] {
  const code = regionCode(region);
  const ofRegion = new RegExp(`^(${region}[a-h]|${code}-az[1-${ZONE_SLOTS}])$`);
  const distinct = [...new Set(zones)];
  const [name, id] = [distinct.find((zone) => !isZoneId(zone)), distinct.find(isZoneId)];
  return [
    zones.length === 0 && `${prop} is empty: give at least one, such as ${region}a`,
    ...distinct
      .filter((zone) => !ofRegion.test(zone))
      .map(
        (zone) =>
          `${prop} has '${zone}', which is not a zone of ${region}: use names such as ${region}a, or ids such as ${code}-az1`,
      ),
    ...duplicates(zones).map((zone) => `${prop} has '${zone}' more than once: list it once`),
    name !== undefined &&
      id !== undefined &&
      `${prop} mixes names ('${name}') and ids ('${id}'), which may be the same zone: use only names or only ids`,
  ].filter((problem) => problem !== false);
}

/**
 * A region's code in zone ids: `euw1` for `eu-west-1`, `apse2` for `ap-southeast-2`, `usgw1` for `us-gov-west-1`.
 * Source: "AZ IDs", https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
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
