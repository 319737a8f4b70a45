import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'cdktf';
import { AwsStack } from '../../../lib/core/aws-stack';
import { synthesize } from '../../../lib/core/synthesize';

let outdir: string;
let stderr: jest.SpyInstance;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'quayside-synthesize-'));
  stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  rmSync(outdir, { recursive: true });
  stderr.mockRestore();
  process.exitCode = undefined;
});

const place = (app: App) => void new AwsStack(app, 'one', { account: '123456789012', region: 'eu-west-1' });

test.each<{ name: string; build: unknown; printed: string }>([
  {
    name: 'an async function',
    build: async (app: App) => {
      await Promise.resolve();
      place(app);
    },
    printed:
      'synthesize: the function that adds the stacks is async: read what it needs before, and place its constructs without waiting\n',
  },
  {
    name: 'a function that returns a promise after it has placed its constructs',
    build: (app: App) => {
      place(app);
      return Promise.resolve();
    },
    printed:
      'synthesize: the function that adds the stacks is async: read what it needs before, and place its constructs without waiting\n',
  },
  {
    name: 'no function',
    build: undefined,
    printed:
      'synthesize: the second argument must be a function that adds the stacks: synthesize({}, (app) => { ... })\n',
  },
])('$name is rejected, and nothing is written', ({ build, printed }) => {
  synthesize({ outdir }, build as (app: App) => void);
  expect(stderr.mock.calls.flat().join('')).toBe(printed);
  expect(process.exitCode).toBe(1);
  expect(existsSync(join(outdir, 'manifest.json'))).toBe(false);
});
