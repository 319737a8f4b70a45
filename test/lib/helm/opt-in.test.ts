import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const { build } = require('../../../scripts/build') as { build: (out: string, folders: readonly string[]) => void };

// Below the project, so that the compiled files find its packages.
const out = mkdtempSync(join(__dirname, '..', '..', '..', '.index-test-'));
beforeAll(() => build(out, ['lib']));
afterAll(() => rmSync(out, { recursive: true }));

/** Modules of the Helm provider and of lib/helm that are loaded after `script` has run. */
function loaded(script: string): string[] {
  const list = `console.log(JSON.stringify(Object.keys(require.cache).filter((file) => /provider-helm|lib.helm/.test(file))))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', `${script};${list}`], { encoding: 'utf8', cwd: out }));
}

test('the main entry point does not load the Helm provider', () => {
  expect(loaded("const q = require('./lib'); for (const name of Object.keys(q)) q[name]")).toEqual([]);
});

test('the Helm entry point loads the provider only with the first chart', () => {
  expect(loaded("require('./lib/helm').helmAddOn")).toEqual(
    expect.not.arrayContaining([expect.stringContaining('provider-helm')]),
  );
});
