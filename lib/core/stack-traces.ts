/**
 * cdktf records an unlimited stack trace for every token, which is most of the time and memory of a synth and shows up
 * in no output (hashicorp/terraform-cdk#3892). The module is private to cdktf, so a version without it is left alone.
 * `QUAYSIDE_STACK_TRACES=1` keeps them, to find where a token was made.
 */
export function withoutStackTraces(): void {
  if (process.env['QUAYSIDE_STACK_TRACES'] === '1') return;
  // The fork's own switch, read when a token is made.
  process.env['CDKTN_DISABLE_CREATION_STACK'] ??= '1';
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const traces = require('cdktf/lib/tokens/private/stack-trace') as { captureStackTrace: () => string[] };
    traces.captureStackTrace = () => [];
  } catch {
    // Another cdktf: slower, and right all the same.
  }
}
