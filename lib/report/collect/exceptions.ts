import type { Exception } from '../model';
import { list, order, read, type SynthesizedStacks } from '../synthesized';

/** Every rule that is broken on purpose: on resources, and on the constructs above them. */
export function exceptions(stacks: SynthesizedStacks): readonly Exception[] {
  const onResources = stacks.resources.flatMap((resource) =>
    list(resource.get('//.acknowledged')).map((entry) => exception(resource.construct, entry)),
  );
  const onConstructs = stacks.stacks.flatMap(({ name, json }) =>
    list(read(json, '//.acknowledged')).map((entry) => exception(String(read(entry, 'path') ?? name), entry)),
  );
  return [...onResources, ...onConstructs].sort((a, b) => order(a.code, b.code) || order(a.construct, b.construct));
}

/** Ours are words; a scanner's have its letters and numbers: `CKV_AWS_18`. */
const OURS = /^[a-z][a-z0-9-]*$/;

function exception(construct: string, entry: unknown): Exception {
  const code = String(read(entry, 'code'));
  return { construct, code, reason: String(read(entry, 'reason')), kind: OURS.test(code) ? 'rule' : 'scanner' };
}

/** Why `construct` may break a rule: the nearest exception, its own or of a construct above it. */
export function reasonFor(all: readonly Exception[], construct: string, code: string): string | undefined {
  const covering = all.filter(
    (one) => one.code === code && (construct === one.construct || construct.startsWith(`${one.construct}/`)),
  );
  return covering.sort((a, b) => b.construct.length - a.construct.length)[0]?.reason;
}
