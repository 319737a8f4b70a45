import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SynthesizedStack } from '../../lib/testing/synthesized-stack';
import { objectName } from './object-names';

export const ADDRESSES = join(__dirname, '..', 'addresses');

/** `UPDATE_ADDRESSES=1 npm test` accepts changed addresses; a reviewer sees each removed one in the diff. */
const UPDATE = process.env['UPDATE_ADDRESSES'] === '1';

/**
 * Compares a stack's state addresses, object names and outputs with the committed ones in `test/addresses`.
 * @returns the consequences for a deployed stack, or undefined if nothing changed
 */
export function addressChanges(stack: SynthesizedStack): string | undefined {
  const file = join(ADDRESSES, `${stack.name}.txt`);
  const now = addressLines(stack);
  if (UPDATE) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, now.map((line) => `${line}\n`).join(''));
    return undefined;
  }
  const before = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return compareAddresses(stack.name, before, now);
}

/** `<address> <construct path> <object name>` of each resource, and `output <name>` of each output. */
export function addressLines(stack: SynthesizedStack): string[] {
  const resources = stack.resources.map((resource) => `${resource.address} ${resource.path} ${objectName(resource)}`);
  const outputs = Object.keys(stack.json.output ?? {}).map((name) => `output ${name}`);
  return [...resources, ...outputs].sort();
}

/** Pure part of `addressChanges`, for such lines. */
export function compareAddresses(name: string, before: readonly string[], now: readonly string[]): string | undefined {
  const [had, has] = [new Map(before.map(keyed)), new Map(now.map(keyed))];
  const changes = [
    ...[...had].filter(([key]) => !has.has(key)).map(([key, line]) => removal(key, line)),
    ...[...has].filter(([key]) => !had.has(key)).map(([, line]) => `  would create  ${line}`),
    ...[...had].flatMap(([key, line]) => differences(key, line, has.get(key) ?? line)),
  ];
  if (changes.length === 0) return undefined;
  return [
    `the state addresses of ${name} changed`,
    ...changes,
    'A construct id is a state address: keep it, or move the state. If this is intended: UPDATE_ADDRESSES=1 npm test',
  ].join('\n');
}

/** By Terraform address, which has no space, or by the whole line for an output. */
function keyed(line: string): [string, string] {
  return [line.startsWith('output ') ? line : line.split(' ', 1)[0]!, line];
}

function removal(key: string, line: string): string {
  return key.startsWith('output ') ? `  would remove  ${line}, which other stacks may read` : `  would DESTROY ${line}`;
}

const NAME_CHANGED = 'Most types cannot be renamed: Terraform destroys the resource and creates another.';
const REFERENCE_CHANGED =
  'Only references changed: nothing is replaced if the state of the referenced resources is moved.';

function literals(name: readonly string[]): string {
  return name.join(' ').replace(/\$\{[^}]*\}/g, '');
}

/** Differences of a resource that keeps its address. */
function differences(address: string, before: string, now: string): string[] {
  const [, oldPath, ...oldName] = before.split(' ');
  const [, path, ...name] = now.split(' ');
  const renamed = oldName.join(' ') !== name.join(' ');
  return [
    ...(renamed
      ? [
          `  would RENAME  ${address} ${path}`,
          `    from ${oldName.join(' ')}`,
          `    to   ${name.join(' ')}`,
          `    ${literals(oldName) === literals(name) ? REFERENCE_CHANGED : NAME_CHANGED}`,
        ]
      : []),
    ...(oldPath !== path ? [`  same address  ${address}: its construct path changed from ${oldPath} to ${path}`] : []),
  ];
}
