import type { Rehearsal } from '../../offline';

/** Incremented when a field is removed or changes its meaning, not when a field is added. */
const FORMAT_VERSION = 1;

/** A rehearsal as one JSON document, with every resource in the order of completion. */
export function rehearsalJson({ ok, steps }: Rehearsal, seconds: number): string {
  const formatted = steps.map((step) => ({ ...step, resources: undefined }));
  return `${JSON.stringify({ formatVersion: FORMAT_VERSION, ok, seconds, steps: formatted }, null, 2)}\n`;
}
