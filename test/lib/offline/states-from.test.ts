import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformOutput, type App } from 'cdktf';
import { AwsStack } from '../../../lib/core/aws-stack';
import { remoteState, type StateBackend } from '../../../lib/core/state-backend';
import { offlinePlan, offlineRehearsal, type OfflinePlan, type Progress } from '../../../lib/offline';
import { describeWithTerraform, PLACE, removeSynthesized, synthesize } from './support/app';

jest.setTimeout(60_000);
afterAll(removeSynthesized);

const BACKEND: StateBackend = { kind: 's3', bucket: 'states', region: 'eu-west-1' };
const IN_PLACE = { ...PLACE, backend: BACKEND };

/** An environment: one stack whose state others read, and one that only reads. */
function environment(app: App, cidrBlock: unknown = '10.0.0.0/16'): void {
  const below = new AwsStack(app, 'production-infrastructure', IN_PLACE);
  const vpc = new Vpc(below, 'vpc', { cidrBlock: '10.0.0.0/16' });
  vpc.addOverride('cidr_block', cidrBlock);
  new TerraformOutput(below, 'vpc_id', { value: vpc.id, staticId: true });
  new TerraformOutput(below, 'cidr', { value: vpc.cidrBlock, staticId: true });
  const above = new AwsStack(app, 'production-platform', IN_PLACE);
  const state = remoteState(above, 'infrastructure', BACKEND, 'production-infrastructure');
  new SqsQueue(above, 'queue', { name: 'platform', tags: { vpc: state.getString('vpc_id') } });
}

interface Shop {
  readonly name?: string;
  /** Whether it reads the environment's state. */
  readonly reads?: boolean;
  readonly stack?: string;
}

/** A team's app, in a repository of its own. */
const shop =
  ({ name = 'jobs', reads = true, stack = 'shop' }: Shop = {}) =>
  (app: App): void => {
    const scope = new AwsStack(app, stack, IN_PLACE);
    const queue = new SqsQueue(scope, 'queue', { name });
    if (!reads) return;
    const state = remoteState(scope, 'infrastructure', BACKEND, 'production-infrastructure');
    queue.tags = { vpc: state.getString('vpc_id'), cidr: state.getString('cidr') };
  };

const errors = ({ stacks }: Pick<OfflinePlan, 'stacks'>) =>
  stacks.flatMap(({ diagnostics }) => diagnostics.map(({ summary }) => summary));
const changes = ({ stacks }: OfflinePlan) =>
  stacks.map(({ name, resources }) => [
    name,
    ...resources.map(({ address, actions }) => `${actions.join()} ${address}`),
  ]);
const failure = (options: Parameters<typeof offlinePlan>[0]) =>
  offlinePlan(options).then(
    () => 'planned',
    (error: Error) => error.message,
  );

