import { count } from '../../core/format';
import type { Rehearsal, RehearsalStep, Stage } from '../../offline';
import { errorLines } from './diagnostics';
import { code, details, fenced, html, LONGEST_COMMENT, shortened, table } from './markdown';
import { skippedMarkdown } from './provisioners';
import { belowStack } from './tree';
import { seconds } from './format';

/** Lets a workflow find its previous comment. */
export const REHEARSAL_MARKER = '<!-- quayside rehearse -->';

/** A rehearsal as a pull request comment: failures first, then the stages and the collapsed order. */
export function rehearsalMarkdown({ ok, steps }: Rehearsal, duration: number): string {
  const rows = steps.map((step) => [
    code(step.stack),
    step.stage,
    step.ok ? outcome(step) : '**failed**',
    seconds(step.seconds),
  ]);
  const ordered = steps.filter(({ order }) => order.length > 0);
  const head = [
    REHEARSAL_MARKER,
    `### Rehearsal: ${ok ? 'succeeded' : 'failed'} (${seconds(duration)})\n`,
    ...steps.filter(({ ok }) => !ok).map(failure),
    table(['Stack', 'stage', 'outcome', 'time'], rows),
  ].join('\n');
  const notes = skippedMarkdown(steps.map((step) => ({ ...step, name: step.stack })));
  const room = (LONGEST_COMMENT - head.length - notes.join('\n').length) / Math.max(1, ordered.length);
  return [head, ...ordered.map((step) => order(step, room)), ...notes].join('\n');
}

const VERBS: Partial<Record<Stage, string>> = { apply: 'created', unprotect: 'unprotected' };

function outcome({ stage, order }: RehearsalStep): string {
  if (stage === 'apply') return `${order.length} created`;
  if (stage === 'unprotect') return `${order.length} changed`;
  if (stage === 'destroy') return `${order.length} destroyed`;
  return stage === 'replan' ? 'no changes' : 'done';
}

function failure({ stack, stage, diagnostics }: RehearsalStep): string {
  return `**${code(stack)} failed in ${stage}**\n\n${fenced(errorLines(diagnostics, stack))}`;
}

function order({ stack, stage, order }: RehearsalStep, room: number): string {
  const lines = order.map(({ path, address }, index) => {
    const name = path === undefined ? address : belowStack(path, stack).join('/');
    return `${index + 1}. ${name}`;
  });
  const verb = VERBS[stage] ?? 'destroyed';
  return details(
    `${html(stack)}: ${count(order.length, 'resource')} ${verb}, in this order`,
    fenced(shortened(lines.join('\n'), room - 200)),
  );
}
