/** Rejects what an async function returned: constructs placed after its first `await` would be in no stack. */
export function asyncProblem(name: string, returned: unknown): string | false {
  return isPromise(returned) && `${name} is async: read what it needs before, and place its constructs without waiting`;
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}
