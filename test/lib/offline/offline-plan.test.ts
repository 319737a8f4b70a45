import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { DataTerraformRemoteStateS3, TerraformOutput, TerraformStack, type App } from 'cdktf';
import { acknowledge } from '../../../lib/core/acknowledge';
import { AwsStack } from '../../../lib/core/aws-stack';
import { offlinePlan, type OfflinePlan, type ResourcePlan, type Progress } from '../../../lib/offline';
import { offlinePlans } from '../../../lib/offline/offline-plan';
import { describeWithTerraform, PLACE, removeSynthesized, synthesize, synthesizeStack } from './support/app';

// Most of these tests run Terraform several times, which is slow under load.
jest.setTimeout(60_000);
afterAll(removeSynthesized);

const network = (stack: AwsStack, cidrBlock = '10.0.0.0/16') => new Vpc(stack, 'vpc', { cidrBlock });

function twoStacks(app: App, cidr = '10.0.0.0/16'): void {
  acknowledge(app, 'cross-stack-reference', 'the subject of the test');
  const below = new AwsStack(app, 'below', PLACE);
  const vpc = network(below, cidr);
  const above = new AwsStack(app, 'above', PLACE);
  new SqsQueue(above, 'queue', { name: 'jobs', tags: { vpc: vpc.id, cidr: vpc.cidrBlock } });
}

