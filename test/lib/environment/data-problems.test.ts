import { ingress } from '../../../lib/addons/ingress/ingress';
import { dataProblems } from '../../../lib/environment/data-problems';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { appFor, environment, refused } from './fixtures';

const problemsWith = (changes: object) => dataProblems({ ...environment(), ...changes });

test.each<{ changes: object; problems: readonly string[] }>([
  { changes: {}, problems: [] },
  { changes: { addOns: [ingress()], costCenter: "a team's own data" }, problems: [] },
  {
    changes: { zones: undefined, domain: '' },
    problems: [
      "zones is required, such as ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']",
      "domain is required, such as 'production.example.com'",
    ],
  },
  {
    changes: { nodegroups: [], 'add-ons': [], backends: {} },
    problems: [
      "unknown property 'nodegroups': did you mean 'nodeGroups'?",
      "unknown property 'add-ons': did you mean 'addOns'?",
      "unknown property 'backends': did you mean 'backend'?",
    ],
  },
  {
    changes: { account: 123456789012 },
    problems: ["account must be a string, such as '123456789012', got 123456789012"],
  },
  ...[undefined, ''].map((kubernetesVersion) => ({
    changes: { kubernetesVersion },
    problems: [
      "kubernetesVersion is required: write the version that the cluster runs, one of '1.34', '1.35', '1.36' (before it was required, it was '1.35')",
    ],
  })),
  {
    changes: { kubernetesVersion: 1.35 },
    problems: ["kubernetesVersion must be a string, such as '1.35', got 1.35"],
  },
  { changes: { zones: 'eu-west-1a' }, problems: ["zones must be a list, got 'eu-west-1a'"] },
  { changes: { access: { name: 'me' } }, problems: ['access must be a list, got {"name":"me"}'] },
  { changes: { profile: 'ha' }, problems: ["profile must be a profile such as EnvironmentProfile.ha(), got 'ha'"] },
  {
    changes: { addOns: ['ingress', ingress] },
    problems: [
      "addOns has 'ingress', which is not an add-on: call its function, such as ingress()",
      'addOns has the function ingress, which is not an add-on: call its function, such as ingress()',
    ],
  },
])('$changes', ({ changes, problems }) => {
  expect(problemsWith(changes)).toEqual(problems);
});

test.each([{ network: null }, { eksAddOns: { coredns: null } }, { images: null }])(
  'null is like undefined, as in JSON: %j',
  (changes) => {
    expect(() => new Environment(appFor(), environment(changes as object))).not.toThrow();
  },
);

test('an environment with invalid data is rejected before anything is created', () => {
  const app = appFor();
  const props = { ...environment(), name: undefined, profile: 'ha' } as unknown as EnvironmentProps;
  expect(refused(() => new Environment(app, props))).toBe(
    'environment: 2 problems\n' +
      "  - name is required, such as 'production'\n" +
      "  - profile must be a profile such as EnvironmentProfile.ha(), got 'ha'",
  );
  expect(app.node.children).toEqual([]);
});
