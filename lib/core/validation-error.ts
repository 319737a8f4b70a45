/** What the user got wrong, all of it, with the construct's path. Carries no stack trace: the message is the help. */
export class ValidationError extends Error {
  constructor(
    readonly path: string,
    readonly problems: readonly string[],
  ) {
    super(`${path}: ${problems.length === 1 ? problems[0] : `${problems.length} problems\n${bullets(problems)}`}`);
    this.name = 'ValidationError';
    this.stack = `${this.name}: ${this.message}`;
  }
}

function bullets(problems: readonly string[]): string {
  return problems.map((problem) => `  - ${problem}`).join('\n');
}
