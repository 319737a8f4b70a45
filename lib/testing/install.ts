import { matchers } from './matchers';
import { useSnapshotsOf, type Expect } from './snapshot/matches-snapshot';

/** Teaches an `expect` the matchers and the snapshot format. `quayside/testing/jest` does it for jest's global one. */
export function installMatchers(expect: Expect): void {
  expect.extend(matchers);
  useSnapshotsOf(expect);
}
