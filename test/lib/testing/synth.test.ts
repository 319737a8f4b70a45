import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { DataAwsVpc } from '@cdktf/provider-aws/lib/data-aws-vpc';
import { App, TerraformStack } from 'cdktf';
import { planApp, planStack, synthApp, synthStack } from 'quayside/testing';
import { AwsStack } from '../../../lib/core/aws-stack';
import { describeWithTerraform, removeSynthesized, synthesize } from '../offline/support/app';
import { team } from './fixtures';

afterAll(removeSynthesized);

const PLACE = { account: '123456789012', region: 'eu-west-1' };
const two = (app: App) => {
  new AwsStack(app, 'one', PLACE);
  const stack = new AwsStack(app, 'two', PLACE);
  new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });
};

const temporary = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('quayside-') && name.includes(`-${process.pid}-`));

test('stacks by name', () => {
  expect([...synthApp(two).keys()]).toEqual(['one', 'two']);
  expect(synthApp(two).get('two')!.getResource(Vpc).attributes['cidr_block']).toBe('10.0.0.0/16');
});

test.each([
  ['a function that returns it', team((stack) => void new Vpc(stack, 'vpc', {}))],
  ['a function with one stack', (app: App) => void team((stack) => void new Vpc(stack, 'vpc', {}))(app)],
  ['a stack', () => team((stack) => void new Vpc(stack, 'vpc', {}))(new App({ outdir: synthesize(() => {}) }))],
])('one stack of %s', (_, source) => {
  const given = source.length === 0 ? (source as unknown as () => TerraformStack)() : source;
  expect(synthStack(given).getResource(Vpc).path).toBe('vpc');
});

test('an existing app, and its directory', () => {
  const outdir = synthesize(two);
  const app = new App({ outdir: synthesize(() => {}) });
  two(app);
  expect([...synthApp(app).keys()]).toEqual(['one', 'two']);
  expect(synthApp(app).get('two')!.json).toEqual(synthApp(two).get('two')!.json);
  expect([...synthApp(outdir).keys()]).toEqual(['one', 'two']);
});

test.each([
  [
    'several stacks',
    () => synthStack(two),
    "expected one stack, the app has one, two: return the one to use, as in (app) => new TeamStack(app, 'team')",
  ],
  [
    'no stack',
    () => synthStack(() => {}),
    "expected one stack, the app has none: return the one to use, as in (app) => new TeamStack(app, 'team')",
  ],
  [
    'a missing directory',
    () => synthStack('/nowhere'),
    '/nowhere has no manifest.json: synthesize the app into it, or pass the app itself',
  ],
  [
    'a validation',
    () => synthStack((app) => new AwsStack(app, 's', { ...PLACE, account: '1' })),
    "s: account must be a string of twelve digits, such as '123456789012', got '1'",
  ],
  [
    'a missing provider',
    () =>
      synthStack((app) => {
        const stack = new TerraformStack(app, 's');
        new Vpc(stack, 'vpc', {});
      }),
    /provider/i,
  ],
])('%s is an error', (_, synth, message) => {
  expect(synth).toThrow(message);
});

test('a data source is not a resource', () => {
  const stack = synthStack(team((scope) => void new Vpc(scope, 'vpc', {})));
  expect(() => stack.getResource(DataAwsVpc)).toThrow('DataAwsVpc is a data source');
});

test('nothing is left in the temporary directory', () => {
  synthApp(two);
  expect(() =>
    synthStack(() => {
      throw new Error('half way');
    }),
  ).toThrow('half way');
  expect(temporary()).toEqual([]);
});

describeWithTerraform('planning', () => {
  test('all stacks, or one of them', async () => {
    const plans = await planApp(two);
    expect([...plans].map(([name, { resources }]) => [name, resources.length])).toEqual([
      ['one', 0],
      ['two', 1],
    ]);
    expect([...(await planApp(two, { stacks: ['o*'] })).keys()]).toEqual(['one']);
    expect((await planStack(synthesize(team(() => {})))).name).toBe('team');
    expect(temporary()).toEqual([]);
  });

  test('concurrently in one process, and after a failure', async () => {
    const vpc = (cidrBlock: string) => team((stack) => void new Vpc(stack, 'vpc', { cidrBlock }));
    const all = await Promise.allSettled(
      ['10.0.0.0/16', '10.1.0.0/16', 'ten', '10.2.0.0/16'].map((cidr) => planStack(vpc(cidr))),
    );
    expect(
      all.map((one) => (one.status === 'fulfilled' ? one.value.getResource(Vpc).attributes['cidr_block'] : 'refused')),
    ).toEqual(['10.0.0.0/16', '10.1.0.0/16', 'refused', '10.2.0.0/16']);
    expect(temporary()).toEqual([]);
  });

  test('a signal ends it', async () => {
    const signal = AbortSignal.abort();
    await expect(
      planStack(
        team(() => {}),
        { signal },
      ),
    ).rejects.toThrow('aborted');
    expect(temporary()).toEqual([]);
  });
});
