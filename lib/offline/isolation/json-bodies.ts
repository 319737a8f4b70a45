import { isRecord } from '../../core/record';

export type Body = Readonly<Record<string, unknown>>;

/**
 * Maps the bodies of blocks with a number of labels. Terraform's JSON syntax allows an array at every level.
 * Source: "JSON Configuration Syntax", https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function mapBodies(
  section: unknown,
  levels: number,
  map: (body: Body, labels: readonly string[]) => Body,
  labels: readonly string[] = [],
): unknown {
  if (Array.isArray(section)) return section.map((item) => mapBodies(item, levels, map, labels));
  if (!isRecord(section)) return section;
  if (levels === 0) return map(section, labels);
  return Object.fromEntries(
    Object.entries(section).map(([label, below]) => [
      label,
      label === '//' ? below : mapBodies(below, levels - 1, map, [...labels, label]),
    ]),
  );
}
