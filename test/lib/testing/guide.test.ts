import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as kit from 'quayside/testing';

const ROOT = join(__dirname, '..', '..', '..');
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');

test('the guide contains the tests of the example', () => {
  const tests = read('examples', 'team-stack', 'search-stack.test.ts');
  expect(read('docs', 'guides', 'test-kit.md')).toContain(`\`\`\`ts\n${tests}\`\`\`\n`);
});

test('the public surface, and the guide describes each matcher', () => {
  expect(Object.keys(kit).sort()).toMatchSnapshot();
  const guide = read('docs', 'guides', 'test-kit.md');
  expect(Object.keys(kit.matchers).filter((name) => !guide.includes(`.${name}(`))).toEqual([]);
});
