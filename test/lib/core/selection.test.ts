import type { App } from 'cdktf';
import { Construct } from 'constructs';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acknowledge } from '../../../lib/core/acknowledge';
import { AwsStack } from '../../../lib/core/aws-stack';
import { check } from '../../../lib/core/check';
import { buildIfSelected } from '../../../lib/core/selection';
import { synthesize } from '../../../lib/core/synthesize';

const where = { account: '123456789012', region: 'eu-west-1' };
let outdir: string;
let stderr: jest.SpyInstance;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'quayside-selection-'));
  stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  rmSync(outdir, { recursive: true });
  stderr.mockRestore();
  process.exitCode = undefined;
});

/** The stacks that were built, and the output. */
function run(stacks: readonly string[]): { built: string[]; printed: string } {
  const built: string[] = [];
  synthesize({ stacks, outdir }, (app: App) => {
    for (const environment of ['production', 'staging']) {
      for (const layer of ['infrastructure', 'platform']) {
        const stack = `${environment}-${layer}`;
        buildIfSelected(app, { stack, environment }, () => built.push(new AwsStack(app, stack, where).node.id));
      }
    }
  });
  return { built, printed: stderr.mock.calls.map(([text]) => String(text)).join('') };
}

test.each([
  {
    stacks: [],
    built: ['production-infrastructure', 'production-platform', 'staging-infrastructure', 'staging-platform'],
  },
  { stacks: ['staging-platform'], built: ['staging-platform'] },
  { stacks: ['production'], built: ['production-infrastructure', 'production-platform'] },
  { stacks: ['*-platform'], built: ['production-platform', 'staging-platform'] },
])('$stacks builds only $built', ({ stacks, built }) => {
  expect(run(stacks)).toEqual({ built, printed: '' });
  expect(readdirSync(join(outdir, 'stacks')).sort()).toEqual(built);
});

test('a command that runs the app selects by environment variable, and unknown names are ignored', () => {
  process.env['QUAYSIDE_STACKS'] = 'staging-platform nobody';
  try {
    expect(run([])).toEqual({ built: ['staging-platform'], printed: '' });
    expect(run(['production']).built).toEqual(['production-infrastructure', 'production-platform']);
  } finally {
    delete process.env['QUAYSIDE_STACKS'];
  }
});

test('an unknown stack name is an error that lists the stacks of the app', () => {
  expect(run(['prod']).printed).toBe(
    'stacks: no stack is named prod: use one of production-infrastructure, production-platform, staging-infrastructure, ' +
      'staging-platform\n',
  );
  expect(process.exitCode).toBe(1);
});

test('a validation error is printed without a stack trace', () => {
  synthesize({ outdir }, (app) => check(new AwsStack(app, 'one', where), 'zones must not be empty'));
  expect(stderr.mock.calls).toEqual([['one: zones must not be empty\n']]);
  expect(process.exitCode).toBe(1);
});

test('a duplicate construct id is printed like a validation error', () => {
  synthesize({ outdir }, (app) => {
    const stack = new AwsStack(app, 'one', where);
    new Construct(stack, 'network');
    new Construct(stack, 'network');
  });
  synthesize({ outdir }, (app) => {
    for (let count = 0; count < 2; count++) new Construct(app, 'shared');
  });
  expect(stderr.mock.calls.flat()).toEqual([
    "one: two constructs have the id 'network': use a unique id for each\n",
    "app: two constructs have the id 'shared': use a unique id for each\n",
  ]);
  expect(process.exitCode).toBe(1);
});

test('other errors keep their stack trace', () => {
  const build = () =>
    synthesize({ outdir }, () => {
      throw new TypeError('internal');
    });
  expect(build).toThrow(TypeError);
});

test('unneeded acknowledgements are printed, and the stacks are written', () => {
  const build = (app: App): void => {
    acknowledge(app, 'overlapping-environments', 'a test');
    for (const stack of ['one', 'two']) {
      buildIfSelected(app, { stack }, () => acknowledge(new AwsStack(app, stack, where), 'spot-single-type', 'a test'));
    }
  };
  const line = (path: string, code: string): string =>
    `${path}: nothing breaks the rule '${code}' here: remove its acknowledgement\n`;
  synthesize({ outdir }, build);
  expect(stderr.mock.calls.flat()).toEqual([
    line('app', 'overlapping-environments'),
    line('one', 'spot-single-type'),
    line('two', 'spot-single-type'),
  ]);
  stderr.mockClear();
  synthesize({ outdir, stacks: ['two'] }, build);
  expect(stderr.mock.calls.flat()).toEqual([line('two', 'spot-single-type')]);
  expect(process.exitCode).toBeUndefined();
  expect(readdirSync(join(outdir, 'stacks')).sort()).toEqual(['one', 'two']);
});

describe('a region that this release does not know', () => {
  test.each([
    { region: 'eu-west-1', warnings: [] },
    { region: 'ap-southeast-7', warnings: [] },
    {
      region: 'eu-wset-1',
      warnings: ["one: region 'eu-wset-1' is not a region that this release knows: did you mean 'eu-west-1'?\n"],
    },
    {
      region: 'eu-atlantis-1',
      warnings: ["one: region 'eu-atlantis-1' is not a region that this release knows: check its name\n"],
    },
  ])('$region', ({ region, warnings }) => {
    synthesize({ outdir }, (app) => void new AwsStack(app, 'one', { ...where, region }));
    expect(stderr.mock.calls.flat()).toEqual(warnings);
    expect(process.exitCode).toBeUndefined();
    expect(readdirSync(join(outdir, 'stacks'))).toEqual(['one']);
  });

  test('is rejected only for its form', () => {
    synthesize({ outdir }, (app) => void new AwsStack(app, 'one', { ...where, region: 'Ireland' }));
    expect(stderr.mock.calls.flat()).toEqual(["one: region must be an AWS region, such as eu-west-1, got 'Ireland'\n"]);
  });
});
