import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../../../lib/core/acknowledge';
import { awsContext, provideAwsContext } from '../../../lib/core/aws-context';
import { AwsStack } from '../../../lib/core/aws-stack';
import { synthApp } from '../../../lib/testing/synthesized-stack';
import type { StateBackend } from '../../../lib/core/state-backend';
import { refusal, synthStack } from '../../support/stack';

const where = { account: '123456789012', region: 'eu-west-1' };

test('the provider is restricted to the account and sets default tags', () => {
  const stack = synthStack(() => {}, { tags: { team: 'platform' } });
  expect(stack.json.provider!['aws']).toEqual([
    { allowed_account_ids: ['123456789012'], default_tags: [{ tags: { team: 'platform' } }], region: 'eu-west-1' },
  ]);
});

test.each([
  { backend: undefined, expected: { local: { path: '../../../terraform.test.tfstate' } } },
  {
    backend: { kind: 'local', directory: '/state' } as const,
    expected: { local: { path: '/state/terraform.test.tfstate' } },
  },
  {
    backend: { kind: 's3', bucket: 'states', region: 'eu-west-1', keyPrefix: 'platform/' } as const,
    expected: {
      s3: { bucket: 'states', key: 'platform/test.tfstate', region: 'eu-west-1', encrypt: true, use_lockfile: true },
    },
  },
])('backend $backend', ({ backend, expected }) => {
  expect(synthStack(() => {}, { backend }).json.terraform!['backend']).toEqual(expected);
});

test.each(['two words', '${x}', 'a*', ''])('the id %p, which cdktf rejects, is a problem', (id) => {
  const build = () => synthApp((app) => void new AwsStack(app, id, where));
  expect(build).toThrow(`id '${id}' must have no white space and none of *?[]{}!: use letters and hyphens`);
});

test('problems of account and region are reported together', () => {
  expect(refusal(() => {}, { account: '1234', region: 'Ireland' })).toBe(
    "test: 2 problems\n  - account must be a string of twelve digits, such as '123456789012', got '1234'\n  - region must be an AWS region, such as eu-west-1, got 'Ireland'",
  );
});

test('an account given as a number is rejected, as its leading zeros are lost', () => {
  expect(refusal(() => {}, { account: 12345678901 as unknown as string })).toBe(
    "test: account must be a string of twelve digits, such as '123456789012', got 12345678901",
  );
});

test.each<{ backend: object; problem: string }>([
  { backend: { kind: 'gcs', bucket: 'states' }, problem: "backend.kind must be one of local, s3, got 'gcs'" },
  {
    backend: { kind: 's3', bucket: 'My_States', region: 'eu-west-1' },
    problem:
      "backend.bucket must be the name of a bucket: 3 to 63 lowercase letters, digits, dots and hyphens, got 'My_States'",
  },
  {
    backend: { kind: 's3', bucket: 'states', region: 'Ireland' },
    problem: "backend.region must be an AWS region, such as eu-west-1, got 'Ireland'",
  },
])('backend $backend is rejected', ({ backend, problem }) => {
  expect(refusal(() => {}, { backend: backend as StateBackend })).toBe(`test: ${problem}`);
});

test.each<{ of: string; tags: unknown; problems: readonly string[] }>([
  { of: 'no object', tags: ['team'], problems: ['tags must be an object of strings, got ["team"]'] },
  { of: 'null', tags: null, problems: ['tags must be an object of strings, got null'] },
  {
    of: 'keys',
    tags: { 'aws:owner': 'us', '': 'x', ['k'.repeat(129)]: '' },
    problems: [
      "tags has the key 'aws:owner': use another prefix, AWS reserves aws:",
      "tags has the key '': use 1 to 128 characters",
      `tags has the key '${'k'.repeat(129)}': use 1 to 128 characters`,
    ],
  },
  {
    of: 'values',
    tags: { text: 'x'.repeat(257), size: 5, none: null, fine: '' },
    problems: [
      'tags.text has 257 characters, AWS allows at most 256: shorten it',
      'tags.size must be a string, got 5',
      'tags.none must be a string, got null',
    ],
  },
  {
    of: 'keys that differ in case',
    tags: { Team: 'a', team: 'b' },
    problems: ["tags has the keys 'Team' and 'team', which are the same key for IAM: remove one"],
  },
])('tags that AWS does not allow are rejected: $of', ({ tags, problems }) => {
  const [problem, ...others] = problems;
  expect(refusal(() => {}, { tags: tags as Record<string, string> })).toBe(
    others.length === 0 ? `test: ${problem}` : `test: ${problems.length} problems\n  - ${problems.join('\n  - ')}`,
  );
});

