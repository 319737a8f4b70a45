import { matchers } from './matchers';
import { useSnapshotsOf, type Expect } from './snapshot/matches-snapshot';

/** Adds the matchers and the snapshot serializer to `expect`. `quayside/testing/jest` does so for jest's global one. */
export function installMatchers(expect: Expect): void {
  expect.extend(matchers);
  useSnapshotsOf(expect);
}
