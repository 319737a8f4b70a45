import { count } from '../../core/format';
import type { Change } from '../changes/change';
import { statefulChanges, type Counts, type PlanReport, type StackReport } from '../changes/plan-report';
import { errorLines } from './diagnostics';
import { code, details, fenced, html, LONGEST_COMMENT, shortened, table } from './markdown';
import { MAY_REPLACE } from './plan-text';
import { skippedMarkdown } from './provisioners';
import { belowStack } from './tree';
import { valueLine } from './value';
import { formatSummary } from './format';

/** Lets a workflow find its previous comment. */
export const PLAN_MARKER = '<!-- quayside plan -->';

/** Prefixes that colour the lines of a diff: added, removed, changed. */
const DIFF_SIGNS = {
  create: '+',
  change: '!',
  replace: '!',
  destroy: '-',
  import: '+',
  move: '!',
  forget: '-',
} as const;

/** A plan as a pull request comment: lost data first, then the counts and the collapsed changes. */
export function planMarkdown(report: PlanReport, isDenied: boolean): string {
  const head = [PLAN_MARKER, title(report), statefulChangeList(report, isDenied), failures(report), countTable(report)]
    .filter((part) => part !== '')
    .join('\n');
  const changed = report.stacks.filter(({ changes, outputs }) => changes.length > 0 || outputs.length > 0);
  const notes = skippedMarkdown(report.stacks);
  const room = (LONGEST_COMMENT - head.length - notes.join('\n').length) / Math.max(1, changed.length);
  return [head, ...changed.map((stack) => stackDetails(stack, room)), ...notes].join('\n');
}

function title({ ok, against, counts }: PlanReport): string {
  const baseline = against === undefined ? '' : ` against ${code(against)}`;
  return `### Plan${baseline}: ${ok ? formatSummary(counts) : 'failed'}\n`;
}

function statefulChangeList(report: PlanReport, isDenied: boolean): string {
  const stateful = statefulChanges(report);
  if (stateful.length === 0) return isDenied ? '**Denied**: resources would be destroyed or replaced.\n' : '';
  const head = `${count(stateful.length, 'resource that holds data', 'resources that hold data')} would be lost`;
  const items = stateful.map(({ path, type, kind, forcedBy, dataLost }) => {
    const why = forcedBy.length > 0 ? `, forced by ${forcedBy.map(code).join(', ')}` : '';
    return `> - ${code(path)} (${code(type)}, holds ${dataLost}) **${kind === 'replace' ? 'replaced' : 'destroyed'}**${why}`;
  });
  return `${['> [!CAUTION]', `> **${head}${isDenied ? '. Denied.' : ''}**`, ...items].join('\n')}\n`;
}

function failures({ stacks }: PlanReport): string {
  const failed = stacks.filter(({ ok }) => !ok);
  return failed
    .map(({ name, diagnostics }) => {
      return `**${code(name)} failed**\n\n${fenced(errorLines(diagnostics, name))}`;
    })
    .join('\n');
}

function countTable({ stacks, counts }: PlanReport): string {
  const rows = stacks.filter(({ ok }) => ok).map(({ name, counts }) => [code(name), ...numbers(counts)]);
  if (rows.length === 0) return '';
  const total = rows.length > 1 ? [['**Total**', ...numbers(counts)]] : [];
  return table(['Stack', 'create', 'change', 'replace', 'destroy'], [...rows, ...total]);
}

function numbers({ create, change, replace, destroy }: Counts): readonly number[] {
  return [create, change, replace, destroy];
}

function stackDetails({ name, counts, changes, outputs }: StackReport, room: number): string {
  const lines = [
    ...changes.flatMap((change) => changeLines(change, name)),
    ...outputs.map((output) => `${DIFF_SIGNS[output.kind]} output ${output.name}`),
  ];
  return details(
    `${html(name)}: ${html(formatSummary(counts))}`,
    fenced(shortened(lines.join('\n'), room - 200), 'diff'),
  );
}

function changeLines(change: Change, stack: string): readonly string[] {
  const { kind, path, type, forcedBy, createsFirst, values, waitsFor, mayReplace } = change;
  const notes = [
    ...(kind === 'replace'
      ? [`replaced${createsFirst ? ' (create before destroy)' : ''}: ${forcedBy.join(', ')}`]
      : []),
    ...(mayReplace ? [MAY_REPLACE] : []),
    ...(kind === 'create' && waitsFor.length > 0 ? [`after apply: ${waitsFor.join(', ')}`] : []),
    ...(kind === 'import' || kind === 'move' || kind === 'forget' ? [kind] : []),
  ];
  const head = [`${DIFF_SIGNS[kind]} ${belowStack(path, stack).join('/')}`, type, ...notes].join('  ');
  const formatted =
    kind === 'change' || kind === 'import'
      ? values
      : kind === 'replace'
        ? values.filter(({ isUnknown }) => !isUnknown)
        : [];
  return [head, ...formatted.map((value) => `      ${valueLine(value)}`)];
}
