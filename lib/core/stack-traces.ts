/**
 * cdktf records an unlimited stack trace for every token: most of the time and memory of a synthesis, without any
 * effect on the output (https://github.com/hashicorp/terraform-cdk/issues/3892). The module is private to cdktf, and
 * other versions may lack it. `QUAYSIDE_STACK_TRACES=1` keeps the traces, to find where a token was created.
 */
export function withoutStackTraces(): void {
  if (process.env['QUAYSIDE_STACK_TRACES'] === '1') return;
  // Setting of the fork (cdktn), read when a token is created.
  process.env['CDKTN_DISABLE_CREATION_STACK'] ??= '1';
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const traces = require('cdktf/lib/tokens/private/stack-trace') as { captureStackTrace: () => string[] };
    traces.captureStackTrace = () => [];
  } catch {
    // Another version of cdktf: slower, same result.
  }
}
