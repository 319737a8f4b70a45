import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findRequirements, ISOLATION, type Binaries } from './ground/requirements';
import { formatResults, formatRun } from './report/text';
import { htmlPage } from './report/html';
import { verdict, type RunResult } from './result';
import type { RunOrder } from './run';
import type { Scenario } from './scenarios/scenario';
import { SCENARIOS } from './scenarios/scenarios';

const USAGE = `prove [--quick] [--html FILE] [--rate N] [--no-controls] [--keep] [SCENARIO...]

Runs the synthesized ingress under load: a real API server, the real Traefik, backends as processes, a model of the load
balancer. Each scenario must pass without a failed request; each control, the same without one protecting setting, must
not. Exit 0 if so, 1 otherwise, 2 if something that it needs is missing.

Scenarios:
${SCENARIOS.map(({ name, title, quick }) => `  ${name.padEnd(26)} ${title}${quick ? ' (quick)' : ''}`).join('\n')}
`;
const DEFAULT_RATE = 250;
const RUN_TIMEOUT_SECONDS = 420;
const DEFAULT_PAGE = 'proving.html';
const USAGE_ERROR = 2;

interface Options {
  readonly names: readonly string[];
  readonly quick: boolean;
  readonly controls: boolean;
  readonly keep: boolean;
  readonly page: string;
  readonly rate: number;
}

function parse(args: readonly string[]): Options | string {
  const names: string[] = [];
  const given = { quick: false, controls: true, keep: false, page: DEFAULT_PAGE, rate: DEFAULT_RATE };
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index]!;
    const value = () => args[(index += 1)] ?? '';
    if (argument === '--quick') given.quick = true;
    else if (argument === '--no-controls') given.controls = false;
    else if (argument === '--keep') given.keep = true;
    else if (argument === '--html') given.page = value();
    else if (argument === '--rate') given.rate = Number(value());
    else if (SCENARIOS.some(({ name }) => name === argument)) names.push(argument);
    else return argument === '--help' ? USAGE : `unknown argument '${argument}'\n\n${USAGE}`;
  }
  return given.rate > 0 ? { ...given, names } : '--rate needs a number of requests per second';
}

const isChosen = (scenario: Scenario, { names, quick }: Options) =>
  names.length > 0 ? names.includes(scenario.name) : !quick || scenario.quick === true;

/** The apps write `cdktf.out` where they run. */
function synthesize(directory: string, variant: string): string {
  const folder = join(directory, variant);
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [join(__dirname, 'app', 'main.js')], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PROVING_VARIANT: variant },
  });
  if (status !== 0) throw new Error(`the app does not synthesize:\n${stderr}`);
  return join(folder, 'cdktf.out');
}

/** In namespaces of its own, which end with it. */
function runIsolated(order: RunOrder): Promise<RunResult> {
  mkdirSync(order.directory, { recursive: true });
  const file = join(order.directory, 'order.json');
  writeFileSync(file, JSON.stringify(order));
  return new Promise((done) => {
    const child = spawn('unshare', [...ISOLATION, process.execPath, join(__dirname, 'run.js'), file], {
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
      if (process.env['PROVE_VERBOSE']) process.stderr.write(text);
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), RUN_TIMEOUT_SECONDS * 1000);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) return done(JSON.parse(readFileSync(order.result, 'utf8')) as RunResult);
      const error = errors.trim().split('\n').slice(-8).join('\n') || `it took more than ${RUN_TIMEOUT_SECONDS} s`;
      const empty = { outcomes: [], events: [], begin: 0, end: 0, lag: { longestStallMs: 0, latestStartMs: 0 } };
      const { scenario, control } = order;
      done({ scenario, title: scenario, ...(control !== undefined && { control }), ...empty, traefik: '?', error });
    });
  });
}

async function runAll(options: Options, binaries: Binaries, directory: string): Promise<readonly RunResult[]> {
  const stacks = new Map<string, string>();
  const stacksOf = ({ variants = [] }: Scenario) => {
    for (const variant of ['base', ...variants]) {
      if (!stacks.has(variant)) stacks.set(variant, synthesize(join(directory, 'stacks'), variant));
    }
    return Object.fromEntries(stacks);
  };
  const results: RunResult[] = [];
  for (const scenario of SCENARIOS.filter((one) => isChosen(one, options))) {
    const controls = options.controls ? scenario.controls.map(({ name }) => name) : [];
    for (const control of [undefined, ...controls]) {
      const folder = join(directory, `run-${results.length}`);
      const order: RunOrder = {
        scenario: scenario.name,
        ...(control !== undefined && { control }),
        stacks: stacksOf(scenario),
        directory: folder,
        result: join(folder, 'result.json'),
        binaries,
        requestsPerSecond: options.rate,
      };
      const first = await runIsolated(order);
      // A machine that stood still proves nothing: once more.
      const result = verdict(first) === 'machine' ? await runIsolated(order) : first;
      results.push(result);
      process.stdout.write(`${formatRun(result)}\n`);
    }
  }
  return results;
}

/** @returns the exit code */
export async function main(args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<number> {
  const options = parse(args);
  if (typeof options === 'string') {
    process.stdout.write(`${options}\n`);
    return options === USAGE ? 0 : USAGE_ERROR;
  }
  const { binaries, missing } = findRequirements(environment);
  if (missing !== undefined) {
    process.stderr.write(`${missing}\n`);
    return USAGE_ERROR;
  }
  const directory = mkdtempSync(join(tmpdir(), 'prove-'));
  try {
    const started = Date.now();
    const results = await runAll(options, binaries, directory);
    const seconds = Math.round((Date.now() - started) / 1000);
    process.stdout.write(`\n${formatResults(results, seconds)}\n`);
    writeFileSync(options.page, htmlPage(results));
    process.stdout.write(`${resolve(options.page)}\n`);
    return results.every((result) => verdict(result) === 'passed') ? 0 : 1;
  } finally {
    if (options.keep) process.stdout.write(`${directory}\n`);
    else rmSync(directory, { recursive: true, force: true });
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: Error) => {
      process.stderr.write(`prove: ${error.message}\n`);
      process.exitCode = 1;
    },
  );
}
