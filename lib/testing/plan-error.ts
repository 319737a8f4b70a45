import type { Diagnostic } from '../offline';

/** Terraform rejected a stack. The message names the constructs; there is no stack trace. */
export class PlanError extends Error {
  constructor(
    summary: string,
    readonly diagnostics: readonly Diagnostic[],
  ) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    super([summary, ...errors.map(bullet)].join('\n'));
    this.name = 'PlanError';
    this.stack = `${this.name}: ${this.message}`;
  }
}

function bullet({ summary, detail, paths, addresses }: Diagnostic): string {
  const where = paths.length > 0 ? `${paths.join(', ')}: ` : '';
  const unnamed = addresses.filter((address) => !summary.includes(address) && !detail.includes(address));
  const text = [summary, detail.trim()].filter(Boolean).join('. ').replaceAll('\n', '\n    ');
  return `  - ${where}${text}${unnamed.length > 0 ? ` (${unnamed.join(', ')})` : ''}`;
}
