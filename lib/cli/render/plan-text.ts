import { count, grouped } from '../../core/format';
import type { Change, ChangeKind } from '../changes/change';
import { statefulChanges, type OutputChange, type PlanReport, type StackReport } from '../changes/plan-report';
import type { ValueChange } from '../changes/value-changes';
import { skippedText } from './provisioners';
import type { Style } from './style';
import { branches, type Branch } from './tree';
import { settingLine, valueLine } from './value';
import { formatSummary } from './format';

/** Terraform's own symbols, plus some for changes to the state only. */
const SIGNS: Readonly<Record<ChangeKind, string>> = {
  create: '+',
  change: '~',
  replace: '-/+',
  destroy: '-',
  import: '=',
  move: '>',
  forget: 'x',
};
const COLOURS: Readonly<Record<ChangeKind, keyof Style>> = {
  create: 'green',
  change: 'yellow',
  replace: 'magenta',
  destroy: 'red',
  import: 'green',
  move: 'yellow',
  forget: 'red',
};
const SIGN_WIDTH = 3;
/** The note on a change to a type that no table covers. */
export const MAY_REPLACE = 'may force replacement (unknown for this type)';
/** Longer names push only their own type to the right. */
const NAME_WIDTH = 44;

export interface PlanTextOptions {
  readonly paint: Style;
  /** Also shows the values of created resources. */
  readonly values?: boolean;
}

/** A plan for a terminal. Failed stacks are left out: their errors go to stderr. */
export function planText(report: PlanReport, options: PlanTextOptions): string {
  const parts = [
    statefulChangesText(report, options.paint),
    ...report.stacks.filter(({ ok }) => ok).map((stack) => stackText(stack, options)),
    totalText(report, options.paint),
    filesText(report),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** The resources whose data would be lost. */
export function statefulChangesText(report: PlanReport, paint: Style): string {
  const stateful = statefulChanges(report);
  if (stateful.length === 0) return '';
  const head = `${count(stateful.length, 'resource that holds data', 'resources that hold data')} would be lost:`;
  return `${[paint.red(paint.bold(head)), ...stateful.map((change) => `  ${statefulChangeLine(change)}`)].join('\n')}\n`;
}

/** `production/database (aws_db_instance, holds a database) would be replaced, forced by engine`. */
export function statefulChangeLine({ path, type, kind, forcedBy, dataLost }: Change): string {
  const why = forcedBy.length > 0 ? `, forced by ${forcedBy.join(', ')}` : '';
  return `${path} (${type}, holds ${dataLost}) would be ${kind === 'replace' ? 'replaced' : 'destroyed'}${why}`;
}

function stackText(stack: StackReport, options: PlanTextOptions): string {
  const { name, counts, changes, unchanged } = stack;
  const { bold, dim } = options.paint;
  const rest = unchanged > 0 ? dim(`, ${unchanged} unchanged`) : '';
  const lines = [`${bold(name)}: ${formatSummary(counts)}${rest}`];
  for (const branch of branches(changes, name, ({ path }) => path)) lines.push(...branchLines(branch, options));
  lines.push(...outputLines(stack.outputs, options.paint), ...knownLines(changes, options.paint));
  lines.push(...skippedText(stack).map(dim));
  return `${lines.join('\n')}\n`;
}

function branchLines({ name, leaves }: Branch<Change>, options: PlanTextOptions): readonly string[] {
  const width = Math.min(NAME_WIDTH, Math.max(...leaves.map(({ label }) => label.length)));
  const lines = leaves.flatMap(({ label, item }) => changeLines(item, label.padEnd(width), options));
  return name === '' ? lines : [`  ${options.paint.bold(name)}`, ...lines];
}

function changeLines(change: Change, label: string, { paint, values }: PlanTextOptions): readonly string[] {
  const sign = change.createsFirst ? '+/-' : SIGNS[change.kind];
  const notes = [change.type, ...noteOf(change)].join('  ');
  const head = `  ${paint[COLOURS[change.kind]](sign.padStart(SIGN_WIDTH))} ${label}  ${paint.dim(notes)}`;
  return [head, ...valueLines(change, values === true).map((line) => `        ${line}`)];
}

function noteOf({ kind, waitsFor, previousAddress, address, mayReplace }: Change): readonly string[] {
  if (kind === 'create' && waitsFor.length > 0) return [`after apply: ${waitsFor.join(', ')}`];
  if (mayReplace) return [MAY_REPLACE];
  if (kind === 'move') return [`${previousAddress} has moved to ${address}`];
  return [];
}

function valueLines({ kind, values, forcedBy, waitsFor }: Change, all: boolean): readonly string[] {
  if (kind === 'create') {
    const isSet = ({ name, isUnknown }: ValueChange) =>
      !isUnknown || waitsFor.includes(name.replace(/\[[^\]]*\]/g, ''));
    return all ? values.filter(isSet).map(settingLine) : [];
  }
  // Computed values are unknown in every replacement: only configured ones are worth a line.
  const formatted = kind === 'replace' ? values.filter(({ isUnknown }) => all || !isUnknown) : values;
  const lines = formatted.map(
    (value) => `${valueLine(value)}${isForced(value.name, forcedBy) ? '  forces replacement' : ''}`,
  );
  const unnamed = forcedBy.filter((name) => !formatted.some((value) => isForced(value.name, [name])));
  return [...lines, ...unnamed.map((name) => `${name}  forces replacement`)];
}

/** Whether a value forces a replacement, or is part of one that does. */
function isForced(name: string, forcedBy: readonly string[]): boolean {
  return forcedBy.some(
    (forcing) => name === forcing || name.startsWith(`${forcing}.`) || name.startsWith(`${forcing}[`),
  );
}

function outputLines(outputs: readonly OutputChange[], paint: Style): readonly string[] {
  if (outputs.length === 0) return [];
  const signed = outputs.map(({ name, kind }) => `${paint[COLOURS[kind]](SIGNS[kind])} ${name}`);
  return [`  ${paint.bold('outputs')}  ${signed.join('  ')}`];
}

/** How many values are known before apply. */
function knownLines(changes: readonly Change[], paint: Style): readonly string[] {
  const created = changes.filter(({ kind }) => kind === 'create' || kind === 'replace');
  if (created.length === 0) return [];
  const known = created.reduce((sum, one) => sum + one.known, 0);
  const unknown = created.reduce((sum, one) => sum + one.unknown, 0);
  const waiting = created.reduce((sum, one) => sum + one.waitsFor.length, 0);
  return [
    paint.dim(
      `  Values of created resources: ${grouped(known)} known now, ${grouped(unknown)} known after apply ` +
        `(${grouped(waiting)} of them in arguments).`,
    ),
  ];
}

function totalText({ stacks, counts }: PlanReport, paint: Style): string {
  if (stacks.length < 2 || stacks.some(({ ok }) => !ok)) return '';
  return `${paint.bold(`${count(stacks.length, 'stack')}: ${formatSummary(counts)}`)}\n`;
}

function filesText({ stacks }: PlanReport): string {
  const files = stacks.flatMap(({ planFile }) => planFile ?? []);
  return files.map((file) => `Plan JSON: ${file}\n`).join('');
}
