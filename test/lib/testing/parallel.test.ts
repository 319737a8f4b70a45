import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithTerraform } from '../offline/support/app';

const { build } = require('../../../scripts/build') as { build: (out: string, folders: readonly string[]) => void };

const PROCESSES = 10;
const PLANS = 5;
/** The signals for some of the processes, and the delay after they start to plan, in milliseconds. */
const KILLED: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGKILL', 50],
  ['SIGKILL', 400],
  ['SIGTERM', 150],
  ['SIGTERM', 700],
  ['SIGINT', 300],
];

describeWithTerraform('fifty concurrent plans, some of them killed', () => {
  // Inside the project, so that the compiled files find its packages.
  const library = mkdtempSync(join(__dirname, '..', '..', '..', '.kit-test-'));
  const temporary = mkdtempSync(join(tmpdir(), 'kit-test-'));
  beforeAll(() => build(library, ['lib']));
  afterAll(() => {
    for (const directory of [library, temporary]) rmSync(directory, { recursive: true, force: true });
  });

  test('importing the kit loads neither cdktf nor the offline engine', () => {
    const script = `require(${JSON.stringify(join(library, 'lib', 'testing'))});
      console.log(Object.keys(require.cache).filter((file) => /node_modules|offline/.test(file)).length);`;
    expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', cwd: library })).toBe('0\n');
  });

  /** Runs five concurrent plans, as a team's test would; prints when it starts, and the results. */
  const script = (seed: number) => `
    const { planStack } = require(${JSON.stringify(join(library, 'lib', 'testing'))});
    const { AwsStack } = require(${JSON.stringify(join(library, 'lib'))});
    const { Vpc } = require('@cdktf/provider-aws/lib/vpc');
    const plan = (n) => planStack((app) => {
      const stack = new AwsStack(app, 'team', { account: '123456789012', region: 'eu-west-1' });
      new Vpc(stack, 'vpc', { cidrBlock: '10.${seed}.' + n + '.0/24' });
      return stack;
    });
    console.log('begins');
    Promise.all([...Array(${PLANS}).keys()].map(plan)).then((plans) => {
      const blocks = plans.map((one) => one.getResource('aws_vpc').attributes.cidr_block);
      console.log(JSON.stringify(blocks));
    });`;

  async function run(seed: number, [signal, after]: (typeof KILLED)[number] | readonly [] = []): Promise<string> {
    const child = spawn(process.execPath, ['-e', script(seed)], {
      cwd: library,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => output.push(String(chunk)));
    child.stdout.on('data', (chunk: Buffer) => {
      output.push(String(chunk));
      if (signal && output.join('').startsWith('begins')) setTimeout(() => child.kill(signal), after);
    });
    return new Promise((resolve) => {
      child.on('close', (_, ended) => resolve(ended ?? output.join('')));
    });
  }

  test('leave no process, socket or file behind', async () => {
    const running = Promise.all(Array.from({ length: PROCESSES }, (_, seed) => run(seed, KILLED[seed] ?? [])));
    await sleep(700);
    // `leftBehind` does find them while they exist.
    expect(leftBehind(temporary)).not.toEqual([]);
    const outcomes = await running;
    const survivors = outcomes.slice(KILLED.length);
    const expected = survivors.map((_, at) => {
      const blocks = [...Array(PLANS).keys()].map((n) => `10.${at + KILLED.length}.${n}.0/24`);
      return `begins\n${JSON.stringify(blocks)}\n`;
    });
    expect(survivors).toEqual(expected);
    expect(outcomes.slice(0, KILLED.length)).toEqual(KILLED.map(([signal]) => signal));
    // The watchers of the killed processes are still cleaning up.
    for (let waited = 0; waited < 5_000 && leftBehind(temporary).length > 0; waited += 50) await sleep(50);
    expect(leftBehind(temporary)).toEqual([]);
  });
});

/** Files, sockets among them, in a temporary directory, and processes that were started with it. */
function leftBehind(temporary: string): readonly string[] {
  return [...readdirSync(temporary), ...processesWith(`TMPDIR=${temporary}`)];
}

function processesWith(variable: string): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const environment = readFileSync(join('/proc', pid, 'environ'), 'utf8').split('\0');
      return environment.includes(variable) ? [readFileSync(join('/proc', pid, 'cmdline'), 'utf8')] : [];
    } catch {
      return [];
    }
  });
}
