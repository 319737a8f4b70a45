// Like `quayside/testing/jest`, for tests that import `expect` from `@jest/globals`.
import { afterAll, expect } from '@jest/globals';
import { installMatchers, stopRunsAfter } from './install';
import type { QuaysideMatchers } from './matchers';

declare module 'expect' {
  // eslint-disable-next-line typescript/no-unused-vars, typescript/no-empty-object-type, typescript/no-empty-interface
  interface Matchers<R extends void | Promise<void>, T = unknown> extends QuaysideMatchers<R> {}
}

installMatchers(expect);
stopRunsAfter(afterAll);
