import { ingress } from '../../../lib/addons/ingress/ingress';
import { environmentFacts } from '../../../lib/environment/environment-facts';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { environment, refused, synthEnvironments, synthInfrastructure } from './fixtures';

const TRANSIT = { kind: 'transit-gateway', transitGatewayId: 'tgw-0a1b2c3d4e5f60718' } as const;
const PRIVATE = { nat: { kind: 'none' } } as const;
const CACHE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/docker-hub';

const synth = (overrides: Partial<EnvironmentProps>) => synthEnvironments(environment(overrides));
const ends = (text: string) => expect.stringMatching(new RegExp(`: ${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));

describe('networks that may reach the API', () => {
  const endpoint = (...privateCidrs: string[]) => ({ kind: 'private', privateCidrs }) as const;
  const routes = [{ cidr: '10.0.0.0/8', via: TRANSIT }];

  test.each<[string, Partial<EnvironmentProps>]>([
    ['the VPC', { endpoint: endpoint('10.30.0.0/16') }],
    ['a network that the VPC is part of', { endpoint: endpoint('10.0.0.0/8') }],
    ['the destination of a route', { endpoint: endpoint('10.30.0.0/16', '10.0.0.0/8'), network: { routes } }],
    ['a part of the destination of a route', { endpoint: endpoint('10.99.0.0/16'), network: { routes } }],
    [
      'another one, if its route is created elsewhere',
      { endpoint: endpoint('192.168.0.0/16'), acknowledge: { 'no-route-back': 'peered by the network stack' } },
    ],
  ])('%s gets replies', (_, overrides) => {
    expect(synth(overrides).get('staging-infrastructure')!.ofType('aws_eks_cluster')).toHaveLength(1);
  });

  test.each<[string, Partial<EnvironmentProps>]>([
    ['without routes', { endpoint: endpoint('192.168.0.0/16') }],
    ['with routes to others', { endpoint: endpoint('192.168.0.0/16'), network: { routes } }],
  ])('another one does not, %s', (_, overrides) => {
    expect(refused(() => synth(overrides))).toEqual(
      ends(
        'endpoint.privateCidrs has 192.168.0.0/16, but replies of the Kubernetes API have no route there: add it to network.routes, or remove it',
      ),
    );
  });

  test('the remedy works', () => {
    const both = [...routes, { cidr: '192.168.0.0/16', via: TRANSIT }];
    const stack = synthInfrastructure({ endpoint: endpoint('192.168.0.0/16'), network: { routes: both } });
    expect(stack.getResource('aws_route', 'routes/intra-to-192.168.0.0-16').attributes).toMatchObject({
      destination_cidr_block: '192.168.0.0/16',
    });
  });
});

describe('the tunnel', () => {
  test('is not created unless asked for', () => {
    const stack = synthInfrastructure();
    expect(stack.resources.filter(({ path }) => path.includes('tunnel'))).toEqual([]);
  });

  test('is data, and exports its command and its policy', () => {
    const stack = synthInfrastructure({ tunnel: { roles: ['platform'] } });
    expect(stack.json.output).toMatchObject({
      tunnel_command: { value: expect.stringContaining("'Name=tag:quayside:tunnel,Values=staging'") },
      tunnel_policy_arn: { value: `\${${stack.getResource('aws_iam_policy', 'tunnel/policy').address}.arn}` },
    });
    expect(stack.getResource('aws_iam_role_policy_attachment', 'tunnel/role-platform').attributes['role']).toBe(
      'platform',
    );
  });

  test('has addresses of its own', () => {
    const added = synthInfrastructure({ tunnel: { roles: ['platform'] } }).resources;
    const before = new Set(synthInfrastructure().resources.map(({ address }) => address));
    expect(added.filter(({ address }) => !before.has(address)).map(({ path }) => path)).toEqual([
      'tunnel/group',
      'tunnel/instance-profile',
      'tunnel/policy',
      'tunnel/role/role',
      'tunnel/role-platform',
      'tunnel/role/AmazonSSMManagedInstanceCore',
      'tunnel/launch-template',
      'tunnel/security-group',
      'tunnel/https-to-0.0.0.0-0',
      'tunnel/api-from-tunnel',
    ]);
  });

  test('drops no setting', () => {
    expect(refused(() => synth({ tunnel: { role: ['platform'] } as never }))).toEqual(
      ends("unknown property 'tunnel.role': did you mean 'roles'?"),
    );
  });

  test('is admitted by the API, even if no network is', () => {
    const stack = synthInfrastructure({ tunnel: {}, endpoint: { kind: 'private', privateCidrs: [] } });
    expect(
      stack.getResource('aws_vpc_security_group_ingress_rule', 'tunnel/api-from-tunnel').attributes[
        'security_group_id'
      ],
    ).toContain('vpc_config[0].cluster_security_group_id');
  });

  test.each([
    { network: undefined, destination: '0.0.0.0/0' },
    { network: PRIVATE, destination: '10.30.0.0/16' },
    { network: { ...PRIVATE, routes: [{ cidr: '0.0.0.0/0', via: TRANSIT }] }, destination: '0.0.0.0/0' },
  ])('of $network has egress to $destination', ({ network, destination }) => {
    const rules = synthInfrastructure({ tunnel: {}, network }).ofType('aws_vpc_security_group_egress_rule');
    const own = rules.filter(({ path }) => path.includes('/tunnel/') || path.startsWith('tunnel/'));
    expect(own.map(({ attributes }) => attributes['cidr_ipv4'])).toEqual([destination]);
  });

  const endpoints = ['ec2', 'ecr.api', 'ecr.dkr', 'eks-auth', 'sts'];

  test('needs Session Manager', () => {
    expect(refused(() => synth({ tunnel: {}, network: { ...PRIVATE, endpoints: [...endpoints, 'ssm'] } }))).toEqual(
      ends(
        'tunnel needs Session Manager, and network.endpoints lacks ssmmessages: add them, or omit network.endpoints for all that are needed',
      ),
    );
    synth({ tunnel: {}, network: { ...PRIVATE, endpoints: [...endpoints, 'ssm', 'ssmmessages'] } });
    synth({ tunnel: {}, network: { endpoints } });
  });
});

describe('images without internet access', () => {
  const addOns = [ingress()];

  test.each<[string, Partial<EnvironmentProps>, readonly string[] | undefined]>([
    ['with NAT', {}, undefined],
    ['private', { network: PRIVATE }, ['*.dkr.ecr.eu-west-1.amazonaws.com']],
    [
      'private, with a registry behind a route',
      { network: PRIVATE, images: { reachable: ['harbor.corp.example'] } },
      ['*.dkr.ecr.eu-west-1.amazonaws.com', 'harbor.corp.example'],
    ],
    [
      "private, in China's regions",
      { network: PRIVATE, region: 'cn-north-1', zones: ['cn-north-1a', 'cn-north-1b', 'cn-north-1c'] },
      ['*.dkr.ecr.cn-north-1.amazonaws.com.cn'],
    ],
    [
      'with egress through another network',
      { network: { ...PRIVATE, routes: [{ cidr: '0.0.0.0/0', via: TRANSIT }] } },
      undefined,
    ],
  ])('%s', (_, overrides, reachable) => {
    expect(environmentFacts(environment(overrides)).images.reachable).toEqual(reachable);
  });

  test('an image of an add-on that no mirror covers is rejected, with its remedy', () => {
    expect(refused(() => synth({ addOns, network: PRIVATE }))).toMatch(
      /image 'docker\.io\/library\/traefik:.*' is in a registry that nodes without internet access cannot reach: set images\.mirrors\['docker\.io'\] to a pull-through cache or a copy in \*\.dkr\.ecr\.eu-west-1\.amazonaws\.com \(if intended: acknowledge\(scope, 'unreachable-image', 'the reason'\)\)/,
    );
  });

  test.each<[string, Partial<EnvironmentProps>]>([
    ['mirrored', { network: PRIVATE, images: { mirrors: { 'docker.io': CACHE } } }],
    ['reachable', { network: PRIVATE, images: { reachable: ['docker.io'] } }],
    ['acknowledged', { network: PRIVATE, acknowledge: { 'unreachable-image': 'an HTTPS proxy of the company' } }],
    ['pulled through NAT', {}],
  ])('one that is %s is not', (_, overrides) => {
    const stack = synth({ addOns, ...overrides }).get('staging-platform')!;
    expect(stack.resources.length).toBeGreaterThan(0);
  });
});
