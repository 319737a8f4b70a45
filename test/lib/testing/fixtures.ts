import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import type { App } from 'cdktf';
import { AwsStack } from '../../../lib/core/aws-stack';

const PLACE = { account: '123456789012', region: 'eu-west-1' };

/** A source with one stack, `team`. */
export function team(build: (stack: AwsStack) => void): (app: App) => AwsStack {
  return (app) => {
    const stack = new AwsStack(app, 'team', PLACE);
    build(stack);
    return stack;
  };
}

/** A network with two subnets, of which the second depends on the first, and a cluster in them. */
export class Network {
  readonly vpc: Vpc;
  readonly subnets: readonly [Subnet, Subnet];

  constructor(stack: AwsStack, cidrBlock = '10.0.0.0/16') {
    this.vpc = new Vpc(stack, 'vpc', { cidrBlock, tags: { Name: 'team', 'team:owner': 'search' } });
    const vpcId = this.vpc.id;
    const first = new Subnet(stack, 'subnet-a', { vpcId, cidrBlock: '10.0.0.0/24', availabilityZone: 'eu-west-1a' });
    const second = new Subnet(stack, 'subnet-b', {
      vpcId,
      cidrBlock: '10.0.1.0/24',
      availabilityZone: 'eu-west-1b',
      dependsOn: [first],
    });
    this.subnets = [first, second];
    new SecurityGroup(stack, 'lonely', { name: 'lonely', description: 'needs nobody' });
    new EksCluster(stack, 'cluster', {
      name: 'team',
      roleArn: 'arn:aws:iam::123456789012:role/cluster',
      vpcConfig: { subnetIds: [first.id, second.id] },
    });
  }
}
