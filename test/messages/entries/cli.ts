import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { checkOut, repositoryRoot } from '../../../lib/cli/app/git';
import { readProject } from '../../../lib/cli/app/project';
import { knownStacks } from '../../../lib/cli/app/select-stacks';
import { Workspace } from '../../../lib/cli/app/workspace';
import { engineOptions } from '../../../lib/cli/commands/common';
import { EXIT } from '../../../lib/cli/exit-codes';
import type { Io } from '../../../lib/cli/io';
import { oneOf } from '../../../lib/cli/parse';
import { run } from '../../../lib/cli/run';
import { directory, group, problemsOf, type Group } from '../try';

/** An app's output with one stack, `shop`. */
function synthesized(): string {
  const outdir = folder('shop.out');
  if (existsSync(join(outdir, 'manifest.json'))) return outdir;
  const app = new App({ outdir });
  new TerraformStack(app, 'shop');
  app.synth();
  return outdir;
}

function folder(name: string): string {
  const path = join(directory(), name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** A file with a text, which is its input too. */
function written(name: string, text: string): string {
  const file = join(folder('files'), name);
  writeFileSync(file, text);
  return file;
}

function io(errors: string[]): Io {
  return {
    out: () => {},
    err: (text) => void errors.push(text),
    cwd: folder('empty'),
    colour: false,
    live: false,
    signal: new AbortController().signal,
  };
}

/** The errors of a command line. An app that is run copies the stack. */
async function command(line: string): Promise<readonly string[]> {
  const app = `cp -r ${synthesized()}/. $CDKTF_OUTDIR`;
  const args = line.split(' ').map((arg) => arg.replace('DIR', synthesized()).replace('APP', app).replaceAll('~', ' '));
  const errors: string[] = [];
  const code = await run(args, io(errors));
  return code === EXIT.ok
    ? []
    : [
        errors
          .join('')
          .replace(/^quayside: /, '')
          .replace(/\n(?:Try: .*\n)?$/, ''),
      ];
}

/** What is wrong with the command line itself: nothing is run. */
async function usage(line: string): Promise<readonly string[]> {
  const errors: string[] = [];
  const code = await run([...line.split(' '), '--dir', 'nowhere'], io(errors));
  return code === EXIT.usage ? [errors[0]!.replace(/^quayside: /, '').trim()] : [];
}

async function rejection(work: () => unknown): Promise<readonly string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** A repository with one commit on `main`. */
function repository(): string {
  const root = folder('repository');
  if (existsSync(join(root, '.git'))) return root;
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args]);
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'a commit');
  return root;
}

const FACTS = `facts production --app APP~&&~echo~'{"backend":{"kind":"s3"}}'~>$QUAYSIDE_FACTS/production.json`;
const IN_TEXT = 'the name of a property does not occur in a command line';

export const GROUPS: readonly Group[] = [
  group<string>(command, {
    "unknown command '{}'{}": { wrong: 'reprot --dir DIR', right: 'report --dir DIR', unnamed: IN_TEXT },
    "unknown option '{}'{}": { wrong: 'report --dri DIR', right: 'report --dir DIR', unnamed: IN_TEXT },
    '{} needs a value': { wrong: 'report --dir', right: 'report --dir DIR', unnamed: IN_TEXT },
    '{} takes no value': { wrong: 'report --json=yes --dir DIR', right: 'report --json --dir DIR', unnamed: IN_TEXT },
    '--{} and --{} exclude each other': {
      wrong: 'report --app APP --dir DIR',
      right: 'report --dir DIR',
      unnamed: IN_TEXT,
    },
    '{} {}: no such directory: pass one that an app was synthesized into, such as cdktf.out': {
      wrong: 'report --dir nowhere',
      right: 'report --dir DIR',
      unnamed: IN_TEXT,
    },
    '{} has no cdktf.json with an app: run this in a cdktf project, or pass --app "node main.js" or --dir cdktf.out': {
      wrong: 'report',
      right: 'report --app APP',
      unnamed: IN_TEXT,
    },
    'the app failed with exit code {}: {} (in {}): correct what it reports': {
      wrong: 'report --app exit~1',
      right: 'report --app APP',
      unnamed: IN_TEXT,
    },
    "the app wrote no stacks to $CDKTF_OUTDIR: {}. It must call app.synth() without setting App's outdir; otherwise run it yourself and pass its output with --dir":
      { wrong: 'report --app true', right: 'report --dir DIR', unnamed: IN_TEXT },
    'name one environment: quayside facts production': {
      wrong: 'facts',
      right: FACTS,
    },
    'no environment is named {}: use one of {}': {
      wrong: 'facts shop --app APP~&&~echo~1~>$QUAYSIDE_FACTS/production.json',
      right: FACTS,
      unnamed: IN_TEXT,
    },
    'the app wrote no facts: add an Environment to it, or update the quayside that it uses': {
      wrong: 'facts production --app APP',
      right: FACTS,
      unnamed: IN_TEXT,
    },
  }),
  group<string>(usage, {
    '--against requires mock providers: with --providers real it would apply the other revision': {
      wrong: 'plan --providers real --against main',
      right: 'plan --against main',
      unnamed: IN_TEXT,
    },
    '--{} requires --against: on an empty state, nothing is destroyed': {
      wrong: 'plan --deny-destroy',
      right: 'plan --deny-destroy --against main',
      unnamed: IN_TEXT,
    },
  }),
  group((value: string) => problemsOf(() => void oneOf('providers', value, ['double', 'real'])), {
    "--{} must be {}, got '{}'": { wrong: 'fake', right: 'real' },
  }),
  group((stacks: readonly string[]) => problemsOf(() => void knownStacks([], stacks)), {
    'the app has no stacks: add one, such as new TerraformStack(app, ...)': { wrong: [], right: ['shop'] },
  }),
  group((text: string) => problemsOf(() => void readProject(join(written('cdktf.json', text), '..'))), {
    '{} must be a JSON file: {}': { wrong: '{', right: '{}', unnamed: 'it has the file and the position' },
  }),
  group(
    (text: string) =>
      rejection(() =>
        Workspace.use(new AbortController().signal, async (workspace) => {
          const values = { terraform: process.execPath, 'remote-states': written('states.json', text) };
          engineOptions(values, workspace, io([]));
        }),
      ),
    {
      '--remote-states {} must be a JSON file: {}': {
        wrong: '{',
        right: '{}',
        unnamed: 'it has the file and the position',
      },
      '--remote-states {} must be { "data source id": { "output": "value" } }, got {}': {
        wrong: '{"shop":"vpc-1"}',
        right: '{"shop":{"vpc_id":"vpc-1"}}',
      },
    },
  ),
  group(
    (place: string) => rejection(() => repositoryRoot(place === 'repository' ? repository() : folder(place), 'main')),
    {
      "--against '{}': no such directory, and {}: pass a directory, or use a git repository": {
        wrong: 'empty',
        right: 'repository',
      },
    },
  ),
  group(
    (revision: string) =>
      rejection(() =>
        Workspace.use(new AbortController().signal, (workspace) => checkOut(repository(), revision, workspace)),
      ),
    {
      "--against '{}': no such directory or git revision: fetch the revision first (with actions/checkout: fetch-depth: 0)":
        { wrong: 'mian', right: 'main' },
    },
  ),
];
