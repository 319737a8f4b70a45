import { Token } from 'cdktf';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { AccessLogBucket } from '../../../lib/load-balancing/access-logs';
import { ApplicationLoadBalancer } from '../../../lib/load-balancing/application-load-balancer';
import { trafficContract } from '../../../lib/load-balancing/traffic-contract';
import { WebAcl } from '../../../lib/load-balancing/web-acl';
import { Vpc } from '../../../lib/network/vpc';
import { refusal, synthStack } from '../../support/stack';
import { problemsOf, props, synthesized } from './fixtures';

describe('a load balancer of another shape is rejected', () => {
  test.each<{ json: string; problems: readonly string[] }>([
    {
      json: '{ "clientCidr": ["10.0.0.0/8"] }',
      problems: ["unknown property 'clientCidr': did you mean 'clientCidrs'?"],
    },
    {
      json: '{ "scheme": "public" }',
      problems: ["scheme must be one of internet-facing, internal, got 'public'"],
    },
    { json: '{ "clientCidrs": "10.0.0.0/8" }', problems: ["clientCidrs must be a list, got '10.0.0.0/8'"] },
    {
      json: '{ "rules": [null], "logs": { "kind": "bucket" }, "traffic": { "pingPath": "/" } }',
      problems: [
        'logs.bucket is required, such as new AccessLogBucket(...)',
        'traffic.pingPath was renamed: use healthCheckPath',
      ],
    },
    {
      json: '{ "rules": [{ "key": "a", "priority": 1, "path": ["/a"], "action": { "kind": "fixed-response", "statuscode": 404 } }] }',
      problems: [
        "unknown property 'rules[0].path': did you mean 'paths'?",
        "unknown property 'rules[0].action.statuscode': did you mean 'statusCode'?",
        'rules[0].action.statusCode is required: a whole number',
      ],
    },
    {
      json: '{ "rules": [{ "key": "a", "priority": 1, "hosts": ["a"], "action": { "kind": "redirect", "statusCode": 307 } }] }',
      problems: ['rules[0].action.statusCode must be one of 301, 302, got 307'],
    },
    {
      json: '{ "targetGroups": [{ "key": "a", "algorithm": "random", "slowstartSeconds": 30 }] }',
      problems: [
        "unknown property 'targetGroups[0].slowstartSeconds': did you mean 'slowStartSeconds'?",
        "targetGroups[0].algorithm must be one of round_robin, least_outstanding_requests, weighted_random, got 'random'",
      ],
    },
    {
      json: '{ "certificates": [{ "certificateArn": "arn:aws:iam::123456789012:role/tls", "domainNames": ["a.example.com"] }], "targetSecurityGroupId": "web" }',
      problems: [
        "certificates[0].certificateArn must be the ARN of a certificate, such as arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012, got 'arn:aws:iam::123456789012:role/tls'",
        "targetSecurityGroupId must be the id of a security group, such as sg-0123456789abcdef0, got 'web'",
      ],
    },
    {
      json: '{ "logs": { "kind": "bucket", "bucket": { "bucketName": "arn:aws:s3:::logs" } } }',
      problems: ["logs.bucket.bucketName must be the name of a bucket, such as example-logs, got 'arn:aws:s3:::logs'"],
    },
    {
      json: '{ "targets": [{ "key": "a", "autoScalingGroupName": "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:a" }] }',
      problems: [
        "targets[0].autoScalingGroupName must be the name of an Auto Scaling group, without colons, got 'arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:a'",
      ],
    },
    {
      json: '{ "certificates": [{ "certificateArn": "arn:com", "domainNames": ["https://example.com"] }] }',
      problems: [
        "certificates[0].domainNames[0] must be a domain name, such as *.example.com, got 'https://example.com'",
      ],
    },
    {
      json: '{ "vpc": { "vpcId": "main", "cidr": "10.20.0.0", "publicSubnets": [{ "subnetId": "a", "zone": "A Z", "cidr": "10.20.0.0/24" }], "privateSubnets": [], "intraSubnets": [] }, "logs": { "kind": "bucket", "bucket": { "bucketName": "Logs" } } }',
      problems: [
        "vpc.vpcId must be the id of a VPC, such as vpc-0123456789abcdef0, got 'main'",
        "vpc.cidr must be an IPv4 CIDR block, such as 10.20.0.0/16, got '10.20.0.0'",
        "vpc.publicSubnets[0].subnetId must be the id of a subnet, such as subnet-0123456789abcdef0, got 'a'",
        "vpc.publicSubnets[0].zone must be an availability zone, such as eu-west-1a, got 'A Z'",
        "logs.bucket.bucketName must be the name of a bucket, such as example-logs, got 'Logs'",
      ],
    },
    {
      json: '{ "webAcl": { "webAclArn": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/cdn/1234" } }',
      problems: [
        "webAcl.webAclArn must be the ARN of a regional web ACL, such as arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/12345678-1234-1234-1234-123456789012, got 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/cdn/1234'",
      ],
    },
  ])('$json', ({ json, problems }) => {
    const found = problemsOf(JSON.parse(json) as object);
    for (const problem of problems) expect(found).toContain(problem);
  });
});

