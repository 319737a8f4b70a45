// Like `quayside/testing/jest`, for tests that import `expect` from `@jest/globals`.
import { expect } from '@jest/globals';
import { installMatchers } from './install';
import type { QuaysideMatchers } from './matchers';

declare module 'expect' {
  // eslint-disable-next-line typescript/no-unused-vars, typescript/no-empty-object-type, typescript/no-empty-interface
  interface Matchers<R extends void | Promise<void>, T = unknown> extends QuaysideMatchers<R> {}
}

installMatchers(expect);
