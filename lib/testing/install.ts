import { matchers } from './matchers';
import { stopRuns } from './runs';
import { useSnapshotsOf, type Expect } from './snapshot/matches-snapshot';

/** Adds the matchers and the snapshot serializer to `expect`. `quayside/testing/jest` does so for jest's global one. */
export function installMatchers(expect: Expect): void {
  expect.extend(matchers);
  useSnapshotsOf(expect);
}

/** A plan or a rehearsal that was not awaited fails the tests of its file, and is stopped. */
export function stopRunsAfter(afterAll: (hook: () => Promise<void>) => unknown): void {
  afterAll(() => stopRuns());
}
