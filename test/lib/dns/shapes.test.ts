import { Certificate } from '../../../lib/dns/certificate';
import { HealthCheck } from '../../../lib/dns/health-check';
import { HostedZone } from '../../../lib/dns/hosted-zone';
import { AliasRecords, DnsRecord, type DnsRecordProps } from '../../../lib/dns/records';
import { refusal, synthStack } from '../../support/stack';

const zone = { zoneId: 'Z1', zoneName: 'example.com' };
const RECORD = { zone, name: 'a.example.com' } as const;

const CONSTRUCTS = { AliasRecords, Certificate, DnsRecord, HealthCheck, HostedZone };

test.each<{ kind: keyof typeof CONSTRUCTS; json: string; problem: string }>([
  {
    kind: 'HostedZone',
    json: '{ "zoneName": "example.com", "dnssec": "on" }',
    problem: "dnssec must be one of off, signed, trusted, got 'on'",
  },
  {
    kind: 'HostedZone',
    json: '{ "zoneName": "example.com", "visibility": "internal" }',
    problem: "visibility must be one of public, private, got 'internal'",
  },
  {
    kind: 'HostedZone',
    json: '{ "zoneName": "example.com", "visibility": "private", "vpcIds": ["main"] }',
    problem: "vpcIds[0] must be the id of a VPC, such as vpc-0123456789abcdef0, got 'main'",
  },
  {
    kind: 'HostedZone',
    json: '{ "zoneName": "example.com", "vpcIds": ["vpc-1"] }',
    problem:
      "unknown property 'vpcIds': use one of zoneName, forceDestroy, deletionProtection, visibility, parent, dnssec, caa, queryLogGroupArn, or remove it",
  },
  {
    kind: 'HostedZone',
    json: '{ "zoneName": "a.example.com", "parent": { "zoneId": "example.com", "zoneName": "example.com" } }',
    problem: "parent.zoneId must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ, got 'example.com'",
  },
  {
    kind: 'HostedZone',
    json: '{ "zoneName": "example.com", "caa": { "issuers": ["amazon.com", "lets encrypt"] } }',
    problem:
      "caa.issuers[1] must be the domain of an authority, with parameters if any, such as 'letsencrypt.org', got 'lets encrypt'",
  },
  {
    kind: 'HostedZone',
    json: '{ "zoneName": "example.com", "caa": { "issuer": ["letsencrypt.org"] } }',
    problem: "unknown property 'caa.issuer': did you mean 'issuers'?",
  },
  {
    kind: 'HostedZone',
    json: '{ "zoneName": "example.com", "queryLogGroupArn": "arn:aws:logs:us-east-1:210987654321:log-group:/aws/route53/x" }',
    problem:
      "queryLogGroupArn 'arn:aws:logs:us-east-1:210987654321:log-group:/aws/route53/x' is a log group of account 210987654321, Route 53 logs to those of the zone's own account, 123456789012: create one there",
  },
  {
    kind: 'HostedZone',
    json: '{ "zoneName": "example.com", "visibility": "private", "vpcIds": ["vpc-1", "vpc-1"] }',
    problem: 'vpcIds has vpc-1 twice: remove one',
  },
  {
    kind: 'DnsRecord',
    json: '{ "zone": { "zoneId": "Z1", "zoneName": "example.com." }, "name": "a.example.com", "type": "A", "values": ["192.0.2.1"] }',
    problem: "zone.zoneName must be the name of a zone without a trailing dot, such as example.com, got 'example.com.'",
  },
  {
    kind: 'DnsRecord',
    json: '{ "zone": { "zoneId": "Z1", "zoneName": "example.com" }, "name": "example.com", "type": "DS", "values": ["12345 13 2 49FD46E6C4B45C55D4AC"] }',
    problem:
      "name 'example.com' is the zone apex, whose DS record belongs to the zone above it: use that zone, or add it at the registrar",
  },
  {
    kind: 'DnsRecord',
    json: '{ "zone": { "zoneId": "Z1", "zoneName": "example.com" }, "name": "a.example.com", "type": "CNAME", "values": ["A.example.com."] }',
    problem: "values has 'a.example.com', the name of the record itself: use the name that it stands for",
  },
  {
    kind: 'DnsRecord',
    json: '{ "zone": { "zoneId": "Z1", "zoneName": "example.com" }, "name": "a.example.com", "type": "A", "values": ["192.0.2.1"], "routing": { "kind": "weighted", "id": "a", "weight": 1, "healthCheckId": "www.example.com" } }',
    problem:
      "routing.healthCheckId must be the id of a health check, such as 01234567-89ab-cdef-0123-456789abcdef, got 'www.example.com'",
  },
  {
    kind: 'AliasRecords',
    json: '{ "zone": { "zoneId": "Z1", "zoneName": "example.com" }, "name": "a.example.com", "target": { "dnsName": "https://lb.example.org", "hostedZoneId": "Z2" } }',
    problem:
      "target.dnsName must be a DNS name, such as shop-1234567890.eu-west-1.elb.amazonaws.com, got 'https://lb.example.org'",
  },
  {
    kind: 'HealthCheck',
    json: '{ "host": "192.0.2.1" }',
    problem: "host '192.0.2.1' is an address: give a name, which Route 53 resolves for each check",
  },
  {
    kind: 'HealthCheck',
    json: '{ "host": "localhost" }',
    problem: "host 'localhost' does not resolve on the internet: give a full name, such as www.example.com",
  },
  {
    kind: 'Certificate',
    json: '{ "domainName": "example.com", "zones": [null], "region": "Virginia" }',
    problem:
      "zones[0] must be a hosted zone, such as { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' }, got null",
  },
  {
    kind: 'HealthCheck',
    json: '{ "host": "example.com", "intervalSeconds": 20 }',
    problem: 'intervalSeconds must be one of 10, 30, got 20',
  },
  {
    kind: 'HealthCheck',
    json: '{ "host": "example.com", "port": 0 }',
    problem: 'port must be a whole number from 1 to 65535, got 0',
  },
  {
    kind: 'AliasRecords',
    json: '{ "zone": { "zoneId": "Z1", "zoneName": "example.com" }, "name": "example.com", "target": "lb.amazonaws.com" }',
    problem:
      "target must be a target, such as { dnsName: loadBalancer.dnsName, hostedZoneId: loadBalancer.zoneId }, got 'lb.amazonaws.com'",
  },
  {
    kind: 'DnsRecord',
    json: '{ "zone": { "zoneId": "Z1", "zoneName": "example.com" }, "name": "a.example.com", "type": "SPF", "values": ["x"], "routing": { "kind": "latency" } }',
    problem: "routing.kind must be one of weighted, failover, got 'latency'",
  },
])('$kind of $json is rejected', ({ kind, json, problem }) => {
  const message = refusal((stack) => new CONSTRUCTS[kind](stack, 'x', JSON.parse(json) as never));
  expect(message.startsWith('test/x: ')).toBe(true);
  expect(message).toContain(problem);
});

