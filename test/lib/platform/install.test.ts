import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import type { App } from 'cdktf';
import { nodeTerminationHandler } from '../../../lib/addons/node-termination-handler/node-termination-handler';
import { Environment } from '../../../lib/environment/environment';
import type { NodeGroupSpec } from '../../../lib/environment/node-groups';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import type { AddOn } from '../../../lib/platform/add-on';
import { planApp, rehearse } from '../../../lib/testing';
import { APPS_GROUP, environment, refused, synthEnvironments } from '../environment/fixtures';
import { describeWithTerraform } from '../offline/support/app';
import { install } from '../../support/platform';
import { refusal, synthStack } from '../../support/stack';

/** An S3 bucket, and a ConfigMap with its name. */
const LOGS: AddOn<'bucket' | 'arn'> = {
  name: 'logs',
  outputs: { bucket: 'log_bucket_name', arn: 'log_bucket_arn' },
  infrastructure(scope, { facts }) {
    const { bucket, arn } = new S3Bucket(scope, 'bucket', { bucket: `${facts.name}-logs` });
    return { bucket, arn };
  },
  platform(scope, _platform, { bucket, arn }) {
    new ConfigMapV1(scope, 'map', { metadata: { name: 'logs', namespace: 'kube-system' }, data: { bucket, arn } });
  },
};

const SELF_MANAGED: NodeGroupSpec = { ...APPS_GROUP, kind: 'auto-scaling', name: 'batch' };
const STATE = 'data.terraform_remote_state.infrastructure.outputs';