test('text of tags and of the backend is literal, tokens stay references', () => {
  const stack = synthStack(() => {}, {
    tags: { '${key}': '%{if x}', owner: Token.asString({ resolve: () => '${var.owner}' }) },
    backend: { kind: 's3', bucket: 'states', region: 'eu-west-1', keyPrefix: '${a}/' },
  });
  expect(stack.json.provider!['aws']).toMatchObject([
    { default_tags: [{ tags: { '$${key}': '%%{if x}', owner: '${var.owner}' } }] },
  ]);
  expect(stack.json.terraform!['backend']).toMatchObject({ s3: { key: '$${a}/test.tfstate' } });
});

test.each<{ props: unknown; message: string }>([
  { props: { ...where, tgas: {} }, message: "one: unknown property 'tgas': did you mean 'tags'?" },
  {
    props: JSON.parse('{"account":"123456789012","region":"eu-west-1","backend":{"kind":"local","dir":"x"}}'),
    message: "one: unknown property 'backend.dir': did you mean 'directory'?",
  },
  { props: null, message: 'one: the value must be an object, got null' },
  {
    props: {},
    message:
      "one: 2 problems\n  - account is required, such as '123456789012'\n  - region is required, such as eu-west-1",
  },
])('$message', ({ props, message }) => {
  expect(() => synthApp((app) => void new AwsStack(app, 'one', props as typeof where))).toThrow(message);
});

test('the context of another stack may be its props', () => {
  const stacks = synthApp((app) => {
    const { aws } = new AwsStack(app, 'one', { ...where, tags: { team: 'shop' } });
    new AwsStack(app, 'two', aws);
    provideAwsContext(new TerraformStack(app, 'three'), aws);
  });
  expect(stacks.get('two')!.json.provider).toEqual(stacks.get('one')!.json.provider);
});

test('a class that extends it may pass on more props, whose common ones are checked', () => {
  class TeamStack extends AwsStack {}
  const build = (props: object) =>
    synthApp((app) => void new TeamStack(app, 'one', { ...where, ...props } as typeof where));
  expect(build({ team: 'shop' }).get('one')!.resources).toEqual([]);
  expect(() => build({ team: 'shop', tags: 'shop' })).toThrow("one: tags must be an object of strings, got 'shop'");
});

test('two stacks with the same state are rejected', () => {
  const build = () =>
    synthApp((app) => {
      new AwsStack(app, 'one', where);
      new AwsStack(new Construct(app, 'other'), 'one', where);
    });
  expect(build).toThrow(
    'other/one: backend stores the state at ../../../terraform.one.tfstate, as does one: ' +
      'change the stack id, bucket or keyPrefix of one of them',
  );
});

