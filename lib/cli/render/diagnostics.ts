import { count } from '../../core/format';
import type { Diagnostic } from '../../offline';
import type { Style } from './style';

/** Part of the engine's error for a remote state whose outputs are unknown. */
const UNOWNED_STATE = 'reads a state that no stack of the app owns';

/** Part of Terraform's detail for a plan that destroys what must not be. */
const PREVENTED = 'lifecycle.prevent_destroy set';

/** A diagnostic of Terraform: the construct's path first, then Terraform's text. */
export function diagnosticText(diagnostic: Diagnostic, stack: string, paint: Style): string {
  const { severity, summary, addresses } = diagnostic;
  const label = severity === 'error' ? paint.red('error') : paint.yellow('warning');
  const lines = [`${label} ${paint.bold(subject(diagnostic, stack))}: ${summary}`];
  for (const line of detailOf(diagnostic)) lines.push(`  ${line}`);
  if (addresses.length > 0) lines.push(paint.dim(`  ${addresses.join(', ')}`));
  return `${lines.join('\n')}\n`;
}

/** The paths that a diagnostic is about; without paths the addresses, without addresses the stack. */
export function subject({ paths, addresses }: Diagnostic, stack: string): string {
  return (paths.length > 0 ? paths : addresses.length > 0 ? addresses : [stack]).join(', ');
}

/** The diagnostics of all stacks, without duplicates within a stack. */
export function diagnosticTexts(
  stacks: readonly { readonly name: string; readonly diagnostics: readonly Diagnostic[] }[],
  paint: Style,
): string {
  return stacks
    .flatMap(({ name, diagnostics }) => distinct(diagnostics).map((one) => diagnosticText(one, name, paint)))
    .join('');
}

/** Errors as plain text, for markdown. */
export function errorLines(diagnostics: readonly Diagnostic[], stack: string): string {
  return distinct(diagnostics)
    .filter(({ severity }) => severity === 'error')
    .flatMap((one) => [`${subject(one, stack)}: ${one.summary}`, ...detailOf(one).map((line) => `  ${line}`)])
    .join('\n');
}

/** The detail, or the command-line option that solves the problem. */
export function detailOf({ summary, detail }: Diagnostic): readonly string[] {
  if (summary.includes(UNOWNED_STATE)) {
    const id = /^\S*\.(\S+) /.exec(summary)?.[1] ?? 'id';
    return [
      `Provide its outputs with --remote-states FILE, where FILE contains { "${id}": { "output": "value" } },`,
      'or the stacks of the app that owns it with --states-from DIRECTORY',
    ];
  }
  if (detail.includes(PREVENTED)) {
    return [
      'It has lifecycle.prevent_destroy, but the plan destroys or replaces it. Undo that change; or create what is new besides',
      'it (another environment), and move to it; or, if the loss is intended, turn the protection off in an apply of its own',
      'before it (of an environment: deletionProtection: false)',
    ];
  }
  return detail.trim() === ''
    ? []
    : detail
        .trim()
        .split('\n')
        .map((line) => line.trimEnd());
}

/** Merges warnings that repeat for many resources. */
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
    return more === 0 ? one : { ...one, summary: `${one.summary} (and ${count(more, 'similar warning')})` };
  });
}
