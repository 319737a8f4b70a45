// For jest's setupFilesAfterEnv: adds the matchers and their types to the global `expect`.
import { installMatchers, stopRunsAfter } from './install';
import type { QuaysideMatchers } from './matchers';
import type { Expect } from './snapshot/matches-snapshot';

declare global {
  // jest's own types are a namespace.
  // eslint-disable-next-line typescript/no-namespace
  namespace jest {
    // eslint-disable-next-line typescript/no-unused-vars, typescript/no-empty-object-type, typescript/no-empty-interface
    interface Matchers<R, T = {}> extends QuaysideMatchers<R> {}
  }
}

const { expect, afterAll } = globalThis as {
  readonly expect?: Expect;
  readonly afterAll?: Parameters<typeof stopRunsAfter>[0];
};
if (!expect) {
  throw new Error(
    "no global expect: add 'quayside/testing/jest' to setupFilesAfterEnv, or call installMatchers(expect)",
  );
}
installMatchers(expect);
// Other test runners have no global hooks, or give them another name.
if (afterAll) stopRunsAfter(afterAll);
