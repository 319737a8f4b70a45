import type { PlannedStack } from '../planned-stack';

/** Shorter values may occur elsewhere by chance. */
const SHORTEST = 8;
const SYNTHETIC = ['arn', 'id'];

/**
 * The synthetic ids and ARNs of existing resources, each with the text to write instead: `${network/vpc.id}`. A value
 * that equals a configured one, such as an id that is the name, is not synthetic.
 */
export function syntheticIds({ resources, synthesized }: PlannedStack): ReadonlyMap<string, string> {
  const configured = JSON.stringify(synthesized?.json.resource ?? {});
  const found = resources.flatMap(({ before, path }) =>
    SYNTHETIC.flatMap((name) => {
      const value: unknown = before[name];
      const isSynthetic =
        typeof value === 'string' && value.length >= SHORTEST && !configured.includes(JSON.stringify(value));
      return isSynthetic ? [[value, `\${${path}.${name}}`] as const] : [];
    }),
  );
  // The longest first: an ARN contains an id.
  return new Map(found.sort(([a], [b]) => b.length - a.length));
}
