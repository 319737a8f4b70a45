import type { Acknowledgement } from '../model';
import { list, order, read, type SynthesizedStacks } from '../synthesized';

/** All acknowledged exceptions, on resources and on their parent constructs. */
export function acknowledgements(stacks: SynthesizedStacks): readonly Acknowledgement[] {
  const onResources = stacks.resources.flatMap((resource) =>
    list(resource.get('//.acknowledged')).map((entry) => acknowledgement(resource.construct, entry)),
  );
  const onConstructs = stacks.stacks.flatMap(({ name, json }) =>
    list(read(json, '//.acknowledged')).map((entry) => acknowledgement(String(read(entry, 'path') ?? name), entry)),
  );
  return [...onResources, ...onConstructs].sort((a, b) => order(a.code, b.code) || order(a.construct, b.construct));
}

/** Codes of the library are words; those of a scanner look like `CKV_AWS_18`. */
const LIBRARY_CODE = /^[a-z][a-z0-9-]*$/;

function acknowledgement(construct: string, entry: unknown): Acknowledgement {
  const code = String(read(entry, 'code'));
  return { construct, code, reason: String(read(entry, 'reason')), kind: LIBRARY_CODE.test(code) ? 'rule' : 'scanner' };
}

/** The reason of the closest acknowledgement: that of `construct` or of a parent. */
export function reasonFor(all: readonly Acknowledgement[], construct: string, code: string): string | undefined {
  const covering = all.filter(
    (one) => one.code === code && (construct === one.construct || construct.startsWith(`${one.construct}/`)),
  );
  return covering.sort((a, b) => b.construct.length - a.construct.length)[0]?.reason;
}