function getResource(plan: OfflinePlan, address: string): ResourcePlan {
  expect(plan.stacks.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  return plan.stacks.flatMap(({ resources }) => resources).find((one) => one.address === address)!;
}

describeWithTerraform('the offline plan', () => {
  test('separates known and unknown values', async () => {
    const plan = await offlinePlan({ stacksDir: synthesizeStack((stack) => void network(stack)) });
    expect(plan.ok).toBe(true);
    expect(getResource(plan, 'aws_vpc.vpc')).toMatchObject({
      path: 'test/vpc',
      actions: ['create'],
      before: null,
      after: { cidr_block: '10.0.0.0/16', region: 'eu-west-1', tags_all: { team: 'platform' } },
      afterUnknown: { id: true, arn: true },
    });
    expect(plan.stacks[0]!.plan).toMatchObject({ format_version: expect.stringMatching(/^1\./) });
  });

  test('is the same on every run', async () => {
    const stacksDir = synthesize(twoStacks);
    const run = async () => {
      const { stacks } = await offlinePlan({ stacksDir });
      return stacks.map(({ plan, resources }) => [plan?.planned_values, resources]);
    };
    expect(await run()).toEqual(await run());
  });

  test('includes the stacks whose state is read, and reads their planned outputs', async () => {
    const plan = await offlinePlan({ stacksDir: synthesize(twoStacks), stacks: ['above'] });
    expect(plan.stacks.map(({ name }) => name)).toEqual(['above']);
    expect(getResource(plan, 'aws_sqs_queue.queue').after).toMatchObject({
      tags: { vpc: expect.stringMatching(/^vpc-[0-9a-f]{17}$/), cidr: '10.0.0.0/16' },
    });
  });

  test('uses the region of each provider', async () => {
    const stacksDir = synthesizeStack((stack) => {
      const usa = new AwsProvider(stack, 'usa', { region: 'us-east-1', alias: 'usa' });
      network(stack);
      new Vpc(stack, 'there', { cidrBlock: '10.1.0.0/16', provider: usa });
    });
    const plan = await offlinePlan({ stacksDir });
    expect(getResource(plan, 'aws_vpc.vpc').after).toMatchObject({ region: 'eu-west-1' });
    expect(getResource(plan, 'aws_vpc.there').after).toMatchObject({ region: 'us-east-1' });
  });

  test('reads data sources', async () => {
    const stacksDir = synthesizeStack((stack) => {
      new SqsQueue(stack, 'queue', { name: new DataAwsCallerIdentity(stack, 'me').accountId });
    });
    expect(getResource(await offlinePlan({ stacksDir }), 'aws_sqs_queue.queue').after).toMatchObject({
      name: PLACE.account,
    });
  });

  test('plans write-only arguments as null', async () => {
    const stacksDir = synthesizeStack((stack) => {
      new SecretsmanagerSecretVersion(stack, 'secret', {
        secretId: 'x',
        secretStringWo: 'hidden',
        secretStringWoVersion: 1,
      });
    });
    const plan = await offlinePlan({ stacksDir });
    expect(getResource(plan, 'aws_secretsmanager_secret_version.secret').after).toMatchObject({
      secret_string_wo: null,
    });
    expect(JSON.stringify(plan.stacks[0]!.plan!.planned_values)).not.toContain('hidden');
  });

  describe('of a state that no stack of the app owns', () => {
    const build = (stack: AwsStack) => {
      const state = new DataTerraformRemoteStateS3(stack, 'outside', {
        bucket: 'states',
        key: 'shared',
        region: 'eu-west-1',
      });
      new SqsQueue(stack, 'queue', { name: state.getString('name') });
    };

    test('uses the given outputs', async () => {
      const plan = await offlinePlan({
        stacksDir: synthesizeStack(build),
        remoteStates: { outside: { name: 'jobs' } },
      });
      expect(getResource(plan, 'aws_sqs_queue.queue').after).toMatchObject({ name: 'jobs' });
    });

    test('requires its outputs', async () => {
      const { ok, stacks } = await offlinePlan({ stacksDir: synthesizeStack(build) });
      expect(ok).toBe(false);
      expect(stacks[0]!.diagnostics).toEqual([
        {
          severity: 'error',
          summary: 'data.terraform_remote_state.outside reads a state that no stack of the app owns',
          detail:
            "Provide its outputs: remoteStates: { 'outside': { ... } }, or the stacks of the app that owns it: statesFrom.",
          addresses: ['data.terraform_remote_state.outside'],
          paths: [],
        },
      ]);
    });
  });

  describe('with a baseline', () => {
    test('of several versions, each is planned against what the baseline left', async () => {
      const version = (name: string, hasReader = true) =>
        synthesize((app) => {
          acknowledge(app, 'cross-stack-reference', 'the subject of the test');
          const role = new IamRole(new AwsStack(app, 'below', PLACE), 'role', { name, assumeRolePolicy: '{}' });
          if (!hasReader) return;
          new SqsQueue(new AwsStack(app, 'above', PLACE), 'queue', { name: 'jobs', tags: { role: role.name } });
        });
      const versions = [version('new'), version('last', false), version('new'), version('old')];
      const plans = await offlinePlans(
        version('old'),
        versions.map((stacksDir) => ({ stacksDir })),
      );
      const actionsOf = (plan: OfflinePlan) => {
        expect(plan.stacks.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
        const managed = plan.stacks.flatMap(({ resources }) => resources).filter(({ mode }) => mode === 'managed');
        return managed.map(({ address, actions }) => `${actions.join('+')} ${address}`);
      };
      expect(plans.map(actionsOf)).toEqual([
        ['delete+create aws_iam_role.role', 'update aws_sqs_queue.queue'],
        ['delete+create aws_iam_role.role', 'delete aws_sqs_queue.queue'],
        // The first version has created a role of this name.
        ['delete+create aws_iam_role.role', 'update aws_sqs_queue.queue'],
        ['no-op aws_iam_role.role', 'no-op aws_sqs_queue.queue'],
      ]);
    });

    test('replaces what a change forces, in all stacks', async () => {
      const plan = await offlinePlan({
        stacksDir: synthesize((app) => twoStacks(app, '10.99.0.0/16')),
        baseline: synthesize(twoStacks),
      });
      expect(getResource(plan, 'aws_vpc.vpc')).toMatchObject({
        actions: ['delete', 'create'],
        replacePaths: [['cidr_block']],
      });
      expect(getResource(plan, 'aws_sqs_queue.queue')).toMatchObject({
        actions: ['update'],
        after: { tags: { cidr: '10.99.0.0/16' } },
      });
    });

    test('plans no changes for the same version', async () => {
      const plan = await offlinePlan({ stacksDir: synthesize(twoStacks), baseline: synthesize(twoStacks) });
      const resources = plan.stacks.flatMap(({ resources }) => resources);
      expect(resources.filter(({ mode }) => mode === 'managed').flatMap(({ actions }) => actions)).toEqual([
        'no-op',
        'no-op',
      ]);
    });

    test('creates an added stack and destroys a removed one', async () => {
      const one = synthesizeStack((stack) => void network(stack));
      const other = synthesize((app) => void network(new AwsStack(app, 'other', PLACE)));
      const plan = await offlinePlan({ stacksDir: other, baseline: one });
      expect(plan.stacks.map(({ name, resources }) => [name, resources.map(({ actions }) => actions)])).toEqual([
        ['other', [['create']]],
        ['test', [['delete']]],
      ]);
    });

    test('a new launch template version updates its users of the latest version', async () => {
      const version = (instanceType: string) =>
        synthesizeStack((stack) => {
          const template = new LaunchTemplate(stack, 'template', { namePrefix: 'x', instanceType });
          new AutoscalingGroup(stack, 'group', {
            minSize: 1,
            maxSize: 1,
            launchTemplate: { id: template.id, version: `\${aws_launch_template.template.latest_version}` },
          });
        });
      const plan = await offlinePlan({ stacksDir: version('m7g.large'), baseline: version('m7g.medium') });
      expect(getResource(plan, 'aws_autoscaling_group.group')).toMatchObject({ actions: ['update'] });
    });

    test('does not replace a moved construct', async () => {
      const role = (stack: AwsStack, id: string) => new IamRole(stack, id, { name: 'x', assumeRolePolicy: '{}' });
      const moved = synthesizeStack((stack) => {
        role(stack, 'new');
        stack.addOverride('moved', [{ from: 'aws_iam_role.old', to: 'aws_iam_role.new' }]);
      });
      const plan = await offlinePlan({
        stacksDir: moved,
        baseline: synthesizeStack((stack) => void role(stack, 'old')),
      });
      expect(getResource(plan, 'aws_iam_role.new')).toMatchObject({
        actions: ['no-op'],
        previousAddress: 'aws_iam_role.old',
      });
    });
  });

  test('imports', async () => {
    const stacksDir = synthesizeStack((stack) => {
      network(stack);
      stack.addOverride('import', [{ to: 'aws_vpc.vpc', id: 'vpc-1' }]);
    });
    expect(getResource(await offlinePlan({ stacksDir }), 'aws_vpc.vpc')).toMatchObject({
      actions: ['update'],
      after: { id: 'vpc-1' },
    });
  });

  test('with real providers runs init first', async () => {
    const stages: string[] = [];
    const stacksDir = synthesize((app) => {
      new TerraformStack(app, 'test').addOverride('resource.terraform_data.x', { input: 1 });
    });
    const onProgress = (progress: Progress) => progress.kind === 'stage-start' && stages.push(progress.stage);
    const plan = await offlinePlan({ stacksDir, providers: 'real', onProgress });
    expect(getResource(plan, 'terraform_data.x')).toMatchObject({ actions: ['create'] });
    expect(stages).toEqual(['init', 'plan']);
  });

  test('concurrent plans do not interfere', async () => {
    const stacksDir = synthesize(twoStacks);
    const plans = await Promise.all(Array.from({ length: 6 }, () => offlinePlan({ stacksDir })));
    expect(plans.map(({ ok }) => ok)).toEqual(Array.from({ length: 6 }, () => true));
  });
});

describe('fails', () => {
  const failure = (options: Parameters<typeof offlinePlan>[0]) =>
    offlinePlan(options).then(
      () => 'planned',
      (error: Error) => error.message,
    );
  const one = () => synthesize((app) => void new TerraformOutput(new AwsStack(app, 'test', PLACE), 'x', { value: 1 }));

  test('without Terraform', async () => {
    expect(await failure({ stacksDir: one(), terraform: '/nowhere/terraform' })).toBe(
      "'/nowhere/terraform' cannot be run: install Terraform or OpenTofu, or set QUAYSIDE_TERRAFORM to its path",
    );
  });

  test('without a synthesized app', async () => {
    expect(await failure({ stacksDir: '/nowhere' })).toBe(
      'no synthesized stack in /nowhere: synthesize the app first, or pass its cdktf.out directory',
    );
  });

  describeWithTerraform('with Terraform', () => {
    test('for an unknown stack', async () => {
      expect(await failure({ stacksDir: one(), stacks: ['prod-*'] })).toBe(
        'no stack is named prod-*: the app has test',
      );
    });

    test('for a baseline with real providers', async () => {
      expect(await failure({ stacksDir: one(), baseline: one(), providers: 'real' })).toBe(
        "baseline requires providers: 'mock': with real providers it would apply the other version",
      );
    });
  });
});
