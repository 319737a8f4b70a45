import type { Rehearsal } from '../../offline';

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
const FORMAT_VERSION = 1;

/** A rehearsal for machines: one document, with every resource in the order in which it was done with. */
export function rehearsalJson({ ok, steps }: Rehearsal, seconds: number): string {
  const formatted = steps.map((step) => ({ ...step, resources: undefined }));
  return `${JSON.stringify({ formatVersion: FORMAT_VERSION, ok, seconds, steps: formatted }, null, 2)}\n`;
}
