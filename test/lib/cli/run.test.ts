import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../../../lib/cli/io';
import { run } from '../../../lib/cli/run';
import { Project, removeProjects } from './support/project';

afterAll(removeProjects);

async function called(args: readonly string[], cwd = '/') {
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

test.each<{ args: string[]; says: string; help?: string }>([
  { args: ['pln'], says: 'unknown command pln, did you mean plan?', help: 'quayside' },
  { args: ['constructor'], says: 'unknown command constructor', help: 'quayside' },
  { args: ['plan', '--agianst', 'x'], says: 'unknown option --agianst, did you mean --against?' },
  { args: ['plan', '-x'], says: 'unknown option -x' },
  { args: ['plan', '--against'], says: '--against needs a value' },
  { args: ['plan', '--against', '--markdown'], says: '--against needs a value' },
  { args: ['plan', '--json=yes'], says: '--json takes no value' },
  { args: ['plan', '--json', '--markdown'], says: '--json and --markdown exclude each other' },
  { args: ['plan', '--app', 'x', '--dir', 'y'], says: '--app and --dir exclude each other' },
  { args: ['plan', '--providers', 'fake'], says: "--providers must be double or real, got 'fake'" },
  {
    args: ['plan', '--providers', 'real', '--against', 'main'],
    says: '--against needs the stand-ins: with --providers real it would apply the other revision',
  },
  { args: ['plan', '--deny-destroy'], says: '--deny-destroy needs --against: on top of nothing, nothing is destroyed' },
  { args: ['rehearse', '--providers', 'real'], says: 'unknown option --providers', help: 'quayside rehearse' },
])('$args is not understood: $says', async ({ args, says, help = 'quayside plan' }) => {
  const { code, err } = await called(args);
  expect({ code, err }).toEqual({ code: 2, err: `quayside: ${says}\nTry: ${help} --help\n` });
});

test.each<{ args: string[]; code: number; starts: string }>([
  { args: [], code: 2, starts: 'Usage: quayside <command>' },
  { args: ['--help'], code: 0, starts: 'Usage: quayside <command>' },
  { args: ['plan', '--help'], code: 0, starts: 'Usage: quayside plan' },
  { args: ['rehearse', 'production', '-h'], code: 0, starts: 'Usage: quayside rehearse' },
  { args: ['--version'], code: 0, starts: '0.' },
])('$args prints $starts', async ({ args, code, starts }) => {
  const result = await called(args);
  expect(result).toMatchObject({ code, err: '' });
  expect(result.out.startsWith(starts)).toBe(true);
});

test('a command that failed is a document, too, where one was asked for', async () => {
  const { code, out } = await called(['plan', '--json', '--dir', 'nowhere']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({ formatVersion: 1, ok: false, error: expect.stringMatching(/no such directory$/) });
});

describe('what is missing is told before the app is run', () => {
  const project = new Project();
  const plan = (...args: string[]) => called(['plan', '--app', 'touch was-run', ...args], project.directory);

  test.each<{ args: string[]; err: RegExp }>([
    { args: ['--terraform', '/nowhere/terraform'], err: /'\/nowhere\/terraform' cannot be run/ },
    { args: ['--remote-states', 'nowhere.json'], err: /^quayside: --remote-states \S+ cannot be read as JSON: ENOENT/ },
  ])('$args', async ({ args, err }) => {
    expect(await plan(...args)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(err) as string });
    expect(existsSync(join(project.directory, 'was-run'))).toBe(false);
  });

  test('a folder without an app', async () => {
    expect(await called(['plan'])).toEqual({
      code: 1,
      out: '',
      err:
        'quayside: / has no cdktf.json that names an app: run this in a cdktf project, or say which with ' +
        '--app "node main.js" or --dir cdktf.out\n',
    });
  });
});
