import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rehearse } from 'quayside/testing';
import { EnvironmentProfile, type ProfileName } from '../lib/environment/profile';
import { grouped } from '../lib/core/format';
import { PRIVATE_MODE_ENDPOINTS } from '../lib/network/endpoints';
import type { SynthesizedStack } from '../lib/testing/synthesized-stack';
import { IMAGES } from '../lib/versions';
import { environment, synthInfrastructure } from './lib/environment/fixtures';
import { describeWithTerraform, removeSynthesized, synthesize } from './lib/offline/support/app';
import { runMain, writeMain } from './support/app';

const GUIDES = join(__dirname, '..', 'docs', 'guides');
const guide = readFileSync(join(GUIDES, 'reaching-a-private-cluster.md'), 'utf8');
const main = () => require(join(GUIDES, 'reaching-a-private-cluster'));

/** The cells of a table's rows, by the first one. */
function table(header: string): ReadonlyMap<string, readonly string[]> {
  const lines = guide.slice(guide.indexOf(`| ${header} `)).split('\n');
  const rows = lines.slice(
    2,
    lines.findIndex((line) => !line.startsWith('|')),
  );
  return new Map(
    rows
      .map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      .map(([key, ...rest]) => [key!, rest]),
  );
}

describe('monthly cost', () => {
  const HOURS = 730;
  const prices = new Map([...table('Price')].map(([what, [price]]) => [what, Number(price!.replace('$', ''))]));
  const price = (what: string) => prices.get(what)!;

  test.each(Object.keys(EnvironmentProfile) as ProfileName[])('of %s is what its resources cost', (name) => {
    const parts = costOf(infrastructureOf(name));
    const sum = Object.values(parts).reduce((total, part) => total + part, 0);
    expect(table('Profile').get(`\`${name}\``)).toEqual([
      nodesOf(infrastructureOf(name))
        .map(({ type, nodes }) => `${nodes} ${type}`)
        .join(', '),
      ...[...Object.values(parts), sum].map(dollars),
    ]);
  });

  test('of private mode is that of its endpoints', () => {
    const endpoints = PRIVATE_MODE_ENDPOINTS.length * 3;
    const cost = endpoints * price('interface endpoint, per zone and hour') * HOURS;
    expect(guide).toContain(
      `${PRIVATE_MODE_ENDPOINTS.length} interface endpoints in three zones, ${dollars(cost)} a month`,
    );
    const natCost = price('NAT gateway, per hour') + price('public IPv4 address, per hour');
    expect(guide).toContain(`a NAT gateway ${dollars(natCost * HOURS)}`);
  });

  test('of a tunnel is that of its instance', () => {
    const template = synthInfrastructure({ tunnel: {} }).getResource('aws_launch_template', 'tunnel/launch-template');
    const type = template.attributes['instance_type'] as string;
    // The root volume of the AMI.
    const cost = price(`${type}, per hour`) * HOURS + 8 * price('gp3, per GiB and month');
    expect(guide).toContain(`${dollars(cost)} a month`);
  });

  function costOf(stack: SynthesizedStack) {
    const nodes = nodesOf(stack);
    const gateways = stack.ofType('aws_nat_gateway').length;
    const [loadBalancer] = stack.ofType('aws_lb');
    const address = price('public IPv4 address, per hour') * HOURS;
    return {
      controlPlane: price('EKS control plane, per hour') * HOURS,
      nodes: total(nodes, ({ type, nodes: number }) => number * price(`${type}, per hour`) * HOURS),
      disks: total(nodes, ({ nodes: number, diskGib }) => number * diskGib * price('gp3, per GiB and month')),
      nat: gateways * (price('NAT gateway, per hour') * HOURS + address),
      loadBalancer:
        price('Application Load Balancer, per hour') * HOURS +
        (loadBalancer!.attributes['subnets'] as unknown[]).length * address,
      others:
        stack.ofType('aws_route53_zone').length * price('hosted zone, per month') +
        stack.ofType('aws_kms_key').length * price('KMS key, per month'),
    };
  }
});

test.each(Object.keys(EnvironmentProfile) as ProfileName[])('the vCPUs of %s', (name) => {
  const groups = EnvironmentProfile[name]().nodeGroups;
  const zones = infrastructureOf(name).ofType('aws_lb')[0]!.attributes['subnets'].length as number;
  const vcpus = (size: 'minSize' | 'maxSize') =>
    total(groups, (group) => group[size] * (group.spread === 'single' ? 1 : zones) * VCPUS[group.instanceTypes[0]!]!);
  expect(table('vCPUs').get(`\`${name}\``)).toEqual([grouped(vcpus('minSize')), grouped(vcpus('maxSize'))]);
});

