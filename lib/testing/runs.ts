/** A plan or a rehearsal that has not ended. */
interface Run {
  readonly abort: AbortController;
  /** Where it was started. */
  readonly unfinished: Error;
  readonly result: Promise<unknown>;
}

const runs = new Set<Run>();

/**
 * Starts a plan or a rehearsal that `stopRuns` can stop.
 * @param by the function that the test called, for the stack trace
 */
export function startRun<T>(
  by: (...args: never[]) => Promise<unknown>,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const unfinished = new Error(`${by.name} was still running when the tests of this file ended: await it`);
  Error.captureStackTrace(unfinished, by);
  const abort = new AbortController();
  const result = work(signal ? AbortSignal.any([signal, abort.signal]) : abort.signal);
  const run = { abort, unfinished, result };
  runs.add(run);
  const remove = (): void => void runs.delete(run);
  result.then(remove, remove);
  return result;
}

/**
 * Stops what still runs, so that nothing uses an environment that the test runner has removed.
 * @throws Error that says where the first one was started
 */
export async function stopRuns(): Promise<void> {
  const [first, ...others] = runs;
  if (!first) return;
  const running = [first, ...others];
  for (const { abort } of running) abort.abort();
  await Promise.allSettled(running.map(({ result }) => result));
  throw first.unfinished;
}
