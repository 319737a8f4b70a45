import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SynthesizedStack } from '../../lib/testing/synthesized-stack';
import { runMain, writeMain } from './app';

const ROOT = join(__dirname, '..', '..');

/** The main files of this repository's own stacks and of every example, by the app's name. */
const MAINS: ReadonlyMap<string, string> = new Map([
  ['stacks', join(ROOT, 'stacks', 'main')],
  ...readdirSync(join(ROOT, 'examples')).map((name) => [name, join(ROOT, 'examples', name, 'main')] as const),
]);

/** Every app, as a function that returns its stacks. */
export const APPS: ReadonlyMap<string, () => ReadonlyMap<string, SynthesizedStack>> = new Map(
  [...MAINS].map(([name, main]) => [name, () => runMain(() => require(main))]),
);

/** Synthesizes an app's stacks to a directory. */
export function writeAppOf(name: string, outdir: string): void {
  writeMain(() => require(MAINS.get(name)!), outdir);
}

/** The app whose states an example reads, by the example's name. */
const STATES_FROM: Readonly<Record<string, string>> = { 'team-with-facts': 'stacks' };

/** The option of a plan that gives an example the states that it reads. */
export function statesFrom(name: string, directory: () => string): { readonly statesFrom?: string } {
  const other = STATES_FROM[name];
  if (other === undefined) return {};
  const outdir = directory();
  writeAppOf(other, outdir);
  return { statesFrom: outdir };
}
