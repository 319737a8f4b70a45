import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isScannerCode } from '../../../lib/core/acknowledge';
import { isRuleCode, RULES, type Rule } from '../../../lib/core/rules';

const { PAGE, rulesPage } = require('../../../scripts/write-rules-page') as {
  PAGE: string;
  rulesPage: (rules: Readonly<Record<string, Rule>>) => string;
};
const ROOT = join(__dirname, '..', '..', '..');

test.each(Object.entries(RULES))('%s: the title has no full stop, reason and remedy are sentences', (_, rule) => {
  expect(rule.title).toMatch(/^[A-Z*`].*[^.]$/);
  expect(rule.reason).toMatch(/^[A-Z*`].*\.$/);
  expect(rule.remedy).toMatch(/^[A-Z*`].*\.$/);
});

test('every rule is used by a check', () => {
  const checks = files('lib', /\.ts$/)
    .filter((file) => !/^lib\/(core\/rules\.ts|report\/)/.test(file))
    .map((file) => read(file).replace(/\backnowledge\([^)]*\)/gs, ''))
    .join('');
  expect(Object.keys(RULES).filter((code) => !checks.includes(`'${code}'`))).toEqual([]);
});

const TEXTS = [
  'README.md',
  'CHANGELOG.md',
  ...['docs', 'stacks', 'examples'].flatMap((folder) => files(folder, /\.(ts|md)$/)),
];

test.each(TEXTS)('%s acknowledges only existing rules', (file) => {
  const codes = [...read(file).matchAll(/\backnowledge\(\s*[\w.]+,\s*'([^']+)'/g)].map(([, code]) => code!);
  expect(codes.filter((code) => !isRuleCode(code) && !isScannerCode(code))).toEqual([]);
});

test('the reference page is up to date (npm run docs:rules)', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(rulesPage(RULES));
});

function files(folder: string, name: RegExp): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .filter((file) => !file.includes('cdktf.out'));
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