describeWithTerraform('states from another app', () => {
  const production = synthesize((app) => environment(app));
  const stacksDir = synthesize(shop());

  test('a stack is planned against what the environment would hold; only what it reads is planned along', async () => {
    const planned = new Set<string>();
    const onProgress = (progress: Progress) => progress.kind === 'stage-start' && planned.add(progress.stack);
    const plan = await offlinePlan({ stacksDir, statesFrom: production, onProgress });
    expect(errors(plan)).toEqual([]);
    expect(changes(plan)).toEqual([['shop', 'create aws_sqs_queue.queue']]);
    expect(plan.stacks[0]!.resources[0]!.after).toMatchObject({
      tags: { vpc: expect.stringMatching(/^vpc-[0-9a-f]{17}$/) as string, cidr: '10.0.0.0/16' },
    });
    expect([...planned].sort()).toEqual(['production-infrastructure', 'shop']);
  });

  test('without them the state is missed', async () => {
    const plan = await offlinePlan({ stacksDir });
    expect(errors(plan)).toEqual([
      'data.terraform_remote_state.infrastructure reads a state that no stack of the app owns',
    ]);
  });

  test('an app that reads none of them is planned alone', async () => {
    const plan = await offlinePlan({ stacksDir: synthesize(shop({ reads: false })), statesFrom: production });
    expect({ errors: errors(plan), changes: changes(plan) }).toEqual({
      errors: [],
      changes: [['shop', 'create aws_sqs_queue.queue']],
    });
  });

  test('a fault of the environment is told by its stack', async () => {
    const statesFrom = synthesize((app) => environment(app, { wrong: true }));
    const plan = await offlinePlan({ stacksDir, statesFrom });
    expect(plan.ok).toBe(false);
    expect(plan.stacks.map(({ name, ok }) => [name, ok])).toEqual([
      ['production-infrastructure', false],
      ['shop', false],
    ]);
    expect(errors(plan)).toContain('Not planned: reads the state of production-infrastructure, which failed');
  });

  test('a rehearsal creates what is read first, and destroys it last', async () => {
    const { ok, steps } = await offlineRehearsal({ stacksDir, statesFrom: production });
    expect(ok).toBe(true);
    expect(steps.filter(({ stage }) => stage === 'apply' || stage === 'destroy').map(({ stack }) => stack)).toEqual([
      'production-infrastructure',
      'shop',
      'shop',
      'production-infrastructure',
    ]);
  });

  describe('on top of another version', () => {
    test.each<{ of: string; before: Shop; after: Shop; changed: string[] }>([
      {
        of: 'that reads them too',
        before: {},
        after: { name: 'orders' },
        changed: ['delete,create aws_sqs_queue.queue'],
      },
      { of: 'that did not read them', before: { reads: false }, after: {}, changed: ['update aws_sqs_queue.queue'] },
      { of: 'that alone reads them', before: {}, after: { reads: false }, changed: ['update aws_sqs_queue.queue'] },
    ])('$of, no stack of the environment is destroyed', async ({ before, after, changed }) => {
      const plan = await offlinePlan({
        stacksDir: synthesize(shop(after)),
        baseline: synthesize(shop(before)),
        statesFrom: production,
      });
      expect({ errors: errors(plan), changes: changes(plan) }).toEqual({ errors: [], changes: [['shop', ...changed]] });
    });

    test("a stack of one's own that is gone is", async () => {
      const plan = await offlinePlan({
        stacksDir: synthesize(shop({ stack: 'store' })),
        baseline: stacksDir,
        statesFrom: production,
      });
      expect(changes(plan)).toEqual([
        ['store', 'create aws_sqs_queue.queue'],
        ['shop', 'delete aws_sqs_queue.queue'],
      ]);
    });
  });

  test('providers are looked for beside the other app too', async () => {
    const statesFrom = synthesize((app) => environment(app));
    symlinkSync(join(process.cwd(), 'node_modules'), join(statesFrom, 'node_modules'));
    expect(errors(await offlinePlan({ stacksDir, statesFrom, packagesFrom: ['/nowhere'] }))).toEqual([]);
  });

  describe('a name that both apps have', () => {
    const both = (app: App, name: string) => {
      const stack = new AwsStack(app, name, { ...PLACE, backend: { ...BACKEND, bucket: 'team-states' } });
      new SqsQueue(stack, 'queue', { name });
    };
    const problem = (dir: string, name: string, statesFrom = production) =>
      `${dir} and ${statesFrom} both have a stack ${name}, and the state of the latter is read: rename one`;

    test('is fine where nothing reads that state', async () => {
      const stacksDir = synthesize((app) => [shop()(app), both(app, 'production-platform')]);
      const plan = await offlinePlan({ stacksDir, statesFrom: production });
      expect({ errors: errors(plan), changes: changes(plan) }).toEqual({
        errors: [],
        changes: [
          ['production-platform', 'create aws_sqs_queue.queue'],
          ['shop', 'create aws_sqs_queue.queue'],
        ],
      });
    });

    test('is refused where a stack reads that state', async () => {
      const stacksDir = synthesize((app) => [shop()(app), both(app, 'production-infrastructure')]);
      expect(await failure({ stacksDir, statesFrom: production })).toBe(
        problem(stacksDir, 'production-infrastructure'),
      );
    });

    test('is refused where a stack that is read does', async () => {
      const statesFrom = synthesize((app) => {
        const below = new AwsStack(app, 'shared', IN_PLACE);
        new TerraformOutput(below, 'cidr', { value: '10.0.0.0/16', staticId: true });
        const above = new AwsStack(app, 'production-infrastructure', IN_PLACE);
        const value = remoteState(above, 'shared', BACKEND, 'shared').getString('cidr');
        for (const id of ['vpc_id', 'cidr']) new TerraformOutput(above, id, { value, staticId: true });
      });
      const stacksDir = synthesize((app) => [shop()(app), both(app, 'shared')]);
      expect(await failure({ stacksDir, statesFrom })).toBe(problem(stacksDir, 'shared', statesFrom));
    });

    test.each<{ title: string; before: (app: App) => void; after: (app: App) => void; has: 'before' | 'after' }>([
      {
        title: 'the earlier version has it, and the later one reads that state',
        before: (app) => both(app, 'production-infrastructure'),
        after: shop(),
        has: 'before',
      },
      {
        title: 'the later version has it, and the earlier one reads that state',
        before: shop(),
        after: (app) => both(app, 'production-infrastructure'),
        has: 'after',
      },
    ])('is refused where $title', async ({ before, after, has }) => {
      const dirs = { before: synthesize(before), after: synthesize(after) };
      expect(await failure({ stacksDir: dirs.after, baseline: dirs.before, statesFrom: production })).toBe(
        problem(dirs[has], 'production-infrastructure'),
      );
    });
  });

  test("the other app's stacks cannot be chosen", async () => {
    expect(await failure({ stacksDir, statesFrom: production, stacks: ['production-*'] })).toBe(
      'no stack is named production-*: the app has shop',
    );
  });

  test('an app that is not there is missed', async () => {
    expect(await failure({ stacksDir, statesFrom: '/nowhere' })).toBe(
      'no synthesized stack in /nowhere: synthesize the app first, or pass its cdktf.out directory',
    );
  });
});
