import { count } from '../../core/format';
import type { Diagnostic } from '../../offline';
import type { Style } from './style';

/** How the engine begins to tell of a state that it cannot have. */
const UNOWNED_STATE = 'reads a state that no stack of the app keeps';

/** What Terraform found in a stack: the construct's path first, then its words. */
export function diagnosticText(diagnostic: Diagnostic, stack: string, paint: Style): string {
  const { severity, summary, addresses } = diagnostic;
  const label = severity === 'error' ? paint.red('error') : paint.yellow('warning');
  const lines = [`${label} ${paint.bold(subject(diagnostic, stack))}: ${summary}`];
  for (const line of detailOf(diagnostic)) lines.push(`  ${line}`);
  if (addresses.length > 0) lines.push(paint.dim(`  ${addresses.join(', ')}`));
  return `${lines.join('\n')}\n`;
}

/** The paths that a diagnostic is about; the addresses where nothing has a path; the stack where there are none. */
export function subject({ paths, addresses }: Diagnostic, stack: string): string {
  return (paths.length > 0 ? paths : addresses.length > 0 ? addresses : [stack]).join(', ');
}

/** All that is told of stacks, each stack's own once. */
export function diagnosticTexts(
  stacks: readonly { readonly name: string; readonly diagnostics: readonly Diagnostic[] }[],
  paint: Style,
): string {
  return stacks
    .flatMap(({ name, diagnostics }) => distinct(diagnostics).map((one) => diagnosticText(one, name, paint)))
    .join('');
}

/** Errors as plain text, for a document. */
export function errorLines(diagnostics: readonly Diagnostic[], stack: string): string {
  return distinct(diagnostics)
    .filter(({ severity }) => severity === 'error')
    .flatMap((one) => [`${subject(one, stack)}: ${one.summary}`, ...detailOf(one).map((line) => `  ${line}`)])
    .join('\n');
}

/** The explanation, with what to do on the command line. */
export function detailOf({ summary, detail }: Diagnostic): readonly string[] {
  if (summary.includes(UNOWNED_STATE)) {
    const id = /^\S*\.(\S+) /.exec(summary)?.[1] ?? 'id';
    return [`Give its outputs: --remote-states FILE, where FILE holds { "${id}": { "output": "value" } }`];
  }
  return detail.trim() === ''
    ? []
    : detail
        .trim()
        .split('\n')
        .map((line) => line.trimEnd());
}

/** Those that say the same of many resources are told once. */
export function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const bySubject = new Map<string, Diagnostic>();
  const others = new Map<string, number>();
  for (const one of diagnostics) {
    const key = one.severity === 'error' ? JSON.stringify(one) : `${one.severity} ${one.summary}`;
    if (bySubject.has(key)) others.set(key, (others.get(key) ?? 0) + 1);
    else bySubject.set(key, one);
  }
  return [...bySubject].map(([key, one]) => {
    const more = one.severity === 'error' ? 0 : (others.get(key) ?? 0);
    return more === 0 ? one : { ...one, summary: `${one.summary} (and ${count(more, 'more such warning')})` };
  });
}
