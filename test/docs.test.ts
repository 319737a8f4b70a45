import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from './support/app';

const GUIDES = join(__dirname, '..', 'docs', 'guides');
const programs = readdirSync(GUIDES).filter((file) => file.endsWith('.ts'));

describe.each(programs)('docs/guides/%s', (file) => {
  test('stands in its guide as it is', () => {
    const guide = readFileSync(join(GUIDES, file.replace(/\.ts$/, '.md')), 'utf8');
    expect(guide).toContain(`\`\`\`ts\n${readFileSync(join(GUIDES, file), 'utf8')}\`\`\`\n`);
  });

  test('synthesizes', () => {
    const stacks = runMain(() => require(join(GUIDES, file)));
    expect([...stacks.values()].every(({ resources }) => resources.length > 0)).toBe(true);
  });
});
