/** Stands in for `node:timers/promises`, whose timers Jest's fake ones leave alone. */
export function setTimeoutPromise(milliseconds: number, value?: unknown, options: { ref?: boolean } = {}) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(value), milliseconds);
    if (options.ref === false) timer.unref();
  });
}

/** From now on time passes only by `pass`: nothing depends on the speed of the machine. */
export function useVirtualTime(): void {
  jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
}

export async function pass(seconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(seconds * 1000);
}
