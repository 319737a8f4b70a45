interface Located {
  readonly type: string;
  readonly path: string;
}

/** Whether a construct path is, or ends in, another: `network/vpc` fits `vpc`. */
export function fits(path: string, wanted: string): boolean {
  return path === wanted || path.endsWith(`/${wanted}`);
}

/**
 * The one resource of a type whose construct path is, or ends in, `path`.
 * @throws Error that lists the paths there are, where none or several fit
 */
export function theOne<T extends Located>(
  stack: { readonly name: string; readonly resources: readonly T[] },
  type: string,
  path: string | undefined,
): T {
  const all = stack.resources.filter((resource) => resource.type === type);
  const fitting = all.filter((one) => path === undefined || fits(one.path, path));
  if (fitting.length === 1) return fitting[0]!;
  const wanted = path === undefined ? type : `${type} at ${path}`;
  throw new Error(
    `${stack.name} has ${fitting.length} ${wanted}; it has: ${all.map((one) => one.path).join(', ') || 'none of that type'}`,
  );
}

/**
 * The stack that was named, or the only one.
 * @throws Error that lists the stacks there are
 */
export function theStack<T>(stacks: ReadonlyMap<string, T>, named: string | undefined): T {
  const stack = named === undefined && stacks.size === 1 ? [...stacks.values()][0] : stacks.get(named ?? '');
  if (stack) return stack;
  const names = [...stacks.keys()].join(', ') || 'none';
  throw new Error(
    named === undefined
      ? `which stack is meant? The app has ${names}: return it, as in (app) => new TeamStack(app, 'team')`
      : `no stack is named ${named}: the app has ${names}`,
  );
}
