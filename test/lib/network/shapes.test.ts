import { Vpc } from '../../../lib/network/vpc';
import type { VpcProps } from '../../../lib/network/vpc-props';
import { refusal, synthStack } from '../../support/stack';

const PROPS: VpcProps = { name: 'production', cidr: '10.20.0.0/16', zones: ['eu-west-1a', 'eu-west-1b'] };

test.each<{ json: string; problem: string }>([
  {
    json: '{ "zones": "eu-west-1a" }',
    problem: "zones must be a list of zones, such as ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], got 'eu-west-1a'",
  },
  {
    json: '{ "zones": 0 }',
    problem: "zones must be a list of zones, such as ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], got 0",
  },
  { json: '{ "cidr": null }', problem: "cidr must be an IPv4 CIDR block, such as '10.20.0.0/16', got null" },
  {
    json: '{ "nat": "none" }',
    problem: "nat must be an object whose kind is none or single or per-zone or regional, got 'none'",
  },
  {
    json: '{ "nat": { "kind": "single", "zones": "eu-west-1a" } }',
    problem: "unknown property 'nat.zones': did you mean 'zone'?",
  },
  { json: '{ "addressing": "ipv6" }', problem: "addressing must be one of ipv4, dual-stack, got 'ipv6'" },
  {
    json: '{ "flowLogs": { "retention": 30 } }',
    problem: "unknown property 'flowLogs.retention': did you mean 'retentionDays'?",
  },
  { json: '{ "flowLogs": false }', problem: 'flowLogs must be an object, got false' },
  {
    json: '{ "trustedAccounts": [123456789012] }',
    problem: 'trustedAccounts[0] must be an account id of twelve digits, got 123456789012',
  },
  {
    json: '{ "routes": [{ "cidr": "10.0.0.0/8", "via": "tgw-1" }] }',
    problem: "routes[0].via must be an object whose kind is transit-gateway or peering or vpn-gateway, got 'tgw-1'",
  },
  {
    json: '{ "deletionprotection": false }',
    problem: "unknown property 'deletionprotection': did you mean 'deletionProtection'?",
  },
  {
    json: '{ "clusterName": "shop/production" }',
    problem:
      "clusterName must be the name of a cluster, 1 to 100 letters, digits, hyphens and underscores, got 'shop/production'",
  },
  {
    json: '{ "nat": { "kind": "per-zone", "elasticIpIds": { "eu-west-1a": "eipalloc-1", "eu-west-1b": "eipalloc-1" } } }',
    problem: 'nat.elasticIpIds has eipalloc-1 twice, but an address belongs to one gateway: give another one per zone',
  },
  {
    json: `{ "name": "${'x'.repeat(201)}" }`,
    problem: `name '${'x'.repeat(201)}' has 201 characters: shorten it to at most 200, it is part of tags`,
  },
  {
    json: '{ "kmsKeyArn": "alias/logs" }',
    problem: "kmsKeyArn 'alias/logs' is an alias: use the ARN of its key, arn:aws:kms:<region>:<account>:key/<id>",
  },
  {
    json: '{ "cidr": "10.20.30.0/8" }',
    problem:
      "cidr '10.20.30.0/8' is not a valid size: use a /16 (AWS maximum) to a /22 (minimum for every zone's public, private and intra subnet), such as 10.20.0.0/16",
  },
  { json: '{ "cidr": "10.20.30.0/16" }', problem: "cidr '10.20.30.0/16' has host bits set: use 10.20.0.0/16" },
  {
    json: '{ "cidr": "169.254.0.0/16" }',
    problem: "cidr '169.254.0.0/16' is in 169.254.0.0/16, which is reserved: use a private block, such as 10.20.0.0/16",
  },
  {
    json: '{ "cidr": "127.0.0.0/8" }',
    problem: "cidr '127.0.0.0/8' is in 127.0.0.0/8, which is reserved: use a private block, such as 10.20.0.0/16",
  },
  {
    json: '{ "cidr": "8.8.0.0/16" }',
    problem:
      "cidr '8.8.0.0/16' is public: what it stands for on the internet would be unreachable; use a private block, such as 10.20.0.0/16 (if intended: acknowledge(scope, 'public-cidr', 'the reason'))",
  },
])('a VPC with $json is rejected', ({ json, problem }) => {
  const props = { ...PROPS, ...(JSON.parse(json) as object) };
  expect(refusal((stack) => new Vpc(stack, 'network', props))).toBe(`test/network: ${problem}`);
});

test.each(['10.20.0.0/16', '100.64.0.0/16', '198.18.0.0/16'])('%s is private', (cidr) => {
  expect(
    synthStack((stack) => new Vpc(stack, 'network', { ...PROPS, cidr })).getResource('aws_vpc').attributes,
  ).toMatchObject({
    cidr_block: cidr,
  });
});
