import 'quayside/testing/jest';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { AssetType, TerraformAsset, TerraformOutput } from 'cdktf';
import { planSnapshot, planStack, stackSnapshot, synthStack } from 'quayside/testing';
import { AwsStack } from '../../../lib/core/aws-stack';
import { inline, readable } from '../../../lib/testing/snapshot/readable';
import { describeWithTerraform } from '../offline/support/app';
import { team } from './fixtures';

test.each<[unknown, string | undefined]>([
  ['10.0.0.0/16', '10.0.0.0/16'],
  ['8080', '"8080"'],
  [8080, '8080'],
  ['true', '"true"'],
  [true, 'true'],
  ['', '""'],
  ['two\nlines', undefined],
  [['a', 'b'], '[a, b]'],
  [[], '[]'],
  [{ a: 1, b: 'x' }, '{a: 1, b: x}'],
  [{ a: 1, b: 2, c: 3 }, undefined],
  [[{ a: 1 }], undefined],
])('%j on one line is %j', (value, line) => {
  expect(inline(value)).toBe(line);
});

test('objects are sorted, without unset fields', () => {
  const value = { b: null, z: 1, a: { list: [{ x: 1, y: { deep: [1, 2] } }, 'text'], script: 'one\ntwo\n' } };
  expect(readable(value)).toEqual(
    [
      'a:',
      '  list:',
      '    - x: 1',
      '      y: {deep: [1, 2]}'.replace('{deep: [1, 2]}', ''),
      '        deep: [1, 2]',
      '    - text',
      '  script: |',
      '    one',
      '    two',
      'z: 1',
    ].map((line) => line.trimEnd()),
  );
});

/** A stack with values that a snapshot must make readable. */
const example = team((stack) => {
  const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16', tags: { Name: 'team' } });
  new Subnet(stack, 'subnet', { vpcId: vpc.id, cidrBlock: '10.0.0.0/24' });
  const logs = new CloudwatchLogGroup(stack, 'logs', { name: 'team' });
  const statement = { Effect: 'Allow', Action: 'logs:*', Resource: `${logs.arn}:*` };
  new IamPolicy(stack, 'policy', { policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) });
  new SecretsmanagerSecretVersion(stack, 'secret', { secretId: 'x', secretString: 'not to be seen' });
  const asset = new TerraformAsset(stack, 'files', { path: __dirname, type: AssetType.DIRECTORY });
  new TerraformOutput(stack, 'folder', { value: asset.path });
  new TerraformOutput(stack, 'vpc-id', { value: vpc.id });
});

test('a synthesized stack', () => {
  expect(stackSnapshot(synthStack(example))).toBe(`team: 5 resources
provider aws
  allowed_account_ids: ["123456789012"]
  default_tags:
    - tags: {}
  region: eu-west-1
outputs
  folder: assets/files/(hash)
  vpc-id: \${vpc.id}
logs aws_cloudwatch_log_group.logs
  name: team
policy aws_iam_policy.policy
  policy:
    Statement:
      - Action: logs:*
        Effect: Allow
        Resource: \${logs.arn}:*
    Version: 2012-10-17
secret aws_secretsmanager_secret_version.secret
  secret_id: x
  secret_string: not to be seen
subnet aws_subnet.subnet
  cidr_block: 10.0.0.0/24
  vpc_id: \${vpc.id}
vpc aws_vpc.vpc
  cidr_block: 10.0.0.0/16
  tags: {Name: team}
`);
});

describeWithTerraform('a plan', () => {
  test('marks sensitive and unknown values', async () => {
    const text = planSnapshot(await planStack(example));
    expect(text).toContain('team: 5 to create\n');
    expect(text).toContain('  secret_string: (sensitive)\n');
    expect(text).toContain('  vpc_id: (known after apply: vpc.id)\n');
    expect(text).toContain('        Resource: ${logs.arn}:*\n');
    expect(text).toBe(planSnapshot(await planStack(example)));
  });

  test('synthetic ids are written as references', async () => {
    const before = team((stack) => {
      const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });
      const logs = new CloudwatchLogGroup(stack, 'logs', { name: 'team' });
      new Subnet(stack, 'subnet', { vpcId: vpc.id, cidrBlock: '10.0.0.0/24', tags: { logs: logs.arn } });
    });
    const after = team((stack) => {
      new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });
      const other = new Vpc(stack, 'other', { cidrBlock: '10.1.0.0/16' });
      const logs = new CloudwatchLogGroup(stack, 'logs', { name: 'team' });
      new Subnet(stack, 'subnet', { vpcId: other.id, cidrBlock: '10.0.0.0/24', tags: { log: `x ${logs.arn}` } });
    });
    const text = planSnapshot(await planStack(after, { baseline: before }));
    expect(text).toContain(`-/+ subnet aws_subnet.subnet because vpc_id changes
  tags: {log: (none) -> x \${logs.arn}, logs: \${logs.arn} -> (none)}
  vpc_id: \${vpc.id} -> (known after apply: other.id)
`);
    expect(text).not.toMatch(/vpc-[0-9a-f]{8}/);
  });

  test('without changes', async () => {
    const source = team((stack) => void new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' }));
    const plan = await planStack(source, { baseline: source });
    expect(plan).toPlan({});
    expect(planSnapshot(plan).split('\n')[0]).toBe('team: no changes');
  });
});

test('inline snapshots work as well', () => {
  const stack = synthStack((app) => {
    const stack = new AwsStack(app, 'team', { account: '123456789012', region: 'eu-west-1' });
    new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });
  });
  expect(stack).toMatchInlineSnapshot(`
   team: 1 resource
   provider aws
     allowed_account_ids: ["123456789012"]
     default_tags:
       - tags: {}
     region: eu-west-1
   vpc aws_vpc.vpc
     cidr_block: 10.0.0.0/16
  `);
});
