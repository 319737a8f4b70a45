import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KUBERNETES_VERSIONS } from '../lib/versions';
import { runMain } from './support/app';

const ROOT = join(__dirname, '..');
const guides = readdirSync(join(ROOT, 'docs', 'guides')).filter((file) => file.endsWith('.ts'));
const programs = [
  { program: 'docs/readme.ts', text: 'README.md' },
  { program: 'examples/team-with-facts/main.ts', text: 'docs/guides/facts.md' },
  ...guides.map((file) => ({
    program: `docs/guides/${file}`,
    text: `docs/guides/${file.replace(/\.ts$/, '.md')}`,
  })),
];

describe.each(programs)('$program', ({ program, text }) => {
  test(`stands in ${text} as it is`, () => {
    expect(read(text)).toContain(`\`\`\`ts\n${read(program)}\`\`\`\n`);
  });

  test('synthesizes', () => {
    const stacks = runMain(() => require(join(ROOT, program)));
    // An environment without add-ons has an empty platform stack.
    const empty = [...stacks.values()].filter(({ resources }) => resources.length === 0).map(({ name }) => name);
    expect(empty.filter((name) => !name.endsWith('-platform'))).toEqual([]);
  });
});

test('the guide of upgrades names the supported versions', () => {
  const names = `${KUBERNETES_VERSIONS.slice(0, -1).join(', ')} and ${KUBERNETES_VERSIONS.at(-1)}`;
  expect(read('docs/guides/upgrading-kubernetes.md')).toContain(`supports ${names} (`);
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
