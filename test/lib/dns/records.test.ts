import { HostedZone } from '../../../lib/dns/hosted-zone';
import { HealthCheck, type HealthCheckProps } from '../../../lib/dns/health-check';
import { AliasRecords, DnsRecord, type AliasRecordsProps, type DnsRecordProps } from '../../../lib/dns/records';
import { refusal, synthStack } from '../../support/stack';

const zone = { zoneId: 'Z1', zoneName: 'example.com' };
const target = { dnsName: 'lb.eu-west-1.elb.amazonaws.com', hostedZoneId: 'ZLB' };

const aliases = (props: Partial<AliasRecordsProps>) =>
  synthStack((stack) => new AliasRecords(stack, 'web', { zone, name: 'example.com', target, ...props }));
const record = (props: Partial<DnsRecordProps>) =>
  synthStack((stack) => new DnsRecord(stack, 'r', { ...CNAME, ...props })).getResource('aws_route53_record').attributes;

const CNAME: DnsRecordProps = { zone, name: 'docs.example.com', type: 'CNAME', values: ['pages.example.org'] };

describe('AliasRecords', () => {
  test.each(['example.com', 'shop.example.com', '*.example.com'])(
    '%s over IPv4 and IPv6, with target health evaluation',
    (name) => {
      const stack = aliases({ name });
      for (const [path, type] of [
        ['web/a', 'A'],
        ['web/aaaa', 'AAAA'],
      ] as const) {
        const { attributes } = stack.getResource('aws_route53_record', path);
        expect(attributes).toMatchObject({
          zone_id: 'Z1',
          name,
          type,
          alias: { name: target.dnsName, zone_id: 'ZLB', evaluate_target_health: true },
        });
        expect(attributes).not.toHaveProperty('ttl');
      }
    },
  );

  test('weighted', () => {
    const routing = { kind: 'weighted', id: 'blue', weight: 10 } as const;
    expect(aliases({ routing }).getResource('aws_route53_record', 'web/a').attributes).toMatchObject({
      set_identifier: 'blue',
      weighted_routing_policy: { weight: 10 },
    });
  });

  test('failover: an alias evaluates target health, so the primary needs no health check', () => {
    const routing = { kind: 'failover', role: 'primary' } as const;
    expect(aliases({ routing }).getResource('aws_route53_record', 'web/a').attributes).toMatchObject({
      set_identifier: 'primary',
      failover_routing_policy: { type: 'PRIMARY' },
    });
    expect(
      refusal(
        (stack) =>
          new AliasRecords(stack, 'web', { zone, name: 'example.com', target, evaluateTargetHealth: false, routing }),
      ),
    ).toBe(
      "test/web: routing.role is 'primary' but the record has no health check, so failover to the secondary would never happen: set healthCheckId",
    );
  });

  test('all problems at once', () => {
    expect(
      refusal(
        (stack) =>
          new AliasRecords(stack, 'web', {
            zone,
            name: 'shop.example.org',
            target,
            routing: { kind: 'weighted', id: 'blue', weight: 256 },
          }),
      ),
    ).toBe(`test/web: 2 problems
  - name 'shop.example.org' is outside zone 'example.com': give the zone that contains it, or a name that ends with .example.com
  - routing.weight must be a whole number from 0 to 255, got 256`);
  });
});

