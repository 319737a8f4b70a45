import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { AccessLogBucket } from '../../../lib/load-balancing/access-logs';
import {
  ApplicationLoadBalancer,
  type ApplicationLoadBalancerProps,
} from '../../../lib/load-balancing/application-load-balancer';
import { trafficContract } from '../../../lib/load-balancing/traffic-contract';
import { synthStack } from '../../support/stack';
import { problemsOf, props, subnet, synthesized, vpc } from './fixtures';

const VIRGINIA = 'arn:aws:acm:us-east-1:123456789012:certificate/0f3b6f9c-1f6e-4a5a-9d3c-2b1a0c9d8e7f';

describe('the load balancer', () => {
  test.each<{ changes: Partial<ApplicationLoadBalancerProps>; expected: object }>([
    { changes: {}, expected: { internal: false, subnets: ['subnet-10.20.0.0/24', 'subnet-10.20.1.0/24'] } },
    {
      changes: { scheme: 'internal' },
      expected: { internal: true, subnets: ['subnet-10.20.16.0/20', 'subnet-10.20.32.0/20'] },
    },
    {
      changes: {},
      expected: {
        drop_invalid_header_fields: true,
        desync_mitigation_mode: 'defensive',
        enable_zonal_shift: true,
        enable_deletion_protection: true,
        idle_timeout: 60,
        xff_header_processing_mode: 'append',
        access_logs: { bucket: 'logs', enabled: true },
      },
    },
    { changes: { deletionProtection: false }, expected: { enable_deletion_protection: false } },
    {
      changes: { logs: { kind: 'bucket', bucket: { bucketName: 'logs' }, records: ['connection', 'health-check'] } },
      expected: {
        connection_logs: { bucket: 'logs', enabled: true },
        health_check_logs: { bucket: 'logs', enabled: true },
      },
    },
    {
      changes: { traffic: trafficContract({ loadBalancerIdleSeconds: 90, trustedCidrs: ['10.20.0.0/16'] }) },
      expected: { idle_timeout: 90 },
    },
  ])('$changes gives $expected', ({ changes, expected }) => {
    expect(synthesized(changes).getResource('aws_lb').attributes).toMatchObject(expected);
  });

  test('writes only the configured logs', () => {
    const { access_logs, connection_logs } = synthesized({ logs: { kind: 'off', reason: 'a trial' } }).getResource(
      'aws_lb',
    ).attributes;
    expect([access_logs, connection_logs]).toEqual([undefined, undefined]);
  });
});

describe('the listeners', () => {
  test('port 80 only redirects', () => {
    expect(synthesized().getResource('aws_lb_listener', 'lb/http').attributes).toMatchObject({
      port: 80,
      protocol: 'HTTP',
      default_action: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' } }],
    });
  });

  test('port 443 returns 404 by default, with HSTS and without a Server header', () => {
    expect(synthesized().getResource('aws_lb_listener', 'lb/https').attributes).toMatchObject({
      port: 443,
      protocol: 'HTTPS',
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      certificate_arn: 'arn:com',
      routing_http_response_server_enabled: false,
      routing_http_response_strict_transport_security_header_value: 'max-age=31536000',
      default_action: [{ type: 'fixed-response', fixed_response: { status_code: '404' } }],
    });
  });

  test('every certificate is listed, by its key or first domain name', () => {
    const org = { certificateArn: 'arn:org', domainNames: ['example.org'] };
    const ecdsa = { certificateArn: 'arn:ecdsa', domainNames: ['example.org'], key: 'ecdsa' };
    const listed = synthesized({ certificates: [...props.certificates, org, ecdsa] })
      .ofType('aws_lb_listener_certificate')
      .map(({ path, attributes }) => [path, attributes['certificate_arn']]);
    expect(listed).toEqual([
      ['lb/certificate-ecdsa', 'arn:ecdsa'],
      ['lb/certificate-example.com', 'arn:com'],
      ['lb/certificate-example.org', 'arn:org'],
    ]);
  });
});

