import {
  addressProblems,
  availableAddresses,
  leastNeeded,
  mostNeeded,
} from '../../../lib/environment/address-problems';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile, type ProfileName } from '../../../lib/environment/profile';
import { APPS_GROUP, environment, refused, synthEnvironments } from './fixtures';

const NAMES = Object.keys(EnvironmentProfile) as ProfileName[];

test.each(NAMES)('%s reaches its maximum, while it is updated, in the subnets of a /16', (name) => {
  const props = environment({ profile: EnvironmentProfile[name]() });
  for (const zone of props.zones) {
    const needed = mostNeeded(props, zone);
    expect(needed).toBeGreaterThan(0);
    expect(needed).toBeLessThanOrEqual(availableAddresses(props, zone));
  }
  expect(addressProblems(props)).toEqual([false, false, false]);
});

/** The smallest VPC for each profile, in which nothing has to be acknowledged. */
test.each<{ name: ProfileName; prefix: number }>([
  { name: 'solo', prefix: 21 },
  { name: 'ha', prefix: 20 },
  { name: 'business', prefix: 19 },
  { name: 'flexible', prefix: 17 },
  { name: 'massive', prefix: 16 },
])('$name fits into a /$prefix and no smaller one', ({ name, prefix }) => {
  const problemsIn = (size: number) =>
    addressProblems(environment({ profile: EnvironmentProfile[name](), cidr: `10.0.0.0/${size}` })).filter(Boolean);
  expect(problemsIn(prefix)).toEqual([]);
  expect(problemsIn(prefix + 1)).not.toEqual([]);
});

const SMALL = { cidr: '10.30.0.0/22' } as const;
const large = (overrides: object = {}) => ({ ...APPS_GROUP, minSize: 1, maxSize: 50, ...overrides });

test.each<{ props: Partial<EnvironmentProps>; problem: string }>([
  {
    props: { cidr: '10.30.0.0/20', nodeGroups: [large()] },
    problem:
      'zone eu-west-1a has 227 addresses for nodes, but the maximum of the node groups needs 1,860: lower maxSize, or add network.secondaryCidrs, such as 100.64.0.0/16',
  },
  {
    props: { cidr: '10.30.0.0/20', nodeGroups: [large({ minSize: 22 })] },
    problem:
      'zone eu-west-1a has 251 addresses, but the minimum of the node groups needs 264: lower minSize, or add network.secondaryCidrs, such as 100.64.0.0/16',
  },
])('too few addresses: $problem', ({ props, problem }) => {
  const [first] = addressProblems(environment(props));
  expect(typeof first === 'object' && first ? first.problem : first).toBe(problem);
});

test.each<{ what: string; props: Partial<EnvironmentProps> }>([
  { what: 'a secondary CIDR', props: { ...SMALL, network: { secondaryCidrs: ['100.64.0.0/16'] } } },
  {
    what: 'its own settings of the CNI',
    props: { ...SMALL, eksAddOns: { 'vpc-cni': { configuration: { env: {} } } } },
  },
  { what: 'another CNI', props: { ...SMALL, eksAddOns: { 'vpc-cni': 'none' } } },
  { what: 'unknown instance types', props: { ...SMALL, nodeGroups: [large({ instanceTypes: ['p5.48xlarge'] })] } },
])('an environment with $what is not rejected', ({ props }) => {
  expect(addressProblems(environment(props)).filter(Boolean)).toEqual([]);
});

test('a group across all zones needs its share of each, a group of some zones nothing of the others', () => {
  const needed = (zone: string, overrides: object) =>
    leastNeeded(environment({ nodeGroups: [large(overrides)] }), zone);
  expect(needed('eu-west-1a', { spread: 'single', minSize: 7 })).toBe(3 * 12);
  expect(needed('eu-west-1a', { zones: ['eu-west-1b'], minSize: 7 })).toBe(0);
  expect(needed('eu-west-1b', { zones: ['eu-west-1b'], minSize: 7 })).toBe(7 * 12);
});

test('the maximum can be acknowledged, the minimum cannot', () => {
  const build = (overrides: object) => () =>
    synthEnvironments(
      environment({
        cidr: '10.30.0.0/20',
        nodeGroups: [large(overrides)],
        acknowledge: { 'insufficient-addresses': 'the pods of this environment are few' },
      }),
    );
  expect(build({})).not.toThrow();
  expect(refused(build({ minSize: 22 }))).toContain('but the minimum of the node groups needs 264');
});
