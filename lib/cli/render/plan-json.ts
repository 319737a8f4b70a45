import type { Change } from '../changes/change';
import type { Denial } from '../changes/denials';
import { statefulChanges, type PlanReport } from '../changes/plan-report';

/** Incremented when a field is removed or changes its meaning, not when a field is added. */
const FORMAT_VERSION = 1;

/** A plan as one JSON document. */
export function planJson(report: PlanReport, denials: readonly Denial[]): string {
  const { ok, against, counts, stacks, outages, rejected, notes } = report;
  const document = {
    formatVersion: FORMAT_VERSION,
    ok,
    isDenied: denials.length > 0,
    against: against ?? null,
    counts,
    outages,
    rejected,
    dataLosses: statefulChanges(report).map(({ path, address, type, kind, forcedBy, dataLost }) => ({
      path,
      address,
      type,
      kind,
      forcedBy,
      dataLost,
    })),
    notes,
    stacks: stacks.map((stack) => ({ ...stack, changes: stack.changes.map(changeJson) })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Of a program's output: its errors are at the end. */
const MAX_OUTPUT = 20_000;

/**
 * An error that occurred before there was a plan, a rehearsal or a report.
 * @param output of the program that failed, such as the problems that the app reports
 */
export function errorJson(message: string, output: string): string {
  const error = output === '' ? message : `${message}\n${output.slice(-MAX_OUTPUT)}`;
  return `${JSON.stringify({ formatVersion: FORMAT_VERSION, ok: false, error }, null, 2)}\n`;
}

/** The values of created resources are in the plan JSON. */
function changeJson({ values, ...change }: Change) {
  return change.kind === 'create' ? change : { ...change, values };
}