describe('outputs', () => {
  test('are outputs of the infrastructure stack, and read by the platform stack', () => {
    const stacks = synthEnvironments(environment({ addOns: [LOGS] }));
    const infrastructure = stacks.get('staging-infrastructure')!;
    const { address } = infrastructure.getResource('aws_s3_bucket', 'add-ons/logs/bucket');
    expect(infrastructure.json.output).toMatchObject({
      log_bucket_name: { value: `\${${address}.bucket}` },
      log_bucket_arn: { value: `\${${address}.arn}` },
    });
    const platform = stacks.get('staging-platform')!;
    expect(platform.getResource('kubernetes_config_map_v1', 'logs/map').attributes['data']).toEqual({
      bucket: `\${${STATE}.log_bucket_name}`,
      arn: `\${${STATE}.log_bucket_arn}`,
    });
    expect(platform.ofType('aws_s3_bucket')).toEqual([]);
    expect(platform.json.output).toBeUndefined();
  });

  test('that are text are literal', () => {
    const addOn: AddOn<'path'> = {
      name: 'text',
      outputs: { path: 'text_path' },
      infrastructure: () => ({ path: '${x}/%{y}' }),
    };
    const stack = synthEnvironments(environment({ addOns: [addOn] })).get('staging-infrastructure')!;
    expect(stack.json.output).toMatchObject({ text_path: { value: '$${x}/%%{y}' } });
  });

  test('of an add-on without a platform half exist, too', () => {
    const { platform: _, ...infrastructureOnly } = LOGS;
    const stacks = synthEnvironments(environment({ addOns: [infrastructureOnly] }));
    expect(stacks.get('staging-platform')!.resources).toEqual([]);
    expect(stacks.get('staging-infrastructure')!.json.output).toHaveProperty('log_bucket_name');
  });

  test('that the stack already has are shared if the value is the same', () => {
    const written = (addOns: readonly AddOn[]) =>
      synthEnvironments(environment({ addOns, nodeGroups: [APPS_GROUP, SELF_MANAGED] })).get('staging-infrastructure')!
        .json.output;
    expect(written([nodeTerminationHandler()])).toEqual(written([]));
    expect(written([])!['node_draining_queue_url']!['value']).toMatch(/^\$\{aws_sqs_queue\.draining_queue_\w+\.url\}$/);
  });

  const returning = (output: string, value: (scope: Parameters<NonNullable<AddOn['infrastructure']>>[0]) => string) =>
    ({
      name: 'other',
      outputs: { value: output },
      infrastructure: (scope) => ({ value: value(scope) }),
    }) satisfies AddOn<'value'>;

  test.each<{ of: string; addOn: AddOn }>([
    { of: "the stack's, with a literal", addOn: returning('zone_id', () => 'Z2') },
    {
      of: "the stack's, with another resource's attribute",
      addOn: returning('node_draining_queue_url', (scope) => new SqsQueue(scope, 'queue', { name: 'other' }).url),
    },
    { of: 'a list', addOn: returning('name_servers', () => 'ns-1.example.com') },
    { of: 'a construct of the stack', addOn: returning('network', () => 'vpc-1') },
  ])('with the name of $of are rejected', ({ addOn }) => {
    const props = environment({ addOns: [addOn], nodeGroups: [APPS_GROUP, SELF_MANAGED] });
    expect(refused(() => synthEnvironments(props))).toBe(
      `staging-infrastructure: add-on 'other' has the output '${Object.values(addOn.outputs!)[0] as string}', a name that the infrastructure stack already uses: rename it`,
    );
  });

  test.each<{ mistake: string; addOn: object; problem: string }>([
    {
      mistake: 'declared, but not returned',
      addOn: { ...LOGS, infrastructure: () => ({ bucket: 'logs' }) },
      problem: "/logs: add-on 'logs' declares the output 'arn', which infrastructure() does not return: return it",
    },
    {
      mistake: 'declared, and nothing is returned',
      addOn: { ...LOGS, outputs: { bucket: 'log_bucket_name' }, infrastructure: () => {} },
      problem: "/logs: add-on 'logs' declares the output 'bucket', which infrastructure() does not return: return it",
    },
    {
      mistake: 'returned, but not declared',
      addOn: { name: 'logs', infrastructure: () => ({ bucket: 'logs' }) },
      problem: "/logs: infrastructure() of add-on 'logs' returns 'bucket', which is not in outputs: declare it there",
    },
    {
      mistake: 'not a string',
      addOn: { ...LOGS, outputs: { bucket: 'log_bucket_name' }, infrastructure: () => ({ bucket: 3 }) },
      problem: "/logs: output 'bucket' of add-on 'logs' must be a string, got a value of type number",
    },
    {
      mistake: 'a list',
      addOn: { ...LOGS, outputs: { bucket: 'log_bucket_name' }, infrastructure: () => ({ bucket: ['a'] }) },
      problem: "/logs: output 'bucket' of add-on 'logs' must be a string, got a list",
    },
    {
      mistake: 'no object',
      addOn: { ...LOGS, outputs: { bucket: 'log_bucket_name' }, infrastructure: () => 'logs' },
      problem: "/logs: infrastructure() of add-on 'logs' must return an object of strings, got a value of type string",
    },
    {
      mistake: 'both',
      addOn: { ...LOGS, outputs: { one: 'log_one' }, infrastructure: () => ({ other: 'logs' }) },
      problem: [
        '/logs: 2 problems',
        "  - add-on 'logs' declares the output 'one', which infrastructure() does not return: return it",
        "  - infrastructure() of add-on 'logs' returns 'other', which is not in outputs: declare it there",
      ].join('\n'),
    },
  ])('$mistake', ({ addOn, problem }) => {
    expect(refusal((stack) => install(stack, [addOn as AddOn], { half: 'infrastructure' }))).toBe(`test${problem}`);
  });
});

test('outputs are plain data, as a whole too', () => {
  const whole: AddOn<'bucket' | 'arn'> = {
    ...LOGS,
    platform: (scope, _platform, outputs) =>
      void new ConfigMapV1(scope, 'map', { metadata: { name: 'logs' }, data: outputs }),
  };
  const stack = synthStack((scope) => install(scope, [whole]));
  expect(stack.getResource('kubernetes_config_map_v1').attributes['data']).toEqual({
    bucket: 'value-of-log_bucket_name',
    arn: 'arn:aws:service:eu-west-1:123456789012:value-of-log_bucket_arn',
  });
});

