import type { Change } from '../changes/change';
import { statefulChanges, type PlanReport } from '../changes/plan-report';

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
const FORMAT_VERSION = 1;

/** A plan for machines: one document. */
export function planJson(report: PlanReport, isDenied: boolean): string {
  const { ok, against, counts, stacks } = report;
  const document = {
    formatVersion: FORMAT_VERSION,
    ok,
    isDenied,
    against: against ?? null,
    counts,
    dataLosses: statefulChanges(report).map(({ path, address, type, kind, forcedBy, dataLost }) => ({
      path,
      address,
      type,
      kind,
      forcedBy,
      dataLost,
    })),
    stacks: stacks.map((stack) => ({ ...stack, changes: stack.changes.map(changeJson) })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What went wrong before there was a plan or a rehearsal. */
export function errorJson(message: string): string {
  return `${JSON.stringify({ formatVersion: FORMAT_VERSION, ok: false, error: message }, null, 2)}\n`;
}

/** What is created is told in full by the plan JSON. */
function changeJson({ values, ...change }: Change) {
  return change.kind === 'create' ? change : { ...change, values };
}