describe('values of records', () => {
  test.each<{ props: Pick<DnsRecordProps, 'type' | 'values'>; problem: string }>([
    {
      props: { type: 'MX', values: ['mail.example.com'] },
      problem: "values has 'mail.example.com', which is not a value of type MX: use the form 10 mail.example.com",
    },
    {
      props: { type: 'SRV', values: ['5060 sip.example.com'] },
      problem:
        "values has '5060 sip.example.com', which is not a value of type SRV: use the form 10 5 5060 sip.example.com",
    },
    {
      props: { type: 'CNAME', values: ['https://pages.example.org/'] },
      problem:
        "values has 'https://pages.example.org/', which is not a value of type CNAME: use the form pages.example.org",
    },
    {
      props: { type: 'AAAA', values: ['fe80::1%eth0'] },
      problem: "values has 'fe80::1%eth0', which is not an IPv6 address: type AAAA requires IPv6 addresses",
    },
    {
      props: { type: 'A', values: ['192.0.2.1', '192.0.2.1'] },
      problem: "values has '192.0.2.1' twice, which Route 53 rejects: remove one",
    },
    {
      props: { type: 'TXT', values: ['k'.repeat(4001)] },
      problem:
        'values has a text of 4001 characters, Route 53 allows at most 4000: split it into several values, or shorten it',
    },
  ])('$problem', ({ props, problem }) => {
    expect(refusal((stack) => new DnsRecord(stack, 'r', { ...RECORD, ...props }))).toBe(`test/r: ${problem}`);
  });

  test.each<Pick<DnsRecordProps, 'type' | 'values'>>([
    { type: 'MX', values: ['0 .', '10 mail.example.com', '20 mx.Example.com.'] },
    { type: 'SRV', values: ['0 0 0 .', '10 5 5060 _sip.example.com'] },
    { type: 'CNAME', values: ['xyz._domainkey.example.org.'] },
    { type: 'DS', values: ['12345 13 2 49FD46E6C4B45C55D4AC'] },
    { type: 'TXT', values: ['v=spf1 exists:%{i}._spf.example.com -all', '${not a reference}'] },
  ])('$type $values', (props) => {
    const { attributes } = synthStack((stack) => new DnsRecord(stack, 'r', { ...RECORD, ...props })).getResource(
      'aws_route53_record',
    );
    const escaped = props.values.map((text) => text.replace(/[$%]\{/g, (mark) => mark[0]! + mark));
    expect(attributes['records']).toEqual(escaped);
  });
});
