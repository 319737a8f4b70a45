import type { Outcome } from '../../prove/load/outcome';
import type { RunResult } from '../../prove/result';

export function answered(count: number): readonly Outcome[] {
  return Array.from({ length: count }, (_, index) => ({ kind: 'GET', start: index, end: index + 5, status: 200 }));
}

export function failed(outcome: Partial<Outcome> = {}): Outcome {
  return { kind: 'GET', start: 3100, end: 3200, status: 502, failure: '502 of the ingress or backend', ...outcome };
}

/** A run whose event takes from 3 to 8 seconds. */
export function run(result: Partial<RunResult> = {}): RunResult {
  return {
    scenario: 'application-rollout',
    title: 'Rolling update of an application',
    outcomes: [],
    events: [],
    begin: 3000,
    end: 8000,
    lag: { longestStallMs: 12, latestStartMs: 7 },
    traefik: '3.7.15',
    ...result,
  };
}
