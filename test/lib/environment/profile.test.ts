import { minNodes } from '../../../lib/environment/node-groups';
import { EnvironmentProfile, type ProfileName } from '../../../lib/environment/profile';
import { environment, synthEnvironments } from './fixtures';

const NAMES = Object.keys(EnvironmentProfile) as ProfileName[];
const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

test.each(NAMES)('%s is valid with its minimum number of zones', (name) => {
  const profile = EnvironmentProfile[name]();
  const zones = ZONES.slice(0, profile.minZones);
  expect(minNodes(profile.nodeGroups, zones)).toBeGreaterThanOrEqual(profile.minNodes);
  const stacks = synthEnvironments(environment({ zones, profile }));
  expect([...stacks.keys()]).toEqual(['staging-infrastructure', 'staging-platform']);
});

test.each(NAMES)('%s has nodes for pods without tolerations', (name) => {
  const { nodeGroups } = EnvironmentProfile[name]();
  expect(nodeGroups.some(({ taints = [], minSize }) => taints.length === 0 && minSize > 0)).toBe(true);
});

test.each<{ name: ProfileName; gateways: number; protectedFromDeletion: boolean }>([
  { name: 'solo', gateways: 1, protectedFromDeletion: false },
  { name: 'ha', gateways: 1, protectedFromDeletion: false },
  { name: 'business', gateways: 3, protectedFromDeletion: true },
  { name: 'flexible', gateways: 3, protectedFromDeletion: true },
  { name: 'massive', gateways: 3, protectedFromDeletion: true },
])('$name: NAT gateways $gateways, deletion protection $protectedFromDeletion', (expected) => {
  const props = environment({ profile: EnvironmentProfile[expected.name]() });
  const stack = synthEnvironments(props).get('staging-infrastructure')!;
  expect(stack.ofType('aws_nat_gateway')).toHaveLength(expected.gateways);
  expect(stack.getResource('aws_eks_cluster').attributes['deletion_protection']).toBe(expected.protectedFromDeletion);
  expect(stack.getResource('aws_lb').attributes['enable_deletion_protection']).toBe(expected.protectedFromDeletion);
  expect(stack.getResource('aws_s3_bucket').attributes['force_destroy']).toBe(!expected.protectedFromDeletion);
});

test('overrides replace defaults', () => {
  expect(EnvironmentProfile.business({ nat: 'single' })).toEqual({ ...EnvironmentProfile.business(), nat: 'single' });
});

test('overrides that are omitted, in JSON by null, leave the defaults', () => {
  const overrides = { nat: undefined, nodeGroups: null, replicas: 5 } as object;
  expect(EnvironmentProfile.ha(overrides)).toEqual({ ...EnvironmentProfile.ha(), replicas: 5 });
});

test('massive uses prefix delegation', () => {
  const props = environment({ profile: EnvironmentProfile.massive() });
  const cni = synthEnvironments(props).get('staging-infrastructure')!.getResource('aws_eks_addon', 'vpc-cni/add-on');
  expect(JSON.parse(cni.attributes['configuration_values'])).toEqual({
    enableNetworkPolicy: 'true',
    env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' },
  });
});