test.each([
  { region: 'eu-west-1', partition: 'aws', dnsSuffix: 'amazonaws.com' },
  { region: 'cn-north-1', partition: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' },
  { region: 'us-gov-west-1', partition: 'aws-us-gov', dnsSuffix: 'amazonaws.com' },
  { region: 'us-iso-east-1', partition: 'aws-iso', dnsSuffix: 'c2s.ic.gov' },
  { region: 'us-isob-east-1', partition: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov' },
  { region: 'eu-isoe-west-1', partition: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk' },
  { region: 'us-isof-south-1', partition: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov' },
  { region: 'eusc-de-east-1', partition: 'aws-eusc', dnsSuffix: 'amazonaws.eu' },
])('$region is in $partition', ({ region, ...expected }) => {
  synthApp((app) => {
    const stack = new TerraformStack(app, 'plain');
    provideAwsContext(stack, { account: '123456789012', region });
    expect(awsContext(new Construct(stack, 'child'))).toMatchObject(expected);
  });
});

test.each<{ props: string; problem: string }>([
  {
    props: '{"account":"1","region":"eu-west-1"}',
    problem: "account must be a string of twelve digits, such as '123456789012', got '1'",
  },
  {
    props: '{"account":"123456789012","regoin":"x","region":"eu-west-1"}',
    problem: "unknown property 'regoin': did you mean 'region'?",
  },
  {
    props: '{"account":"123456789012","region":"eu-west-1","tags":[]}',
    problem: 'tags must be an object of strings, got []',
  },
])('another stack class with $props is rejected', ({ props, problem }) => {
  const build = () =>
    synthApp((app) => void provideAwsContext(new TerraformStack(app, 'plain'), JSON.parse(props) as typeof where));
  expect(build).toThrow(`plain: ${problem}`);
});

test('a stack without account and region is rejected with how to set them', () => {
  expect(() => synthApp((app) => awsContext(new TerraformStack(app, 'plain')))).toThrow(
    'plain: account and region are not set: extend AwsStack, or call ' +
      'provideAwsContext(this, { account, region }) first in the constructor of the stack',
  );
});

describe('a reference to another stack', () => {
  const build = (acknowledged: boolean) =>
    synthApp((app) => {
      const first = new AwsStack(app, 'first', where);
      const second = new AwsStack(app, 'second', where);
      if (acknowledged) acknowledge(second, 'cross-stack-reference', 'first is deployed by the same pipeline');
      new SqsQueuePolicy(second, 'policy', { queueUrl: new SqsQueue(first, 'queue', {}).url, policy: '{}' });
    });

  test('is rejected', () => {
    expect(() => build(false)).toThrow(
      'second: references a resource of stack first, which would have to be deployed before this one can be planned: ' +
        "pass a literal, or read an output of that stack (environmentRef) (if intended: acknowledge(scope, 'cross-stack-reference', 'the reason'))",
    );
  });

  test('is read from the remote state if acknowledged', () => {
    const second = build(true).get('second')!;
    expect(Object.keys(second.json.data!)).toEqual(['terraform_remote_state']);
    expect(second.getResource('aws_sqs_queue_policy').attributes['queue_url']).toMatch(
      /^\$\{data\.terraform_remote_state\./,
    );
  });
});

test('a resource has at most 50 tags, with those of the stack', () => {
  const tags = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`tag-${index}`, 'x']));
  const queue = (own: Record<string, string>) =>
    synthApp((app) => {
      const stack = new AwsStack(app, 'test', { ...where, tags });
      new SqsQueue(stack, 'queue', { tags: own });
    });
  expect(() => queue({ Name: 'queue', 'tag-0': 'y' })).not.toThrow();
  expect(() => queue({ Name: 'queue', team: 'shop' })).toThrow(
    'test/queue would have 51 tags, AWS allows at most 50: use 1 fewer in tags of the stack, or in those of the resource',
  );
});

test('what a launch template launches has at most 50 tags', () => {
  const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, 'x']));
  const build = () =>
    synthApp((app) => {
      const stack = new AwsStack(app, 'test', where);
      new LaunchTemplate(stack, 'nodes', { tagSpecifications: [{ resourceType: 'instance', tags }] });
    });
  expect(build).toThrow(
    'test/nodes would have 51 tags, AWS allows at most 50: use 1 fewer in tags of the stack, or in those of the resource',
  );
});

test('an Auto Scaling group has at most 50 tags', () => {
  const build = () =>
    synthApp((app) => {
      const stack = new AwsStack(app, 'test', where);
      const tag = Array.from({ length: 52 }, (_, index) => ({
        key: `tag-${index}`,
        value: 'x',
        propagateAtLaunch: true,
      }));
      new AutoscalingGroup(stack, 'nodes', { minSize: 0, maxSize: 1, tag });
    });
  expect(build).toThrow(
    'test/nodes would have 52 tags, AWS allows at most 50: use 2 fewer in tags of the stack, or in the labels and taints of the node group',
  );
});

test('a stack has at most 50 tags, since each of its resources has all of them', () => {
  const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, 'x']));
  expect(() => synthApp((app) => void new AwsStack(app, 'test', { ...where, tags }))).toThrow(
    'test: tags has 51 keys, AWS allows at most 50 per resource, with its own: remove at least 1',
  );
});

test('text of tags is literal', () => {
  const stack = synthApp((app) => {
    new AwsStack(app, 'test', { ...where, tags: { owner: '${team}', '%{if}': 'x' } });
  }).get('test')!;
  expect(stack.json).toMatchObject({
    provider: { aws: [{ default_tags: [{ tags: { owner: '$${team}', '%%{if}': 'x' } }] }] },
  });
});