describe('the target group', () => {
  test('uses the ports and health check of the contract', () => {
    const traffic = trafficContract({
      httpNodePort: 31000,
      healthCheckNodePort: 31001,
      trustedCidrs: ['10.20.0.0/16'],
    });
    expect(synthesized({ traffic }).getResource('aws_lb_target_group').attributes).toMatchObject({
      port: 31000,
      protocol: 'HTTP',
      target_type: 'instance',
      vpc_id: 'vpc-1',
      deregistration_delay: '20',
      load_balancing_algorithm_type: 'round_robin',
      stickiness: { enabled: false },
      health_check: { port: '31001', path: '/ping', matcher: '200', interval: 5, timeout: 2 },
      lifecycle: { create_before_destroy: true },
    });
  });

  test('its name changes with the port, but not with timings', () => {
    const nameWith = (changes: object) =>
      synthesized({ traffic: trafficContract({ trustedCidrs: ['10.20.0.0/16'], ...changes }) }).getResource(
        'aws_lb_target_group',
      ).attributes['name'];
    expect(nameWith({})).toMatch(/^production-ingress-[0-9a-f]{8}$/);
    expect(nameWith({ httpNodePort: 31000 })).not.toBe(nameWith({}));
    expect(nameWith({ healthCheckIntervalSeconds: 10, healthCheckNodePort: 31001 })).toBe(nameWith({}));
  });

  test('has every node group as target, unless it lists its own', () => {
    const stack = synthesized({
      targets: [
        { key: 'a', autoScalingGroupName: 'asg-a' },
        { key: 'b', autoScalingGroupName: 'asg-b' },
      ],
      targetGroups: [
        { key: 'stable' },
        { key: 'canary', nodePort: 30090, targets: [{ key: 'c', autoScalingGroupName: 'asg-c' }] },
      ],
    });
    expect(stack.ofType('aws_autoscaling_attachment').map(({ path }) => path)).toEqual([
      'lb/target-group-canary/attachment-c',
      'lb/target-group-stable/attachment-a',
      'lb/target-group-stable/attachment-b',
    ]);
  });
});

describe('the security group', () => {
  const rules = (stack: ReturnType<typeof synthesized>) =>
    ['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'].flatMap((type) =>
      stack.ofType(type).map(({ path, attributes: rule }) => ({
        path: path.replace('lb/security-group/', ''),
        source: rule['cidr_ipv4'] ?? rule['cidr_ipv6'] ?? 'group',
        port: rule['from_port'],
      })),
    );

  test('allows clients, and the load balancer to the NodePorts only', () => {
    expect(rules(synthesized())).toEqual([
      { path: 'clients-443-0.0.0.0--0', source: '0.0.0.0/0', port: 443 },
      { path: 'clients-80-0.0.0.0--0', source: '0.0.0.0/0', port: 80 },
      { path: 'nodes-from-30080', source: 'group', port: 30080 },
      { path: 'nodes-from-30081', source: 'group', port: 30081 },
      { path: 'to-nodes-30080', source: 'group', port: 30080 },
      { path: 'to-nodes-30081', source: 'group', port: 30081 },
    ]);
  });

  test.each([
    { changes: { ipAddressType: 'dualstack' as const }, sources: ['0.0.0.0/0', '::/0'] },
    { changes: { scheme: 'internal' as const }, sources: ['10.20.0.0/16'] },
    { changes: { clientCidrs: ['192.0.2.0/24'] }, sources: ['192.0.2.0/24'] },
  ])('$changes allows $sources', ({ changes, sources }) => {
    const clients = rules(synthesized(changes)).filter(({ path }) => path.startsWith('clients-443'));
    expect(clients.map(({ source }) => source).sort()).toEqual(sources);
  });
});

