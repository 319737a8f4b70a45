import type { MatcherResult } from '../match/matcher-result';
import { PlannedStack } from '../planned-stack';
import { SynthesizedStack } from '../synthesized-stack';
import { planSnapshot, stackSnapshot } from './stack-snapshot';

/** The part of jest's `expect` that is used here. */
export interface Expect {
  (actual: unknown): { toMatchSnapshot(hint?: string): void };
  extend(matchers: object): void;
  addSnapshotSerializer(serializer: object): void;
}

/** Prints a plan or a synthesized stack as text in jest's snapshots, including inline ones. */
export const snapshotSerializer = {
  test: (value: unknown): boolean => value instanceof PlannedStack || value instanceof SynthesizedStack,
  print: (value: unknown): string =>
    (value instanceof PlannedStack ? planSnapshot(value) : stackSnapshot(value as SynthesizedStack)).trimEnd(),
};

let installed: Expect | undefined;

/** Adds the serializer to an `expect`, whose snapshots `toMatchPlanSnapshot` then uses. */
export function useSnapshotsOf(expect: Expect): void {
  expect.addSnapshotSerializer(snapshotSerializer);
  installed = expect;
}

export function matchesSnapshot(stack: PlannedStack | SynthesizedStack, hint?: string): MatcherResult {
  if (!installed) throw new Error("toMatchPlanSnapshot requires jest: import 'quayside/testing/jest'");
  try {
    installed(stack).toMatchSnapshot(...(hint === undefined ? [] : [hint]));
    return { pass: true, message: () => `expected the plan of ${stack.name} not to match its snapshot` };
  } catch (error) {
    return { pass: false, message: () => (error as Error).message };
  }
}
