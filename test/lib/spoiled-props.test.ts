import type { AwsStack } from '../../lib/core/aws-stack';
import { ValidationError } from '../../lib/core/check';
import { Certificate } from '../../lib/dns/certificate';
import { HealthCheck } from '../../lib/dns/health-check';
import { HostedZone } from '../../lib/dns/hosted-zone';
import { AliasRecords, DnsRecord } from '../../lib/dns/records';
import { AccessLogBucket } from '../../lib/load-balancing/access-logs';
import { ApplicationLoadBalancer } from '../../lib/load-balancing/application-load-balancer';
import { trafficContract } from '../../lib/load-balancing/traffic-contract';
import { WebAcl } from '../../lib/load-balancing/web-acl';
import { Vpc } from '../../lib/network/vpc';
import { changed, format, places, typeOf } from '../support/data-places';
import { synthStack } from '../support/stack';
import { props as loadBalancer } from './load-balancing/fixtures';

const zone = { zoneId: 'Z1', zoneName: 'example.com', visibility: 'public' };
const routing = { kind: 'weighted', id: 'blue', weight: 10, healthCheckId: 'a' };

/** Each with its data, in which every prop is set. */
const CONSTRUCTS = {
  AccessLogBucket: {
    create: (stack: AwsStack, props: unknown) => new AccessLogBucket(stack, 'x', props as never),
    data: { name: 'access-logs', retentionDays: 30, forceDestroy: true, deletionProtection: false },
  },
  AliasRecords: {
    create: (stack: AwsStack, props: unknown) => new AliasRecords(stack, 'x', props as never),
    data: {
      zone,
      name: 'example.com',
      target: { dnsName: 'lb.example.net', hostedZoneId: 'Z2' },
      evaluateTargetHealth: true,
      routing,
    },
  },
  ApplicationLoadBalancer: {
    create: (stack: AwsStack, props: unknown) => new ApplicationLoadBalancer(stack, 'x', props as never),
    data: {
      ...loadBalancer,
      scheme: 'internet-facing',
      logs: {
        kind: 'bucket',
        bucket: { bucketName: 'logs', encryption: 's3', region: 'eu-west-1' },
        records: ['access'],
      },
      traffic: trafficContract({
        trustedCidrs: ['10.20.0.0/16'],
        additionalNodePorts: { http: [31080], healthCheck: [31081] },
      }),
      targetGroups: [
        {
          key: 'stable',
          algorithm: 'round_robin',
          slowStartSeconds: 30,
          targets: [{ key: 'a', formerKey: 'b', autoScalingGroupName: 'c' }],
        },
        { key: 'canary', nodePort: 31000, healthCheckNodePort: 31001 },
      ],
      hosts: ['example.com'],
      rules: [
        {
          key: 'weighted',
          priority: 1,
          hosts: ['example.com'],
          headers: { 'X-Beta': ['1'] },
          query: [{ key: 'a', value: 'b' }],
          action: { kind: 'forward', weights: { stable: 90, canary: 10 }, stickySeconds: 60 },
        },
        {
          key: 'fixed',
          priority: 2,
          paths: ['/a'],
          methods: ['GET'],
          sourceCidrs: ['192.0.2.0/24'],
          action: { kind: 'fixed-response', statusCode: 404, contentType: 'text/plain', body: 'x' },
        },
        {
          key: 'redirect',
          priority: 3,
          paths: ['/b'],
          action: { kind: 'redirect', statusCode: 301, host: 'a', path: '/b', query: 'c' },
        },
      ],
      webAcl: { webAclArn: 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1' },
      clientCidrs: ['192.0.2.0/24', '2001:db8::/32'],
      ipAddressType: 'dualstack',
      deletionProtection: false,
      strictTransportSecurity: 'max-age=0',
    },
  },
  Certificate: {
    create: (stack: AwsStack, props: unknown) => new Certificate(stack, 'x', props as never),
    data: {
      domainName: 'example.com',
      subjectAlternativeNames: ['*.example.com'],
      zones: [zone],
      region: 'us-east-1',
    },
  },
  DnsRecord: {
    create: (stack: AwsStack, props: unknown) => new DnsRecord(stack, 'x', props as never),
    data: { zone, name: 'a.example.com', type: 'MX', values: ['10 mail.example.com'], ttlSeconds: 60, routing },
  },
  HealthCheck: {
    create: (stack: AwsStack, props: unknown) => new HealthCheck(stack, 'x', props as never),
    data: { host: 'example.com', path: '/health', port: 8443, intervalSeconds: 10, failureThreshold: 2 },
  },
  HostedZone: {
    create: (stack: AwsStack, props: unknown) => new HostedZone(stack, 'x', props as never),
    data: {
      zoneName: 'shop.example.com',
      visibility: 'public',
      forceDestroy: true,
      deletionProtection: false,
      parent: zone,
      dnssec: 'trusted',
      caa: { issuers: ['amazon.com'], reportTo: 'mailto:security@example.com' },
      queryLogGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:queries',
    },
  },
  PrivateHostedZone: {
    create: (stack: AwsStack, props: unknown) => new HostedZone(stack, 'x', props as never),
    data: { zoneName: 'internal', visibility: 'private', vpcIds: ['vpc-1'] },
  },
  Vpc: {
    create: (stack: AwsStack, props: unknown) => new Vpc(stack, 'x', props as never),
    data: {
      name: 'production',
      cidr: '10.20.0.0/16',
      zones: ['eu-west-1a', 'eu-west-1b'],
      intraZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
      nat: { kind: 'per-zone', elasticIpIds: { 'eu-west-1a': 'eipalloc-1', 'eu-west-1b': 'eipalloc-2' } },
      publicSubnets: true,
      endpoints: ['ecr.api'],
      routes: [{ cidr: '192.168.0.0/16', via: { kind: 'peering', peeringConnectionId: 'pcx-0a1b2c3d4e5f60718' } }],
      secondaryCidrs: ['100.64.0.0/16'],
      addressing: 'dual-stack',
      clusterName: 'production',
      flowLogs: { retentionDays: 30, traffic: 'ALL' },
      kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1',
      deletionProtection: false,
    },
  },
  WebAcl: {
    create: (stack: AwsStack, props: unknown) => new WebAcl(stack, 'x', props as never),
    data: {
      name: 'shop',
      managedRuleGroups: [{ name: 'AWSManagedRulesA', vendor: 'AWS', mode: 'count', countedRules: ['B'] }],
      requestsPerFiveMinutes: 100,
      mode: 'block',
      logRetentionDays: 30,
      logKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1',
      deletionProtection: false,
    },
  },
} as const;

const SPOILED: readonly unknown[] = [null, false, 0, -1e9, 'x y', [null], { unknown: 1 }];

/** Whose keys are the user's own: one more of them may be right. */
const RECORDS = /(elasticIpIds|weights|headers)$/;

type Kind = keyof typeof CONSTRUCTS;

/** What synthesis throws, if anything. */
function thrownBy(kind: Kind, data: unknown): unknown {
  try {
    synthStack((stack) => void CONSTRUCTS[kind].create(stack, data));
  } catch (error) {
    return error;
  }
  return undefined;
}

describe.each(Object.keys(CONSTRUCTS) as Kind[])('%s', (kind) => {
  const data: unknown = JSON.parse(JSON.stringify(CONSTRUCTS[kind].data));

  test('accepts its data, from JSON', () => {
    expect(thrownBy(kind, data)).toBeUndefined();
  });

  test('rejects values of another type at every place, and never crashes', () => {
    const passed = places(data).flatMap(({ path, value }) =>
      SPOILED.filter((spoiled) => typeOf(spoiled) !== typeOf(value)).flatMap((spoiled) => {
        const thrown = thrownBy(kind, changed(data, path, spoiled));
        return thrown instanceof ValidationError
          ? []
          : [`${format(path)}: ${JSON.stringify(spoiled)}: ${String(thrown)}`];
      }),
    );
    expect(passed).toEqual([]);
  });

  test('rejects unknown keys at every place', () => {
    const objects = [{ path: [], value: data }, ...places(data)].filter(({ value }) => typeOf(value) === 'object');
    const passed = objects
      .filter(({ path }) => !RECORDS.test(format(path)))
      .map(({ path }) => [...path, 'unknownKey'])
      .filter((path) => !String(thrownBy(kind, changed(data, path, 1))).includes(`unknown property '${format(path)}'`));
    expect(passed.map(format)).toEqual([]);
  });
});