describe('order', () => {
  const stack = synthStack((scope) => {
    const gateway = new InternetGateway(scope, 'gateway', {});
    const bucket = new AccessLogBucket(scope, 'logs', { name: 'logs' });
    const publicSubnets = vpc.publicSubnets.map((publicSubnet) => ({ ...publicSubnet, ready: [gateway] }));
    new ApplicationLoadBalancer(scope, 'lb', {
      ...props,
      vpc: { ...vpc, publicSubnets },
      logs: { kind: 'bucket', bucket },
      certificates: [{ certificateArn: gateway.arn, domainNames: ['example.com'] }],
    });
  });

  test.each([
    ['aws_lb', undefined, 'aws_s3_bucket_policy', undefined],
    ['aws_lb', undefined, 'aws_internet_gateway', undefined],
    ['aws_lb', undefined, 'aws_security_group', undefined],
    ['aws_s3_bucket_policy', undefined, 'aws_s3_bucket_public_access_block', undefined],
    ['aws_lb_listener', 'https', 'aws_internet_gateway', undefined],
    ['aws_lb_listener_rule', undefined, 'aws_autoscaling_attachment', undefined],
    ['aws_lb_listener_rule', undefined, 'aws_vpc_security_group_ingress_rule', 'nodes-from-30080'],
    ['aws_lb_listener_rule', undefined, 'aws_vpc_security_group_egress_rule', 'to-nodes-30081'],
    ['aws_autoscaling_attachment', undefined, 'aws_lb_target_group', undefined],
  ])('%s %s after %s %s', (later, laterPath, earlier, earlierPath) => {
    expect(stack.isAfter(stack.getResource(later, laterPath), stack.getResource(earlier, earlierPath))).toBe(true);
  });

  test('what a listener rule needs is deleted only after the rule is updated', () => {
    const types = ['aws_lb_target_group', 'aws_autoscaling_attachment', 'aws_vpc_security_group_egress_rule'];
    for (const { attributes } of types.flatMap((type) => stack.ofType(type))) {
      expect(attributes['lifecycle']).toEqual({ create_before_destroy: true });
    }
  });
});

test('no resource depends on the order of lists', () => {
  const addresses = (changes: Parameters<typeof synthesized>[0]) =>
    synthesized(changes)
      .resources.map(({ address }) => address)
      .sort();
  const targets = ['a', 'b', 'c'].map((key) => ({ key, autoScalingGroupName: `asg-${key}` }));
  const targetGroups = [{ key: 'ingress' }, { key: 'canary', nodePort: 30090 }];
  expect(addresses({ targets: [...targets].reverse(), targetGroups: [...targetGroups].reverse() })).toEqual(
    addresses({ targets, targetGroups }),
  );
});

