import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformOutput } from 'cdktf';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { offlinePlan, offlineRehearsal } from '../../../lib/offline';
import { describeWithTerraform, removeSynthesized, synthesizeStack } from './support/app';

// Most of these tests run Terraform several times, which is slow under load.
jest.setTimeout(60_000);
afterAll(removeSynthesized);

const vpc = (stack: AwsStack) => new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });

describeWithTerraform('an error is reported with the path of its construct', () => {
  test.each<{ fault: string; build: (stack: AwsStack) => void; summary: string; path: string }>([
    {
      fault: 'unknown attribute',
      build: (stack) => vpc(stack).addOverride('no_such_thing', true),
      summary: 'Extraneous JSON object property',
      path: 'test/vpc',
    },
    {
      fault: 'wrong type',
      build: (stack) => vpc(stack).addOverride('enable_dns_support', 'perhaps'),
      summary: 'Incorrect attribute value type',
      path: 'test/vpc',
    },
    {
      fault: 'missing required attribute',
      build: (stack) => new Subnet(stack, 'subnet', { vpcId: vpc(stack).id }).addOverride('vpc_id', null),
      summary: 'Missing required argument',
      path: 'test/subnet',
    },
    {
      fault: 'missing required block',
      build: (stack) =>
        new EksCluster(stack, 'cluster', {
          name: 'x',
          roleArn: 'arn:aws:iam::111122223333:role/x',
          vpcConfig: { subnetIds: [] },
        }).addOverride('vpc_config', null),
      summary: 'Insufficient vpc_config blocks',
      path: 'test/cluster',
    },
    {
      fault: 'a reference to an attribute that does not exist',
      build: (stack) => {
        vpc(stack);
        new Subnet(stack, 'subnet', { vpcId: '${aws_vpc.vpc.no_such_thing}' });
      },
      summary: 'Unsupported attribute',
      path: 'test/subnet',
    },
    {
      fault: 'a type that the provider does not have',
      build: (stack) => stack.addOverride('resource.aws_no_such_thing.x', { name: 'x' }),
      summary: 'Invalid resource type',
      path: '',
    },
    {
      fault: 'dependency cycle',
      build: (stack) => {
        new SecurityGroup(stack, 'one', { description: '${aws_security_group.two.id}' });
        new SecurityGroup(stack, 'two', { description: '${aws_security_group.one.id}' });
      },
      summary: 'Cycle: ',
      path: 'test/one test/two',
    },
    {
      fault: 'a sensitive value in an output',
      build: (stack) => {
        const version = new SecretsmanagerSecretVersion(stack, 'secret', { secretId: 'x', secretString: 'y' });
        new TerraformOutput(stack, 'leak', { value: version.secretString });
      },
      summary: 'Output refers to sensitive values',
      path: 'test/leak',
    },
    {
      fault: 'an invalid CIDR block',
      build: (stack) => vpc(stack).addOverride('cidr_block', 'ten'),
      summary: 'Invalid cidr_block',
      path: 'test/vpc',
    },
    {
      fault: 'a count that is known only after apply',
      build: (stack) => {
        const network = vpc(stack);
        new Subnet(stack, 'subnet', { vpcId: network.id }).addOverride(
          'count',
          `\${length(aws_vpc.vpc.ipv6_cidr_block)}`,
        );
      },
      summary: 'Invalid count argument',
      path: 'test/subnet',
    },
  ])('$fault', async ({ build, summary, path }) => {
    const { ok, stacks } = await offlinePlan({ stacksDir: synthesizeStack(build) });
    const error = stacks[0]!.diagnostics.find(({ severity }) => severity === 'error')!;
    expect(ok).toBe(false);
    expect(error.summary).toMatch(summary);
    expect(error.paths.join(' ')).toMatch(path);
  });

  test('a second plan that is not empty', async () => {
    const stacksDir = synthesizeStack((stack) => {
      new DbInstance(stack, 'database', { instanceClass: 'db.t4g.micro', tags: { made: '${timestamp()}' } });
    });
    const { ok, steps } = await offlineRehearsal({ stacksDir });
    expect(ok).toBe(false);
    const [fault] = steps.flatMap(({ diagnostics }) => diagnostics);
    expect(fault).toMatchObject({
      summary: 'The second plan is not empty: it would update test/database (tags, tags_all)',
      paths: ['test/database'],
    });
    expect(steps.map(({ stage }) => stage)).toEqual(['plan', 'apply', 'replan', 'destroy']);
  });
});
