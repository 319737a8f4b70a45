import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackJson } from '../../report/synthesized';

/** The named stacks, as synthesized. */
export function readStacks(stacksDir: string, names: readonly string[]): readonly StackJson[] {
  return [...names].sort().map((name) => ({
    name,
    json: JSON.parse(readFileSync(join(stacksDir, 'stacks', name, 'cdk.tf.json'), 'utf8')) as StackJson['json'],
  }));
}
