import 'quayside/testing/jest';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { planStack, rehearseChanges, synthApp, synthStack, type AppSource } from 'quayside/testing';
import { describeWithTerraform } from '../offline/support/app';
import { team } from './fixtures';

const ROOT = join(__dirname, '..', '..', '..');
const BIN = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

interface Result {
  readonly name: string;
  readonly status: string;
  readonly message: string;
}

/** Runs the fixtures in one worker, which must survive. */
function runJest(): Promise<{ readonly files: readonly Result[]; readonly stderr: string }> {
  const args = [BIN, '--json', '--maxWorkers=1', '--testMatch', '**/fixtures/missing-await/*.ts'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT, env: { ...process.env, NO_COLOR: '1' } }, (_, stdout, stderr) => {
      const { testResults } = JSON.parse(stdout) as { readonly testResults: readonly Result[] };
      resolve({ files: testResults.map((one) => ({ ...one, name: one.name.split('/').at(-1)! })), stderr });
    });
  });
}

describeWithTerraform('a missing await', () => {
  test('fails the tests of its file, and of no other', async () => {
    const { files, stderr } = await runJest();
    const statuses = Object.fromEntries(files.map(({ name, status }) => [name, status]));
    expect(statuses).toEqual({ 'never-awaited.ts': 'failed', 'fails-later.ts': 'failed', 'awaited.ts': 'passed' });
    const messageOf = (file: string) => files.find(({ name }) => name === file)?.message;
    expect(messageOf('never-awaited.ts')).toContain(
      'planApp was still running when the tests of this file ended: await it',
    );
    expect(messageOf('never-awaited.ts')).toMatch(/never-awaited\.ts:6:\d+/);
    expect(messageOf('fails-later.ts')).toContain(
      'rehearse was still running when the tests of this file ended: await it',
    );
    expect(stderr).not.toMatch(/torn down|TypeError|cannot be planned/);
  });

  test('in front of a matcher', async () => {
    const plan = planStack(team(() => {}));
    expect(() => expect(plan).toHaveNoDestroy()).toThrow('requires a result of planStack, got a promise: await it');
    await plan;
  });
});

describe('a function that adds the stacks must not be async', () => {
  const source: AppSource = async () => {
    await Promise.reject(new Error('not reported before'));
  };
  const message =
    'app: the function that adds the stacks is async: read what it needs before, and place its constructs without waiting';

  test.each<{ name: string; call: () => unknown }>([
    { name: 'synthApp', call: () => synthApp(source) },
    { name: 'synthStack', call: () => synthStack(source) },
    { name: 'planStack', call: () => planStack(source) },
    { name: 'rehearseChanges', call: () => rehearseChanges([team(() => {}), source]) },
  ])('$name', async ({ call }) => {
    await expect(async () => call()).rejects.toThrow(message);
  });
});