test.each<{ half: 'infrastructure' | 'platform'; addOn: AddOn; problem: string }>([
  {
    half: 'infrastructure',
    addOn: { ...LOGS, infrastructure: async () => Promise.resolve({ bucket: 'logs', arn: '' }) } as unknown as AddOn,
    problem:
      "/logs: infrastructure() of add-on 'logs' is async: read what it needs before, and place its constructs without waiting",
  },
  {
    half: 'platform',
    addOn: { ...LOGS, platform: async () => Promise.resolve() } as unknown as AddOn,
    problem:
      "/logs: platform() of add-on 'logs' is async: read what it needs before, and place its constructs without waiting",
  },
])('$problem', ({ half, addOn, problem }) => {
  expect(refusal((stack) => install(stack, [addOn], { half }))).toBe(`test${problem}`);
});

test('an add-on with outputs must return them, by its type', () => {
  const infrastructure = () => ({ bucket: 'logs' });
  const outputs = { bucket: 'log_bucket' };
  const complete: AddOn<'bucket'> = { name: 'logs', outputs, infrastructure };
  // @ts-expect-error outputs are required
  const undeclared: AddOn<'bucket'> = { name: 'logs', infrastructure };
  // @ts-expect-error infrastructure is required
  const unreturned: AddOn<'bucket'> = { name: 'logs', outputs };
  // @ts-expect-error an output is not returned
  const partial: AddOn<'bucket' | 'arn'> = { name: 'logs', outputs: { bucket: 'a', arn: 'b' }, infrastructure };
  const unnamed: AddOn = {
    name: 'logs',
    // @ts-expect-error an output without a name in the type may be missing
    platform: (_scope, _platform, { bucket }) => bucket.length,
  };
  const listed: readonly AddOn[] = [complete, undeclared, unreturned, partial, unnamed];
  expect(listed).toHaveLength(5);
});

describe('order', () => {
  test.each(['infrastructure', 'platform'] as const)('the %s halves of what is required come first', (half) => {
    const installed: string[] = [];
    const noting = (name: string, requires: readonly string[] = []): AddOn => ({
      name,
      requires,
      infrastructure: () => void installed.push(`infrastructure of ${name}`),
      platform: () => void installed.push(`platform of ${name}`),
    });
    synthStack((stack) => install(stack, [noting('a', ['b']), noting('b', ['c']), noting('c')], { half }));
    expect(installed).toEqual(['c', 'b', 'a'].map((name) => `${half} of ${name}`));
  });

  test('the outputs have the same names and values in any order', () => {
    const web: AddOn = { name: 'web', requires: ['logs'], platform: () => {} };
    const outputs = (addOns: readonly AddOn[]) =>
      synthEnvironments(environment({ addOns })).get('staging-infrastructure')!.json.output;
    expect(outputs([web, LOGS])).toEqual(outputs([LOGS, web]));
  });
});

describe('the scope of a half', () => {
  test('may have an id other than the name in the infrastructure stack', () => {
    const stacks = synthEnvironments(environment({ addOns: [{ ...LOGS, infrastructureId: 'log-storage' }] }));
    const paths = [...stacks.values()].flatMap(({ resources }) => resources.map(({ path }) => path));
    expect(paths).toEqual(expect.arrayContaining(['add-ons/log-storage/bucket', 'logs/map']));
  });
});

describeWithTerraform('an environment with both halves of an add-on', () => {
  /** The smallest environment. */
  const app = (root: App) =>
    new Environment(
      root,
      environment({
        profile: EnvironmentProfile.solo(),
        zones: ['eu-west-1a', 'eu-west-1b'],
        addOns: [LOGS],
      }),
    );

  test('is planned as a whole: outputs known in the plan are known to the platform stack', async () => {
    const plans = await planApp(app);
    expect([...plans.keys()]).toEqual(['staging-infrastructure', 'staging-platform']);
    const map = plans.get('staging-platform')!.getResource(ConfigMapV1);
    expect(map.attributes['data']).toEqual({ bucket: 'staging-logs', arn: 'arn:aws:s3:::staging-logs' });
  });

  test('converges: the second plan of both stacks is empty', async () => {
    const { created } = await rehearse(app);
    const order = created.map(({ path }) => path);
    expect(order.indexOf('logs/map')).toBeGreaterThan(order.indexOf('add-ons/logs/bucket'));
  });
});
