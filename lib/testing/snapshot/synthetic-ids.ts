import type { PlannedStack } from '../planned-stack';

/** Shorter values may stand elsewhere by chance. */
const SHORTEST = 8;
const SYNTHETIC = ['arn', 'id'];

/**
 * The ids and ARNs that the providers' stand-ins made up for what exists already, each with what to write in its place:
 * `${network/vpc.id}`. What equals something configured, such as an id that is the name, is not made up.
 */
export function syntheticIds({ resources, synthesized }: PlannedStack): ReadonlyMap<string, string> {
  const configured = JSON.stringify(synthesized?.json.resource ?? {});
  const found = resources.flatMap(({ before, path }) =>
    SYNTHETIC.flatMap((name) => {
      const value: unknown = before[name];
      const isInvented =
        typeof value === 'string' && value.length >= SHORTEST && !configured.includes(JSON.stringify(value));
      return isInvented ? [[value, `\${${path}.${name}}`] as const] : [];
    }),
  );
  // The longest first: an ARN holds an id.
  return new Map(found.sort(([a], [b]) => b.length - a.length));
}