describe('rejects', () => {
  const one = [{ key: 'ingress' }];
  test.each<{ changes: Parameters<typeof problemsOf>[0]; problems: string[] }>([
    {
      changes: { name: 'a-name-that-is-longer-than-aws-takes' },
      problems: ["name 'a-name-that-is-longer-than-aws-takes' has 36 characters, AWS allows at most 32: shorten it"],
    },
    {
      changes: { name: 'internal-web' },
      problems: [
        "name 'internal-web' must consist of letters, digits and inner hyphens, and must not start with 'internal-'",
      ],
    },
    {
      changes: { vpc: { ...vpc, publicSubnets: [subnet('eu-west-1a', '10.20.0.0/24')] } },
      problems: ['vpc.publicSubnets has subnets in 1 zone (eu-west-1a): use a VPC that has them in at least 2 zones'],
    },
    {
      changes: { vpc: { ...vpc, publicSubnets: [] } },
      problems: [
        "vpc.publicSubnets has subnets in 0 zones (none): use a VPC that has them in at least 2 zones, or scheme 'internal'",
      ],
    },
    {
      changes: { scheme: 'internal', vpc: { ...vpc, privateSubnets: [] } },
      problems: ['vpc.privateSubnets has subnets in 0 zones (none): use a VPC that has them in at least 2 zones'],
    },
    {
      changes: { vpc: { ...vpc, publicSubnets: [...vpc.publicSubnets, subnet('eu-west-1a', '10.20.2.0/24')] } },
      problems: [
        'vpc.publicSubnets has 2 subnets in eu-west-1a (subnet-10.20.0.0/24, subnet-10.20.2.0/24), a load balancer allows one per zone: list one of them',
      ],
    },
    {
      changes: { certificates: [] },
      problems: ['certificates is empty: list at least one, which HTTPS requires'],
    },
    {
      changes: { certificates: [...props.certificates, ...props.certificates] },
      problems: ["certificates has two with the key 'example.com': remove one, or set another key"],
    },
    {
      changes: { certificates: [...props.certificates, { ...props.certificates[0]!, key: 'other' }] },
      problems: ["certificates 'example.com' and 'other' are the same certificate: remove one"],
    },
    {
      changes: { certificates: [{ certificateArn: VIRGINIA, domainNames: ['example.com'] }] },
      problems: [
        `certificates has ${VIRGINIA} in us-east-1: it must be in the load balancer's region, eu-west-1; request one there`,
      ],
    },
    {
      changes: { traffic: trafficContract({ trustedCidrs: ['10.20.0.0/24'], httpNodePort: 80 }) },
      problems: [
        'traffic: httpNodePort must be a whole number from 30000 to 32767, got 80',
        "traffic.trustedCidrs (10.20.0.0/24) lacks the load balancer's subnet 10.20.1.0/24: the ingress would see the load balancer as the client; add it",
      ],
    },
    {
      changes: {
        traffic: trafficContract({
          trustedCidrs: ['10.20.0.0/16'],
          additionalNodePorts: { http: [31000, 31001, 31002, 31003, 31004] },
        }),
      },
      problems: [
        "rule 'ingress' forwards to 6 target groups, with those of traffic.additionalNodePorts.http (31000, 31001, 31002, 31003, 31004), AWS allows at most 5: list fewer ports at a time",
      ],
    },
    {
      changes: { logs: { kind: 'off', reason: ' ' } },
      problems: ['logs.reason is required when logs are off'],
    },
    {
      changes: { logs: { kind: 'bucket', bucket: { bucketName: 'logs', encryption: 'kms', region: 'us-east-1' } } },
      problems: [
        "logs go to logs, whose encryption is 'kms': load balancers write only to buckets with SSE-S3; use a separate bucket",
        "logs go to logs in us-east-1: the bucket must be in the load balancer's region, eu-west-1",
      ],
    },
    {
      changes: { ipAddressType: 'dualstack', clientCidrs: ['192.0.2.1/24', '::/0', '::/0'] },
      problems: [
        'clientCidrs has ::/0 twice: remove one',
        "clientCidrs '192.0.2.1/24' has host bits set: use 192.0.2.0/24",
      ],
    },
    {
      changes: { clientCidrs: [] },
      problems: [
        'clientCidrs is empty, so nobody could connect: list the networks of clients, or omit it for everyone',
      ],
    },
    {
      changes: { scheme: 'internal', clientCidrs: [] },
      problems: ['clientCidrs is empty, so nobody could connect: list the networks of clients, or omit it for the VPC'],
    },
    {
      changes: { clientCidrs: ['2001:db8::/32', '2001:db8::/129'] },
      problems: [
        "clientCidrs has 2001:db8::/32, 2001:db8::/129, but the load balancer has IPv4 addresses only: remove them, or set ipAddressType: 'dualstack'",
        "clientCidrs '2001:db8::/129' is not a valid IPv6 CIDR: use one such as 2001:db8::/32",
      ],
    },
    {
      changes: { clientCidrs: Array.from({ length: 31 }, (_, index) => `192.0.${index}.0/24`) },
      problems: [
        "clientCidrs needs 62 inbound IPv4 rules of a security group, AWS allows 60 unless the quota is raised: list at most 30 networks, such as larger ones (if intended: acknowledge(scope, 'default-quota', 'the reason'))",
      ],
    },
    {
      changes: {
        certificates: Array.from({ length: 26 }, (_, index) => ({
          certificateArn: `arn:${index}`,
          domainNames: [`${index}.example.com`],
        })),
        hosts: ['0.example.com'],
      },
      problems: [
        "certificates needs 26 certificates of a listener, AWS allows 25 unless the quota is raised: use one certificate for several names (if intended: acknowledge(scope, 'default-quota', 'the reason'))",
      ],
    },
    {
      changes: { ipAddressType: 'dualstack', clientCidrs: ['2001:db8::1/32'] },
      problems: ["clientCidrs '2001:db8::1/32' has host bits set: use 2001:db8::/32"],
    },
    {
      changes: { ipAddressType: 'dualstack', vpc: { ...vpc, addressing: 'ipv4' } },
      problems: [
        "ipAddressType is 'dualstack', but the subnets of vpc have IPv4 addresses only: set the VPC's addressing to 'dual-stack', or ipAddressType to 'ipv4'",
      ],
    },
    {
      changes: {
        webAcl: { webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/shop/1' },
      },
      problems: [
        "webAcl is arn:aws:wafv2:us-east-1:123456789012:regional/webacl/shop/1 in us-east-1: it must be in the load balancer's region, eu-west-1; create one there",
      ],
    },
    {
      changes: {
        webAcl: { webAclArn: 'arn:aws:wafv2:eu-west-1:210987654321:regional/webacl/shop/1' },
        certificates: [
          { certificateArn: 'arn:aws:acm:eu-west-1:210987654321:certificate/1', domainNames: ['example.com'] },
          { certificateArn: 'arn:aws:iam::210987654321:server-certificate/1', domainNames: ['www.example.com'] },
        ],
      },
      problems: [
        "certificates has arn:aws:acm:eu-west-1:210987654321:certificate/1 of account 210987654321: it must be of the load balancer's account, 123456789012; request one there",
        "certificates has arn:aws:iam::210987654321:server-certificate/1 of account 210987654321: it must be of the load balancer's account, 123456789012; request one there",
        "webAcl is arn:aws:wafv2:eu-west-1:210987654321:regional/webacl/shop/1 of account 210987654321: it must be of the load balancer's account, 123456789012; create one there",
      ],
    },
    {
      changes: { strictTransportSecurity: 'one year' },
      problems: ["strictTransportSecurity 'one year' has no effect: use the form max-age=31536000; includeSubDomains"],
    },
    {
      changes: {
        targetGroups: [{ key: 'ingress' }, ...Array.from({ length: 100 }, (_, index) => ({ key: `other-${index}` }))],
      },
      problems: ['targetGroups has 101 groups, AWS allows at most 100 per load balancer: remove 1'],
    },
    {
      changes: { logs: { kind: 'bucket', bucket: { bucketName: 'logs' }, records: [] } },
      problems: ["logs.records is empty: list at least one, omit it for 'access', or use { kind: 'off', reason }"],
    },
    {
      changes: {
        rules: [
          {
            key: 'a',
            priority: 1,
            hosts: [],
            headers: { 'x-a': [] },
            action: { kind: 'fixed-response', statusCode: 404 },
          },
        ],
      },
      problems: [
        "rule 'a' has no hosts: list at least one, or set another condition in its place",
        "rule 'a' has no headers.x-a: list at least one, or set another condition in its place",
      ],
    },
    {
      changes: { targets: [...props.targets, ...props.targets] },
      problems: ["targets has the key 'ingress' twice: change one"],
    },
    {
      changes: { targetGroups: [] },
      problems: ['targetGroups is empty: omit it for the ingress only'],
    },
    {
      changes: { targetGroups: [...one, ...one] },
      problems: ["targetGroups has the key 'ingress' twice: change one"],
    },
    {
      changes: { targetGroups: [{ key: 'v1.2' }] },
      problems: ["target group 'v1.2' must have a key of letters, digits and inner hyphens"],
    },
    {
      changes: {
        targetGroups: [
          { key: 'a', slowStartSeconds: 10 },
          { key: 'b', slowStartSeconds: 60, algorithm: 'least_outstanding_requests' },
          { key: 'c', nodePort: 8080, targets: [...props.targets, ...props.targets] },
        ],
      },
      problems: [
        "target group 'a' has slowStartSeconds 10: it must be a whole number from 30 to 900",
        "target group 'b' has slowStartSeconds (60) with least_outstanding_requests: use algorithm 'round_robin', or omit slowStartSeconds",
        "target group 'c' has nodePort 8080: it must be a whole number from 30000 to 32767",
        "target group 'c': targets has the key 'ingress' twice: change one",
      ],
    },
  ])('$problems', ({ changes, problems }) => {
    expect(problemsOf(changes)).toEqual(problems);
  });
});