test.each<{ what: string; create: Parameters<typeof refusal>[0]; problem: string }>([
  {
    what: 'a web ACL',
    create: (stack) =>
      new WebAcl(stack, 'w', { name: 'w', managedRuleGroups: [{ name: 'A', action: 'count' }] } as never),
    problem:
      "test/w: unknown property 'managedRuleGroups[0].action': use one of name, vendor, mode, countedRules, or remove it",
  },
  ...['rules', 'targets'].map((prop) => ({
    what: `a key that is known after apply, of ${prop}`,
    create: (stack: AwsStack) => {
      const key = Token.asString({ resolve: () => 'a' });
      const rule = { key, priority: 1, paths: ['/a'], action: { kind: 'fixed-response', statusCode: 200 } };
      const target = { key, autoScalingGroupName: 'nodes' };
      new ApplicationLoadBalancer(stack, 'lb', { ...props, [prop]: [prop === 'rules' ? rule : target] } as never);
    },
    problem: `test/lb: ${prop}[0].key is known after apply: use a literal, a string`,
  })),
  {
    what: 'a scheme that is known after apply',
    create: (stack) =>
      new ApplicationLoadBalancer(stack, 'lb', {
        ...props,
        scheme: Token.asString({ resolve: () => 'internal' }) as 'internal',
      }),
    problem: 'test/lb: scheme is known after apply: use a literal, one of internet-facing, internal',
  },
  {
    what: 'a key alias of a web ACL',
    create: (stack) =>
      new WebAcl(stack, 'w', { name: 'w', logKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/logs' }),
    problem:
      "test/w: logKeyArn 'arn:aws:kms:eu-west-1:123456789012:alias/logs' is an alias: use the ARN of its key, arn:aws:kms:<region>:<account>:key/<id>",
  },
  {
    what: 'a key of another region for a web ACL',
    create: (stack) => new WebAcl(stack, 'w', { name: 'w', logKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/1' }),
    problem:
      "test/w: logKeyArn 'arn:aws:kms:us-east-1:123456789012:key/1' is of a key in us-east-1: use a key, or a replica of a multi-Region key, in eu-west-1",
  },
  {
    what: 'the name of a web ACL',
    create: (stack) => new WebAcl(stack, 'w', { name: 'shop.example' }),
    problem: "test/w: name 'shop.example' is not valid: use letters, digits, hyphens and underscores",
  },
  {
    what: 'a log bucket with a name of two letters',
    create: (stack) => new AccessLogBucket(stack, 'l', { name: 'lb' }),
    problem:
      "test/l: name 'lb' must consist of 3 or more lowercase letters, digits and inner hyphens, without a prefix or suffix that S3 reserves",
  },
  {
    what: 'a log bucket with a reserved suffix',
    create: (stack) => new AccessLogBucket(stack, 'l', { name: 'logs-s3alias' }),
    problem:
      "test/l: name 'logs-s3alias' must consist of 3 or more lowercase letters, digits and inner hyphens, without a prefix or suffix that S3 reserves",
  },
  {
    what: 'a log bucket',
    create: (stack) => new AccessLogBucket(stack, 'l', { name: 'logs', retentionDay: 1 } as never),
    problem: "test/l: unknown property 'retentionDay': did you mean 'retentionDays'?",
  },
  {
    what: 'a traffic contract',
    create: () => trafficContract({ drainSecond: 5 } as never),
    problem: "trafficContract: unknown property 'drainSecond': did you mean 'drainSeconds'?",
  },
])('$what of another shape is rejected', ({ create, problem }) => {
  expect(refusal(create)).toBe(problem);
});

test('a body is literal text', () => {
  const stack = synthesized({
    rules: [
      {
        key: 'soon',
        priority: 1,
        paths: ['/soon'],
        action: { kind: 'fixed-response', statusCode: 503, body: 'back at ${time}, 100%{sure}' },
      },
    ],
  });
  expect(stack.getResource('aws_lb_listener_rule', 'rule-soon').attributes['action'][0].fixed_response).toMatchObject({
    message_body: 'back at $${time}, 100%%{sure}',
  });
});

test('props may come from JSON', () => {
  const { vpc, ...data } = props;
  const parsed = JSON.parse(JSON.stringify(data)) as typeof data;
  const synth = (given: typeof data) =>
    synthStack((stack) => new ApplicationLoadBalancer(stack, 'lb', { vpc, ...given })).json;
  expect(synth(parsed)).toEqual(synth(data));
});

describe('a load balancer with IPv6 addresses', () => {
  const create = (addressing: 'ipv4' | 'dual-stack') => (stack: AwsStack) => {
    const zones = ['eu-west-1a', 'eu-west-1b'];
    const vpc = new Vpc(stack, 'network', { name: 'production', cidr: '10.20.0.0/16', zones, addressing });
    new ApplicationLoadBalancer(stack, 'lb', { ...props, vpc, ipAddressType: 'dualstack' });
  };

  test('in a VPC with both', () => {
    expect(synthStack(create('dual-stack')).getResource('aws_lb').attributes['ip_address_type']).toBe('dualstack');
  });

  test('in a VPC with IPv4 addresses only', () => {
    expect(refusal(create('ipv4'))).toBe(
      "test/lb: ipAddressType is 'dualstack', but the subnets of vpc have IPv4 addresses only: set the VPC's addressing to 'dual-stack', or ipAddressType to 'ipv4'",
    );
  });
});
