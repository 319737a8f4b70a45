'use strict';
// A stack with the given number of resources: security groups of one VPC, each with rules that refer to it and to the
// previous group.
const { SecurityGroup } = require('@cdktf/provider-aws/lib/security-group');
const { Vpc } = require('@cdktf/provider-aws/lib/vpc');
const { VpcSecurityGroupIngressRule } = require('@cdktf/provider-aws/lib/vpc-security-group-ingress-rule');
const { AwsStack, synthesize } = require('../..');

const RULES = 4;
const count = Number(process.argv[2]);
synthesize({}, (app) => {
  const stack = new AwsStack(app, 'many', { account: '123456789012', region: 'eu-west-1' });
  const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });
  let before;
  for (let index = 1; index < count; index += 1) {
    if (index % (RULES + 1) === 1) {
      const name = `group-${index}`;
      before = { last: before?.group, group: new SecurityGroup(stack, name, { name, vpcId: vpc.id }) };
    } else {
      new VpcSecurityGroupIngressRule(stack, `rule-${index}`, {
        securityGroupId: before.group.id,
        referencedSecurityGroupId: (before.last ?? before.group).id,
        ipProtocol: 'tcp',
        fromPort: index,
        toPort: index,
      });
    }
  }
});
