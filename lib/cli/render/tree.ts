/** A branch of constructs: those below one construct of the stack. */
export interface Branch<T> {
  /** The construct's id; empty for items directly in the stack. */
  readonly name: string;
  readonly leaves: readonly { readonly label: string; readonly item: T }[];
}

/**
 * Groups by the first level below the stack; items directly in the stack come first. The stack's own path is left out;
 * items without a path, such as resources of a module, keep their full address.
 */
export function branches<T>(items: readonly T[], stack: string, pathOf: (item: T) => string): readonly Branch<T>[] {
  const found = new Map<string, { label: string; item: T }[]>();
  for (const item of items) {
    const levels = belowStack(pathOf(item), stack);
    const [name, rest] = levels.length > 1 ? [levels[0]!, levels.slice(1)] : ['', levels];
    const leaves = found.get(name) ?? [];
    found.set(name, leaves);
    leaves.push({ label: rest.join('/'), item });
  }
  const grouped = [...found].map(([name, leaves]) => ({ name, leaves }));
  return [...grouped.filter(({ name }) => name === ''), ...grouped.filter(({ name }) => name !== '')];
}

/** The levels of a path below the stack, which may itself be nested. */
export function belowStack(path: string, stack: string): readonly string[] {
  const levels = path.split('/');
  const at = levels.indexOf(stack);
  return at >= 0 && at < levels.length - 1 ? levels.slice(at + 1) : levels;
}
