import {
  ApplicationLoadBalancer,
  type ApplicationLoadBalancerProps,
} from '../../../lib/load-balancing/application-load-balancer';
import type { SubnetRef, VpcRef } from '../../../lib/network/vpc-ref';
import type { SynthesizedStack } from '../../../lib/testing/synthesized-stack';
import { refusal, synthStack } from '../../support/stack';

export function subnet(zone: string, cidr: string): SubnetRef {
  return { subnetId: `subnet-${cidr}`, zone, cidr };
}

export const vpc: VpcRef = {
  vpcId: 'vpc-1',
  cidr: '10.20.0.0/16',
  publicSubnets: [subnet('eu-west-1a', '10.20.0.0/24'), subnet('eu-west-1b', '10.20.1.0/24')],
  privateSubnets: [subnet('eu-west-1a', '10.20.16.0/20'), subnet('eu-west-1b', '10.20.32.0/20')],
  intraSubnets: [],
};

export const props: ApplicationLoadBalancerProps = {
  name: 'production',
  vpc,
  certificates: [{ certificateArn: 'arn:com', domainNames: ['example.com', '*.example.com'] }],
  targetSecurityGroupId: 'sg-nodes',
  targets: [{ key: 'ingress', autoScalingGroupName: 'asg-ingress' }],
  logs: { kind: 'bucket', bucket: { bucketName: 'logs' } },
};

export function synthesized(changes: Partial<ApplicationLoadBalancerProps> = {}): SynthesizedStack {
  return synthStack((stack) => void new ApplicationLoadBalancer(stack, 'lb', { ...props, ...changes }));
}

/** The problems that `changes` are rejected with, without the path. */
export function problemsOf(changes: Partial<ApplicationLoadBalancerProps>): string[] {
  const message = refusal((stack) => void new ApplicationLoadBalancer(stack, 'lb', { ...props, ...changes }));
  expect(message.startsWith('test/lb: ')).toBe(true);
  const lines = message.slice('test/lb: '.length).split('\n  - ');
  return lines.length === 1 ? lines : lines.slice(1);
}
