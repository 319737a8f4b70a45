import { App } from 'cdktf';
import { acknowledge } from '../../../lib/core/acknowledge';
import { AwsStack } from '../../../lib/core/aws-stack';
import { warningsOf } from '../../../lib/core/warnings';
import { Vpc } from '../../../lib/network/vpc';
import type { VpcProps } from '../../../lib/network/vpc-props';
import { refusal, synthStack } from '../../support/stack';

const PROPS: VpcProps = { name: 'production', cidr: '10.20.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'] };

const create = (changes: Partial<VpcProps>) =>
  synthStack((stack) => new Vpc(stack, 'network', { ...PROPS, ...changes }));

test.each<{ changes: Partial<VpcProps>; problem: string; remedy: Partial<VpcProps> }>([
  {
    changes: { cidr: '10.20.30.0/8' },
    problem:
      "cidr '10.20.30.0/8' is not a valid size: use a /16 (AWS maximum) to a /22 (minimum for every zone's public, private and intra subnet), such as 10.20.0.0/16",
    remedy: { cidr: '10.20.0.0/16' },
  },
  {
    changes: { cidr: '8.0.0.0/8' },
    problem:
      "cidr '8.0.0.0/8' is not a valid size: use a /16 (AWS maximum) to a /22 (minimum for every zone's public, private and intra subnet), such as 10.20.0.0/16",
    remedy: { cidr: '10.20.0.0/16' },
  },
  {
    changes: { secondaryCidrs: ['127.0.0.0/16'] },
    problem:
      "secondaryCidrs '127.0.0.0/16' is in 127.0.0.0/8, which is reserved: use a private block, such as 100.64.0.0/16",
    remedy: { secondaryCidrs: ['100.64.0.0/16'] },
  },
  {
    changes: { secondaryCidrs: ['10.20.128.0/20'] },
    problem:
      "secondaryCidrs '10.20.128.0/20' overlaps '10.20.0.0/16' of the same VPC: use a block in 100.64.0.0/10 that no other one overlaps",
    remedy: { secondaryCidrs: ['100.64.0.0/20'] },
  },
  {
    changes: { cidr: '10.1.0.0/16', secondaryCidrs: ['10.0.0.0/20'] },
    problem:
      "secondaryCidrs '10.0.0.0/20' is in 10.0.0.0/16, which AWS does not add to a VPC with '10.1.0.0/16' of 10.0.0.0/15: use a block in 100.64.0.0/10",
    remedy: { cidr: '10.1.0.0/16', secondaryCidrs: ['100.64.0.0/20'] },
  },
  {
    changes: { cidr: '172.20.0.0/16', secondaryCidrs: ['172.31.0.0/20'] },
    problem:
      "secondaryCidrs '172.31.0.0/20' is in 172.31.0.0/16, which AWS does not add to a VPC with '172.20.0.0/16' of 172.16.0.0/12: use a block in 100.64.0.0/10",
    remedy: { cidr: '172.20.0.0/16', secondaryCidrs: ['100.127.0.0/20'] },
  },
  {
    changes: { secondaryCidrs: [1, 2, 3, 4, 5].map((index) => `100.6${index + 3}.0.0/16`) },
    problem:
      "secondaryCidrs needs 6 CIDR blocks of a VPC, with the first one, AWS allows 5 unless the quota is raised: list at most 4, such as larger ones (if intended: acknowledge(scope, 'default-quota', 'the reason'))",
    remedy: { secondaryCidrs: ['100.64.0.0/16', '100.65.0.0/16', '100.66.0.0/16', '100.67.0.0/16'] },
  },
  {
    changes: { kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/mrk-1' },
    problem:
      "kmsKeyArn 'arn:aws:kms:us-east-1:123456789012:key/mrk-1' is of a key in us-east-1: use a key, or a replica of a multi-Region key, in eu-west-1",
    remedy: { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/mrk-1' },
  },
])('$changes is rejected, and what the message advises is not', ({ changes, problem, remedy }) => {
  expect(refusal((stack) => new Vpc(stack, 'network', { ...PROPS, ...changes }))).toBe(`test/network: ${problem}`);
  expect(create(remedy).ofType('aws_vpc')).toHaveLength(1);
});

test.each([
  { cidr: '10.2.0.0/16', secondaryCidrs: ['10.0.0.0/20'] },
  { cidr: '10.0.0.0/16', secondaryCidrs: ['10.1.0.0/20', '100.64.0.0/16'] },
  { cidr: '172.31.0.0/16', secondaryCidrs: ['172.16.0.0/20'] },
])('$cidr with $secondaryCidrs', (changes) => {
  expect(create(changes).ofType('aws_vpc_ipv4_cidr_block_association')).toHaveLength(changes.secondaryCidrs.length);
});

test('a quota that was raised', () => {
  const stack = synthStack((scope) => {
    acknowledge(scope, 'default-quota', 'raised to 10');
    const secondaryCidrs = [64, 65, 66, 67, 68].map((second) => `100.${second}.0.0/16`);
    new Vpc(scope, 'network', { ...PROPS, secondaryCidrs });
  });
  expect(stack.ofType('aws_vpc_ipv4_cidr_block_association')).toHaveLength(5);
});

test.each<{ changes: Partial<VpcProps>; warnings: readonly string[] }>([
  { changes: {}, warnings: [] },
  { changes: { cidr: '172.16.0.0/16', secondaryCidrs: ['172.18.0.0/16'] }, warnings: [] },
  {
    changes: { cidr: '172.17.0.0/20' },
    warnings: [
      "cidr '172.17.0.0/20' has addresses of 172.17.0.0/16, which Docker and some AWS services use on their own hosts: they could not reach this VPC there",
    ],
  },
])('$changes: $warnings', ({ changes, warnings }) => {
  const app = new App();
  const stack = new AwsStack(app, 'test', { account: '123456789012', region: 'eu-west-1' });
  new Vpc(stack, 'network', { ...PROPS, ...changes });
  expect(warningsOf(app)).toEqual(warnings.map((warning) => `test/network: ${warning}`));
});
