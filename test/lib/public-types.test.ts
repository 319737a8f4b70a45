import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declaredIn, exportedNames, unexportedTypes } from '../support/public-types';

const ROOT = join(__dirname, '..', '..');
const ENTRY_POINTS = ['index.ts', 'helm/index.ts', 'testing/index.ts', 'testing/jest.ts'];

test.each(['index.ts', 'helm/index.ts'])('every type that %s shows is exported too', (entryPoint) => {
  expect(unexportedTypes(entryPoint, ['index.ts'])).toEqual([]);
});

/** Of the provider: the test kit's guide uses it as an example. */
const NOT_OURS = new Set(['Subnet']);
const PAGES = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs', 'guides'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/guides/${file}`),
];

test('the public pages name no class and no type that is not exported', () => {
  const exported = exportedNames(...ENTRY_POINTS);
  const declared = new Set(filesOf(join(ROOT, 'lib')).flatMap(declaredIn));
  const named = PAGES.flatMap((page) => {
    const text = readFileSync(join(ROOT, page), 'utf8').replaceAll(/^```[^]*?^```$/gm, '');
    return [...text.matchAll(/`([A-Z][a-z]\w*)[`(.<]/g)].map(([, name]) => ({ page, name: name! }));
  });
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ name }) => declared.has(name) && !exported.has(name) && !NOT_OURS.has(name))).toEqual([]);
});

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}
