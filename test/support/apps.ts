import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SynthesizedStack } from '../../lib/testing/synthesized-stack';
import { runMain } from './app';

const ROOT = join(__dirname, '..', '..');

/** This repository's own stacks and every example, by the app's name. */
export const APPS: ReadonlyMap<string, () => ReadonlyMap<string, SynthesizedStack>> = new Map([
  ['stacks', () => runMain(() => require(join(ROOT, 'stacks', 'main')))],
  ...readdirSync(join(ROOT, 'examples')).map(
    (name) => [name, () => runMain(() => require(join(ROOT, 'examples', name, 'main')))] as const,
  ),
]);
