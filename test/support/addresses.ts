import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SynthesizedStack } from '../../lib/testing/synthesized-stack';

const FOLDER = join(__dirname, '..', 'addresses');

/** `UPDATE_ADDRESSES=1 npm test` accepts new addresses; a reviewer sees each one that went. */
const UPDATE = process.env['UPDATE_ADDRESSES'] === '1';

/**
 * Compares a stack's state addresses with the committed ones in `test/addresses`.
 * @returns what a deployed stack would suffer, or undefined where nothing changed
 */
export function addressChanges(stack: SynthesizedStack): string | undefined {
  const file = join(FOLDER, `${stack.name}.txt`);
  const now = stack.resources.map(({ address, path }) => `${address} ${path}`).sort();
  if (UPDATE) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${now.join('\n')}\n`);
    return undefined;
  }
  const before = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return compareAddresses(stack.name, before, now);
}

/** Pure part of `addressChanges`, for lines of `<address> <construct path>`. */
export function compareAddresses(name: string, before: readonly string[], now: readonly string[]): string | undefined {
  const [had, has] = [new Set(before), new Set(now)];
  const gone = before.filter((line) => !has.has(line));
  const added = now.filter((line) => !had.has(line));
  if (gone.length === 0 && added.length === 0) return undefined;
  return [
    `the state addresses of ${name} changed`,
    ...gone.map((line) => `  would DESTROY ${line}`),
    ...added.map((line) => `  would create  ${line}`),
    'A construct id is a state address: keep it, or move the state. If this is intended: UPDATE_ADDRESSES=1 npm test',
  ].join('\n');
}
