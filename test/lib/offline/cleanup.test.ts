import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { describeWithTerraform, removeSynthesized, synthesizeStack } from './support/app';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { build } = require('../../../scripts/build') as { build: (out: string, folders: string[]) => void };

// Most of these tests run Terraform several times, which is slow under load.
jest.setTimeout(60_000);
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'offline-test-'));
  symlinkSync(join(__dirname, '../../../node_modules'), join(directory, 'node_modules'));
  build(join(directory, 'dist'), ['lib']);
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
  removeSynthesized();
});

const SCRIPT = `
  const { offlineRehearsal } = require('./dist/lib/offline');
  const say = (progress) => progress.kind === 'stage-start' && console.log(progress.stage);
  offlineRehearsal({ stacksDir: process.argv[1], onProgress: say }).then(({ ok }) => console.log(ok ? 'done' : 'failed'));
`;

/** Runs a rehearsal in a separate process and acts on that process when it reaches a stage. */
async function rehearse(stacksDir: string, at: string, act: (pid: number) => void): Promise<number> {
  const child = spawn(process.execPath, ['-e', SCRIPT, stacksDir], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const before = seen.includes(at);
    seen += chunk.toString();
    if (!before && seen.includes(at)) act(child.pid!);
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(seen).toContain(at);
  return child.pid!;
}

/** What a process left behind: directories with its sockets, and processes working there. */
function leftBy(pid: number): readonly string[] {
  const directories = readdirSync(tmpdir()).filter(
    (name) => name.startsWith('quayside-offline-') && name.includes(`-${pid}-`),
  );
  const processes = readdirSync('/proc').filter((id) => /^\d+$/.test(id) && workingDirectory(id).includes(`-${pid}-`));
  return [...directories, ...processes];
}

function workingDirectory(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

async function soon(left: () => readonly string[]): Promise<readonly string[]> {
  for (let tries = 0; tries < 50 && left().length > 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return left();
}

const onLinux = process.platform === 'linux' ? describeWithTerraform : describe.skip;

onLinux('nothing is left behind', () => {
  const stacksDir = () =>
    synthesizeStack((stack) => {
      for (let i = 0; i < 30; i += 1) new Vpc(stack, `vpc-${i}`, { cidrBlock: `10.${i}.0.0/16` });
    });

  test('by a completed run', async () => {
    const pid = await rehearse(stacksDir(), 'done', () => {});
    expect(leftBy(pid)).toEqual([]);
  });

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('by a run stopped with %s', async (signal) => {
    const pid = await rehearse(stacksDir(), 'apply', (running) => process.kill(running, signal));
    expect(await soon(() => leftBy(pid))).toEqual([]);
  });

  test('by concurrent runs, some of them killed', async () => {
    const stacks = stacksDir();
    const pids = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        rehearse(stacks, 'apply', (pid) => index % 2 === 0 && process.kill(pid, 'SIGKILL')),
      ),
    );
    expect(await soon(() => pids.flatMap(leftBy))).toEqual([]);
  });
});
