interface LocatedResource {
  readonly type: string;
  readonly path: string;
}

/** Whether a construct path equals or ends with another: `network/vpc` matches `vpc`. */
export function matchesPath(path: string, suffix: string): boolean {
  return path === suffix || path.endsWith(`/${suffix}`);
}

/**
 * The one resource of a type whose construct path equals or ends with `path`.
 * @throws Error that lists the existing paths, if none or several match
 */
export function findOne<T extends LocatedResource>(
  stack: { readonly name: string; readonly resources: readonly T[] },
  type: string,
  path: string | undefined,
): T {
  const all = stack.resources.filter((resource) => resource.type === type);
  const matching = all.filter((one) => path === undefined || matchesPath(one.path, path));
  if (matching.length === 1) return matching[0]!;
  const description = path === undefined ? type : `${type} at ${path}`;
  throw new Error(
    `${stack.name} has ${matching.length} ${description}; of this type: ${all.map((one) => one.path).join(', ') || 'none'}`,
  );
}

/**
 * The named stack, or the only one.
 * @throws Error that lists the existing stacks
 */
export function findStack<T>(stacks: ReadonlyMap<string, T>, named: string | undefined): T {
  const stack = named === undefined && stacks.size === 1 ? [...stacks.values()][0] : stacks.get(named ?? '');
  if (stack) return stack;
  const names = [...stacks.keys()].join(', ') || 'none';
  throw new Error(
    named === undefined
      ? `expected one stack, the app has ${names}: return the one to use, as in (app) => new TeamStack(app, 'team')`
      : `no stack is named ${named}: the app has ${names}`,
  );
}
