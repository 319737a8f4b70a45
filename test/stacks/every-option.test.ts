import { readdirSync } from 'node:fs';
import { synthApp } from '../../lib/testing/synthesized-stack';
import { EVERY_OPTION } from '../fixtures/every-option';
import { ADDRESSES, addressChanges } from '../support/addresses';
import { dump } from '../support/dump';

const APPS = [...EVERY_OPTION].map(([topic, build]) => ({ topic, stacks: [...synthApp(build).values()] }));

test.each(APPS)('$topic keeps its state addresses', ({ stacks }) => {
  stacks.forEach(dump);
  expect(stacks.map(addressChanges).filter(Boolean).join('\n')).toBe('');
});

test('every stack has its every-*.txt file, and there are no others', () => {
  const files = readdirSync(ADDRESSES).filter((file) => file.startsWith('every-'));
  expect(APPS.flatMap(({ stacks }) => stacks.map(({ name }) => `${name}.txt`)).sort()).toEqual(files.sort());
});
