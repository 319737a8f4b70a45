import type { MachineLag } from './load/generator';
import type { Outcome } from './load/outcome';

export interface TimedEvent {
  readonly at: number;
  readonly text: string;
}

/** One scenario, as it is or with a control. */
export interface RunResult {
  readonly scenario: string;
  readonly title: string;
  readonly control?: string;
  readonly outcomes: readonly Outcome[];
  readonly events: readonly TimedEvent[];
  /** When the event began and ended. */
  readonly begin: number;
  readonly end: number;
  readonly lag: MachineLag;
  readonly traefik: string;
  readonly tolerated?: { readonly node: string; readonly seconds: number; readonly reason: string };
  /** What kept the run from being one. */
  readonly error?: string;
}

/** Above this, a failure may be the machine's. */
const MAX_STALL_MS = 1000;
const MIN_REQUESTS = 5000;

export function failures(result: RunResult): readonly Outcome[] {
  return result.outcomes.filter((outcome) => outcome.failure !== undefined && !isTolerated(result, outcome));
}

/** Requests on a node that is lost: those in flight, and further ones until the load balancer has noticed. */
function isTolerated({ tolerated, begin }: RunResult, { node, start, end }: Outcome): boolean {
  return tolerated !== undefined && node === tolerated.node && end >= begin && start < begin + tolerated.seconds * 1000;
}

export type Verdict = 'passed' | 'failed' | 'machine' | 'too few requests' | 'not run';

/** A scenario passes without failures, a control with some. */
export function verdict(result: RunResult): Verdict {
  if (result.error !== undefined) return 'not run';
  const failed = failures(result).length > 0;
  if (result.control !== undefined) return failed ? 'passed' : 'failed';
  if (failed) return isLagging(result) ? 'machine' : 'failed';
  return result.outcomes.length < MIN_REQUESTS ? 'too few requests' : 'passed';
}

function isLagging({ lag }: RunResult): boolean {
  return Math.max(lag.longestStallMs, lag.latestStartMs) > MAX_STALL_MS;
}

/** Failures by cause, the most frequent first. */
export function causes(result: RunResult): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { failure = '', kind } of failures(result)) {
    const cause = `${kind}: ${failure}`;
    counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
