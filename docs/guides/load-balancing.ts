import { AwsStack, ApplicationLoadBalancer, trafficContract, loadBalancerCidrs, synthesize, Vpc } from 'quayside';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  const stack = new AwsStack(app, 'guide-load-balancer', { account: '123456789012', region: 'eu-west-1' });
  const vpc = new Vpc(stack, 'network', { name: 'guide', cidr: '10.82.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'] });

  new ApplicationLoadBalancer(stack, 'load-balancer', {
    name: 'guide',
    vpc,
    certificates: [
      {
        certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/0f3b6f9c-1f6e-4a5a-9d3c-2b1a0c9d8e7f',
        domainNames: ['guide.example.com', '*.guide.example.com'],
      },
    ],
    targetSecurityGroupId: 'sg-0a1b2c3d4e5f60716',
    targets: [{ key: 'ingress-eu-west-1a', autoScalingGroupName: 'ingress-a' }],
    traffic: trafficContract({ drainSeconds: 40, trustedCidrs: loadBalancerCidrs(vpc, 'internet-facing') }),
    logs: { kind: 'off', reason: 'a guide' },
  });
});
