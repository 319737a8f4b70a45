interface LocatedResource {
  readonly type: string;
  readonly path: string;
}

/** Whether a construct path is, or ends in, another: `network/vpc` fits `vpc`. */
export function matchesPath(path: string, wanted: string): boolean {
  return path === wanted || path.endsWith(`/${wanted}`);
}

/**
 * The one resource of a type whose construct path is, or ends in, `path`.
 * @throws Error that lists the paths there are, where none or several fit
 */
export function findOne<T extends LocatedResource>(
  stack: { readonly name: string; readonly resources: readonly T[] },
  type: string,
  path: string | undefined,
): T {
  const all = stack.resources.filter((resource) => resource.type === type);
  const matching = all.filter((one) => path === undefined || matchesPath(one.path, path));
  if (matching.length === 1) return matching[0]!;
  const wanted = path === undefined ? type : `${type} at ${path}`;
  throw new Error(
    `${stack.name} has ${matching.length} ${wanted}; it has: ${all.map((one) => one.path).join(', ') || 'none of that type'}`,
  );
}

/**
 * The stack that was named, or the only one.
 * @throws Error that lists the stacks there are
 */
export function findStack<T>(stacks: ReadonlyMap<string, T>, named: string | undefined): T {
  const stack = named === undefined && stacks.size === 1 ? [...stacks.values()][0] : stacks.get(named ?? '');
  if (stack) return stack;
  const names = [...stacks.keys()].join(', ') || 'none';
  throw new Error(
    named === undefined
      ? `which stack is meant? The app has ${names}: return it, as in (app) => new TeamStack(app, 'team')`
      : `no stack is named ${named}: the app has ${names}`,
  );
}
