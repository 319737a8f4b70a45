/** All problems of a user's input, with the construct's path. Has no stack trace: the message says what to do. */
export class ValidationError extends Error {
  constructor(
    readonly path: string,
    readonly problems: readonly string[],
  ) {
    super(
      `${path || 'app'}: ${problems.length === 1 ? problems[0] : `${problems.length} problems\n${bullets(problems)}`}`,
    );
    this.name = 'ValidationError';
    this.stack = `${this.name}: ${this.message}`;
  }
}

function bullets(problems: readonly string[]): string {
  return problems.map((problem) => `  - ${problem}`).join('\n');
}
