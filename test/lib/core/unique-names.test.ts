import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { App } from 'cdktf';
import type { Construct } from 'constructs';
import { AwsStack, type AwsStackProps } from '../../../lib/core/aws-stack';
import { WebAcl } from '../../../lib/load-balancing/web-acl';
import { synthApp } from '../../../lib/testing/synthesized-stack';

const PLACE = { account: '123456789012', region: 'eu-west-1' };

type Build = (scope: Construct, id: string) => void;

const TYPES: Readonly<Record<string, Build>> = {
  'log group': (scope, id) => new CloudwatchLogGroup(scope, id, { name: 'shop' }),
  role: (scope, id) => new IamRole(scope, id, { name: 'shop', assumeRolePolicy: '{}' }),
  'launch template': (scope, id) => new LaunchTemplate(scope, id, { name: 'shop' }),
  'load balancer': (scope, id) => new Lb(scope, id, { name: 'shop' }),
  'target group': (scope, id) => new LbTargetGroup(scope, id, { name: 'shop' }),
  bucket: (scope, id) => new S3Bucket(scope, id, { bucket: 'shop' }),
  'web ACL': (scope, id) => new WebAcl(scope, id, { name: 'shop' }),
};

/** The message with which two stacks are rejected, each with one resource; undefined if they are not. */
function rejected(build: Build, second: Partial<AwsStackProps> = {}, other: Build = build): string | undefined {
  try {
    synthApp((app: App) => {
      build(new AwsStack(app, 'one', PLACE), 'mine');
      other(new AwsStack(app, 'two', { ...PLACE, ...second }), 'yours');
    });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

test.each(Object.entries(TYPES))('two of a %s of one name are rejected', (_, build) => {
  expect(rejected(build)).toMatch(
    /aws_\w+ '[^']*shop[^']*' of two\/yours[/\w-]* is also the name of one\/mine[/\w-]*, which AWS allows once per/,
  );
});

test('the message says what to do', () => {
  expect(rejected(TYPES['launch template']!)).toContain(
    "aws_launch_template 'shop' of two/yours is also the name of one/mine, which AWS allows once per account and region: rename one of them, such as its environment or node group",
  );
});

test.each<{ what: string; type: string; second: Partial<AwsStackProps>; ok: boolean }>([
  { what: 'another region', type: 'launch template', second: { region: 'eu-central-1' }, ok: true },
  { what: 'another account', type: 'launch template', second: { account: '210987654321' }, ok: true },
  { what: 'another account', type: 'role', second: { account: '210987654321' }, ok: true },
  { what: 'another region', type: 'role', second: { region: 'eu-central-1' }, ok: false },
  { what: 'another account', type: 'bucket', second: { account: '210987654321', region: 'eu-central-1' }, ok: false },
  { what: 'another partition', type: 'bucket', second: { region: 'cn-north-1' }, ok: true },
])('a $type of the same name in $what: allowed is $ok', ({ type, second, ok }) => {
  expect(rejected(TYPES[type]!, second) === undefined).toBe(ok);
});

test.each<{ what: string; other: Build }>([
  { what: 'another type', other: (scope, id) => new SqsQueue(scope, id, { name: 'shop' }) },
  { what: 'another name', other: (scope, id) => new LaunchTemplate(scope, id, { name: 'cart' }) },
  { what: 'a generated name', other: (scope, id) => new LaunchTemplate(scope, id, { namePrefix: 'shop' }) },
  {
    what: 'its own region',
    other: (scope, id) => new LaunchTemplate(scope, id, { name: 'shop', region: 'us-east-1' }),
  },
  {
    what: 'a name that was overridden',
    other: (scope, id) => new LaunchTemplate(scope, id, { name: 'shop' }).addOverride('name', 'cart'),
  },
  {
    what: 'a name that is known after apply',
    other: (scope, id) => new LaunchTemplate(scope, id, { name: new SqsQueue(scope, 'queue', {}).name }),
  },
  {
    what: 'a provider of its own',
    other: (scope, id) => {
      const provider = new AwsProvider(scope, 'other', { alias: 'other', region: 'us-east-1' });
      new LaunchTemplate(scope, id, { name: 'shop', provider });
    },
  },
])('a resource with $what is allowed', ({ other }) => {
  expect(rejected(TYPES['launch template']!, {}, other)).toBeUndefined();
});

test('an overridden name counts', () => {
  const other: Build = (scope, id) => new LaunchTemplate(scope, id, { name: 'cart' }).addOverride('name', 'shop');
  expect(rejected(TYPES['launch template']!, {}, other)).toContain("aws_launch_template 'shop' of two/yours");
});
