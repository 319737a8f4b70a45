import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformOutput } from 'cdktf';
import { planStack, rehearse } from 'quayside/testing';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { describeWithTerraform } from '../offline/support/app';
import { team } from './fixtures';

const vpc = (stack: AwsStack) => new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });

interface Fault {
  readonly fault: string;
  readonly build: (stack: AwsStack) => void;
  readonly message: string | RegExp;
}

const FAULTS: readonly Fault[] = [
  {
    fault: 'unknown attribute',
    build: (stack) => vpc(stack).addOverride('no_such_thing', true),
    message:
      'team cannot be planned\n  - team/vpc: Extraneous JSON object property. No argument or block type is named "no_such_thing". (aws_vpc.vpc)',
  },
  {
    fault: 'wrong type',
    build: (stack) => vpc(stack).addOverride('enable_dns_support', 'perhaps'),
    message: /team\/vpc: Incorrect attribute value type\. .*"enable_dns_support": a bool is required/,
  },
  {
    fault: 'missing required attribute',
    build: (stack) => new Subnet(stack, 'subnet', { vpcId: vpc(stack).id }).addOverride('vpc_id', null),
    message: /team\/subnet: Missing required argument\. .*"vpc_id" is required/,
  },
  {
    fault: 'missing required block',
    build: (stack) => {
      const roleArn = 'arn:aws:iam::111122223333:role/x';
      const cluster = new EksCluster(stack, 'cluster', { name: 'x', roleArn, vpcConfig: { subnetIds: [] } });
      cluster.addOverride('vpc_config', null);
    },
    message: /team\/cluster: Insufficient vpc_config blocks/,
  },
  {
    fault: 'a reference to an attribute that does not exist',
    build: (stack) => {
      vpc(stack);
      new Subnet(stack, 'subnet', { vpcId: '${aws_vpc.vpc.no_such_thing}' });
    },
    message: /team\/subnet: Unsupported attribute\. .*"no_such_thing"/s,
  },
  {
    fault: 'dependency cycle',
    build: (stack) => {
      new SecurityGroup(stack, 'one', { description: '${aws_security_group.two.id}' });
      new SecurityGroup(stack, 'two', { description: '${aws_security_group.one.id}' });
    },
    message: /(team\/one, team\/two|team\/two, team\/one): Cycle: /,
  },
  {
    fault: 'a sensitive value in an output',
    build: (stack) => {
      const version = new SecretsmanagerSecretVersion(stack, 'secret', { secretId: 'x', secretString: 'y' });
      new TerraformOutput(stack, 'leak', { value: version.secretString });
    },
    message: /team\/leak: Output refers to sensitive values/,
  },
];

describeWithTerraform('an error is reported with the path of its construct', () => {
  test.each(FAULTS)('$fault', async ({ build, message }) => {
    await expect(planStack(team(build))).rejects.toThrow(message);
  });

  test('a second plan that is not empty', async () => {
    const changing = team((stack) => {
      new DbInstance(stack, 'database', { instanceClass: 'db.t4g.micro', tags: { made: '${timestamp()}' } });
    });
    await expect(planStack(changing)).resolves.toBeDefined();
    await expect(rehearse(changing)).rejects.toThrow(
      /^team is not idempotent\n {2}- team\/database: The second plan is not empty: it would update .*tags/,
    );
  });
});