/** Source: "Amazon EC2 instance types", https://aws.amazon.com/ec2/instance-types/ */
const VCPUS: Readonly<Record<string, number>> = { 't4g.large': 2, 'c7g.large': 2, 'm7g.xlarge': 4, 'm7g.4xlarge': 16 };

test('the policy of the deploying role has every service of the stacks', () => {
  const types = [...runMain(main).values()].flatMap(({ resources }) => resources.map(({ type }) => type));
  const policy = JSON.parse(/```json\n(\{\n {2}"Version"[\s\S]*?)```/.exec(guide)![1]!);
  const actions = new Set((policy.Statement as { Action: string | string[] }[]).flatMap(({ Action }) => Action));
  const missing = types
    .filter((type) => type.startsWith('aws_'))
    .filter((type) => {
      const service = SERVICES.find(([prefix]) => type.startsWith(`aws_${prefix}`))?.[1] ?? 'ec2';
      return !actions.has(`${service}:*`);
    });
  expect(missing).toEqual([]);
});

test("IAM names start with the environment's, as the policy requires", () => {
  const named = [...runMain(main).values()]
    .flatMap(({ resources }) => resources)
    .filter(({ type }) => ['aws_iam_instance_profile', 'aws_iam_policy', 'aws_iam_role'].includes(type))
    .map(({ attributes }) => (attributes['name'] ?? attributes['name_prefix']) as string);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !name.startsWith('vault-'))).toEqual([]);
});

/** By the prefix of the types; the rest are EC2's. */
const SERVICES = [
  ['acm_', 'acm'],
  ['autoscaling_', 'autoscaling'],
  ['cloudwatch_event_', 'events'],
  ['cloudwatch_log_', 'logs'],
  ['eks_', 'eks'],
  ['iam_', 'iam'],
  ['kms_', 'kms'],
  ['lb', 'elasticloadbalancing'],
  ['route53_', 'route53'],
  ['s3_', 's3'],
  ['sqs_', 'sqs'],
] as const;

describeWithTerraform('the environment of the guide', () => {
  afterAll(removeSynthesized);

  test('is created, has no diff afterwards, and is destroyed', async () => {
    const outdir = synthesize(() => {});
    writeMain(main, outdir);
    const { stacks, created, destroyed } = await rehearse(outdir);
    expect([...stacks.keys()]).toEqual(['vault-infrastructure', 'vault-platform']);
    const total = [...stacks.values()].flatMap(({ resources }) => resources).length;
    expect([created.length, destroyed.length]).toEqual([total, total]);
    const order = created.map(({ path }) => path);
    expect(order.indexOf('network/routes/intra-to-10.0.0.0-12')).toBeGreaterThan(
      order.indexOf('network/routes/tgw-0a1b2c3d4e5f60718'),
    );
    expect(order).toContain('tunnel/group');
  }, 120_000);
});

test('the image that is pulled once has the version of the ingress', () => {
  const [image] = IMAGES.traefik.replace('docker.io', 'docker-hub').split('@');
  expect(guide).toContain(`123456789012.dkr.ecr.eu-west-1.amazonaws.com/${image}\n`);
});

const stacks = new Map<ProfileName, SynthesizedStack>();

function infrastructureOf(name: ProfileName): SynthesizedStack {
  const stack = stacks.get(name) ?? synthesizedWith(name);
  stacks.set(name, stack);
  return stack;
}

function synthesizedWith(name: ProfileName): SynthesizedStack {
  const zones = name === 'solo' ? ['eu-west-1a', 'eu-west-1b'] : environment().zones;
  return synthInfrastructure({ profile: EnvironmentProfile[name](), zones });
}

/** In the order of the profile's groups. */
function nodesOf(stack: SynthesizedStack) {
  const byType = new Map<string, { type: string; nodes: number; diskGib: number }>();
  for (const { attributes } of stack.ofType('aws_eks_node_group')) {
    const [type] = attributes['instance_types'] as string[];
    const { nodes } = byType.get(type!) ?? { nodes: 0 };
    const { desired_size: desired } = attributes['scaling_config'] as { desired_size: number };
    byType.set(type!, { type: type!, nodes: nodes + desired, diskGib: 50 });
  }
  return [...byType.values()].sort((a, b) => a.type.localeCompare(b.type));
}

function total<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

function dollars(amount: number): string {
  return `$${grouped(Math.round(amount))}`;
}