describe('DnsRecord', () => {
  test('the TTL is five minutes by default', () => {
    expect(record({})).toMatchObject({ type: 'CNAME', ttl: 300, records: ['pages.example.org'] });
    expect(record({ ttlSeconds: 60 })).toMatchObject({ ttl: 60 });
  });

  test('TXT: long values are split into strings of 255 characters', () => {
    const long = 'k'.repeat(256);
    expect(record({ type: 'TXT', values: ['v=spf1 -all', long] })['records']).toEqual([
      'v=spf1 -all',
      `${'k'.repeat(255)}""k`,
    ]);
  });

  test.each(['NS', 'TXT'] as const)('%s: a list that is known after apply stays one', (type) => {
    const stack = synthStack((scope) => {
      const { nameServers } = new HostedZone(scope, 'zone', { zoneName: 'sub.example.com' });
      new DnsRecord(scope, 'r', { ...CNAME, name: 'sub.example.com', type, values: nameServers });
    });
    const zone = stack.getResource('aws_route53_zone');
    expect(stack.getResource('aws_route53_record', 'r/record').attributes['records']).toBe(
      `\${${zone.address}.name_servers}`,
    );
  });

  test('failover uses a health check', () => {
    const stack = synthStack((scope) => {
      const { healthCheckId } = new HealthCheck(scope, 'health', { host: 'docs.example.com' });
      new DnsRecord(scope, 'r', { ...CNAME, routing: { kind: 'failover', role: 'primary', healthCheckId } });
    });
    expect(stack.getResource('aws_route53_health_check').attributes).toMatchObject({
      type: 'HTTPS',
      fqdn: 'docs.example.com',
      port: 443,
      resource_path: '/',
      request_interval: 30,
      failure_threshold: 3,
      enable_sni: true,
    });
    expect(stack.isAfter(stack.getResource('aws_route53_record'), stack.getResource('aws_route53_health_check'))).toBe(
      true,
    );
  });

  test.each<{ props: Partial<DnsRecordProps>; problem: string }>([
    {
      props: { name: 'example.com' },
      problem:
        "name 'example.com' is the zone apex, where DNS does not allow type CNAME: use AliasRecords for an AWS resource, or type A",
    },
    {
      props: { values: ['a.example.org', 'b.example.org'] },
      problem: "values has 'a.example.org', 'b.example.org', but a CNAME allows only one name: keep one of them",
    },
    { props: { values: [] }, problem: 'values is empty: give at least one' },
    {
      props: { type: 'A', values: ['pages.example.org'] },
      problem: "values has 'pages.example.org', which is not an IPv4 address: type A requires IPv4 addresses",
    },
    {
      props: { type: 'AAAA', values: ['192.0.2.1'] },
      problem: "values has '192.0.2.1', which is not an IPv6 address: type AAAA requires IPv6 addresses",
    },
    {
      props: { name: 'docs.example.org' },
      problem:
        "name 'docs.example.org' is outside zone 'example.com': give the zone that contains it, or a name that ends with .example.com",
    },
    { props: { ttlSeconds: -1 }, problem: 'ttlSeconds must be a whole number from 0 to 2147483647, got -1' },
    {
      props: { type: 'TXT', values: ['"v=spf1 -all"'] },
      problem: 'values has "v=spf1 -all": remove the quotes, they are added for you',
    },
    {
      props: { type: 'CAA', values: ['amazon.com'] },
      problem: `values 'amazon.com' is not a valid CAA value: use the form 0 issue "amazon.com"`,
    },
    {
      props: { type: 'CAA', values: ['0 issue "amazon.com"', '0 issuewild ";"'] },
      problem:
        "values allows no authority to issue wildcard certificates, so ACM cannot: add one of amazon.com, amazontrust.com, awstrust.com, amazonaws.com (if intended: acknowledge(scope, 'caa-excludes-amazon', 'the reason'))",
    },
    {
      props: { routing: { kind: 'failover', role: 'primary' } },
      problem:
        "routing.role is 'primary' but the record has no health check, so failover to the secondary would never happen: set healthCheckId",
    },
  ])('$props is rejected', ({ props, problem }) => {
    expect(refusal((stack) => new DnsRecord(stack, 'r', { ...CNAME, ...props }))).toBe(`test/r: ${problem}`);
  });
});

test.each<{ props: HealthCheckProps; problem: string }>([
  { props: { host: '*.example.com' }, problem: "host '*.example.com' is a wildcard: give a single host" },
  { props: { host: 'example.com', path: 'health' }, problem: "path 'health' must start with /" },
  {
    props: { host: 'example.com', failureThreshold: 11 },
    problem: 'failureThreshold must be a whole number from 1 to 10, got 11',
  },
])('health check $props is rejected', ({ props, problem }) => {
  expect(refusal((stack) => new HealthCheck(stack, 'h', props))).toBe(`test/h: ${problem}`);
});
