import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../../../lib/cli/io';
import { run } from '../../../lib/cli/run';
import { describeWithTerraform } from '../offline/support/app';
import { Project, removeProjects } from './support/project';

afterAll(removeProjects);

async function runCli(args: readonly string[], cwd = '/') {
  let [out, err] = ['', ''];
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    cwd,
    colour: false,
    live: false,
    signal: new AbortController().signal,
  };
  return { code: await run(args, io), out, err };
}

test.each<{ args: string[]; message: string; help?: string }>([
  { args: ['pln'], message: "unknown command 'pln': did you mean 'plan'?", help: 'quayside' },
  { args: ['constructor'], message: "unknown command 'constructor'", help: 'quayside' },
  { args: ['plan', '--agianst', 'x'], message: "unknown option '--agianst': did you mean '--against'?" },
  { args: ['plan', '-x'], message: "unknown option '-x'" },
  { args: ['plan', '--against'], message: '--against needs a value' },
  { args: ['plan', '--against', '--markdown'], message: '--against needs a value' },
  { args: ['plan', '--json=yes'], message: '--json takes no value' },
  { args: ['plan', '--json', '--markdown'], message: '--json and --markdown exclude each other' },
  { args: ['plan', '--app', 'x', '--dir', 'y'], message: '--app and --dir exclude each other' },
  { args: ['plan', '--providers', 'fake'], message: "--providers must be double or real, got 'fake'" },
  {
    args: ['plan', '--providers', 'real', '--against', 'main'],
    message: '--against requires mock providers: with --providers real it would apply the other revision',
  },
  {
    args: ['plan', '--deny-destroy'],
    message: '--deny-destroy requires --against: on an empty state, nothing is destroyed',
  },
  { args: ['rehearse', '--providers', 'real'], message: "unknown option '--providers'", help: 'quayside rehearse' },
])('$args is a usage error: $message', async ({ args, message, help = 'quayside plan' }) => {
  const { code, err } = await runCli(args);
  expect({ code, err }).toEqual({ code: 2, err: `quayside: ${message}\nTry: ${help} --help\n` });
});

test.each<{ args: string[]; code: number; starts: string }>([
  { args: [], code: 2, starts: 'Usage: quayside <command>' },
  { args: ['--help'], code: 0, starts: 'Usage: quayside <command>' },
  { args: ['plan', '--help'], code: 0, starts: 'Usage: quayside plan' },
  { args: ['rehearse', 'production', '-h'], code: 0, starts: 'Usage: quayside rehearse' },
  { args: ['--version'], code: 0, starts: '0.' },
])('$args prints $starts', async ({ args, code, starts }) => {
  const result = await runCli(args);
  expect(result).toMatchObject({ code, err: '' });
  expect(result.out.startsWith(starts)).toBe(true);
});

test('with --json, a failure is a document as well', async () => {
  const { code, out } = await runCli(['plan', '--json', '--dir', 'nowhere']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    formatVersion: 1,
    ok: false,
    error: expect.stringMatching(/no such directory: pass one that/),
  });
});

describeWithTerraform('with --json, a failure of the app is what the app printed', () => {
  const project = new Project();
  const LAST = 'production: zones must have at least 2 items, got []: add one';

  test.each(['plan', 'rehearse', 'report', 'facts production'])('%s', async (command) => {
    const app = `echo "${LAST}" >&2; echo "a log"; exit 1`;
    const result = await runCli([...command.split(' '), '--json', '--app', app], project.directory);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.out)).toEqual({
      formatVersion: 1,
      ok: false,
      error: `the app failed with exit code 1: ${app} (in ${project.directory}): correct what it reports\n${LAST}\na log`,
    });
    // The terminal has it once.
    expect(result.err.split(LAST)).toHaveLength(3);
  });

  test('of an app without an error, that it wrote no stacks', async () => {
    const { out } = await runCli(['report', '--json', '--app', 'echo nothing to do'], project.directory);
    expect((JSON.parse(out) as { error: string }).error).toMatch(
      /^the app wrote no stacks to \$CDKTF_OUTDIR: .* with --dir\nnothing to do$/,
    );
  });

  test('of a long output, its end', async () => {
    const app = `node -e "console.error('x'.repeat(1e6) + 'the end'); process.exitCode = 1"`;
    const { out } = await runCli(['report', '--json', '--app', app], project.directory);
    expect(out.length).toBeLessThan(25_000);
    expect((JSON.parse(out) as { error: string }).error.endsWith('the end')).toBe(true);
  });
});

describe('missing files are reported before the app is run', () => {
  const project = new Project();
  const plan = (...args: string[]) => runCli(['plan', '--app', 'touch was-run', ...args], project.directory);

  test.each<{ args: string[]; err: RegExp }>([
    { args: ['--terraform', '/nowhere/terraform'], err: /'\/nowhere\/terraform' cannot be run/ },
    { args: ['--remote-states', 'nowhere.json'], err: /^quayside: --remote-states \S+ must be a JSON file: ENOENT/ },
    {
      args: ['--remote-states', 'list.json'],
      err: /^quayside: --remote-states \S+ must be \{ "data source id": \{ "output": "value" \} \}, got \["shop"\]\n$/,
    },
    {
      args: ['--remote-states', 'flat.json'],
      err: /^quayside: --remote-states \S+ must be \{ "data source id": \{ "output": "value" \} \}, got \{"shop":1\}\n$/,
    },
  ])('$args', async ({ args, err }) => {
    writeFileSync(join(project.directory, 'list.json'), '["shop"]');
    writeFileSync(join(project.directory, 'flat.json'), '{ "shop": 1 }');
    expect(await plan(...args)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(err) as string });
    expect(existsSync(join(project.directory, 'was-run'))).toBe(false);
  });

  test('a directory without an app', async () => {
    expect(await runCli(['plan'])).toEqual({
      code: 1,
      out: '',
      err:
        'quayside: / has no cdktf.json with an app: run this in a cdktf project, or pass ' +
        '--app "node main.js" or --dir cdktf.out\n',
    });
  });
});
