import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SynthesizedStack } from '../../lib/testing/synthesized-stack';

/** `DUMP_STACKS=<folder> npx jest test/stacks` writes every stack there, for comparison with another revision. */
const FOLDER = process.env['DUMP_STACKS'];

export function dump({ name, json }: SynthesizedStack): void {
  if (!FOLDER) return;
  const folder = join(FOLDER, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'cdk.tf.json'), `${JSON.stringify(json, null, 2)}\n`);
}
