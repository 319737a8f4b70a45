import type { StackCopy } from './stack-copy';

/**
 * The selected stacks and those whose state they read, each after the stacks that it reads or depends on.
 * @throws Error for a dependency cycle
 */
export function inDependencyOrder(copies: readonly StackCopy[], selected: ReadonlySet<string>): readonly StackCopy[] {
  const byName = new Map(copies.map((copy) => [copy.name, copy]));
  const needed = new Set<string>();
  const need = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const read of byName.get(name)?.reads.keys() ?? []) need(read);
  };
  for (const name of selected) need(name);
  const ordered = new Set<StackCopy>();
  const visit = (copy: StackCopy, waiting: readonly string[]): void => {
    if (ordered.has(copy)) return;
    if (waiting.includes(copy.name)) {
      throw new Error(`stacks depend on each other in a cycle: ${[...waiting, copy.name].join(' -> ')}`);
    }
    for (const before of [...copy.reads.keys(), ...copy.dependencies]) {
      const other = byName.get(before);
      if (other && needed.has(before)) visit(other, [...waiting, copy.name]);
    }
    ordered.add(copy);
  };
  for (const copy of copies) if (needed.has(copy.name)) visit(copy, []);
  return [...ordered];
}
