import fc from 'fast-check';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { shapeProblems, withoutNulls } from '../../../lib/core/shape';
import { CLUSTER_SETTINGS } from '../../../lib/environment/cluster-settings';
import { ENVIRONMENT_ACCESS } from '../../../lib/environment/environment-access';
import { ADDITIONAL_DOMAIN } from '../../../lib/environment/environment-domain';
import { LOAD_BALANCER_SETTINGS } from '../../../lib/environment/load-balancer-settings';
import { Environment } from '../../../lib/environment/environment';
import { environmentFacts } from '../../../lib/environment/environment-facts';
import { ENVIRONMENT_PROPS, NETWORK_SETTINGS, type EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { PlatformStack } from '../../../lib/environment/platform-stack';
import { changed, format, places, typeOf, type Path } from '../../support/data-places';
import { EVERY_SETTING } from './every-setting';
import { appFor, APPS_GROUP, environment, refused, synthEnvironments } from './fixtures';

const problemsWith = (changes: object) => shapeProblems({ ...environment(), ...changes }, ENVIRONMENT_PROPS);

test.each<{ changes: object; problems: readonly string[] }>([
  { changes: {}, problems: [] },
  { changes: { addOns: [ingress()] }, problems: [] },
  {
    changes: { costCenter: '4711' },
    problems: ["unknown property 'costCenter': remove it"],
  },
  {
    changes: { zones: undefined, domain: '', access: undefined, profile: undefined },
    problems: [
      "zones is required, such as ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']",
      "domain is required, such as 'production.example.com'",
      'profile is required, such as EnvironmentProfile.ha()',
      "access is required, such as [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }]",
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
    problems: ["account must be a string of twelve digits, such as '123456789012', got 123456789012"],
  },
  ...[undefined, ''].map((kubernetesVersion) => ({
    changes: { kubernetesVersion },
    problems: [
      "kubernetesVersion is required: write the version that the cluster runs, one of '1.34', '1.35', '1.36' (before it was required, it was '1.35')",
    ],
  })),
  {
    changes: { kubernetesVersion: 1.35 },
    problems: [
      "kubernetesVersion must be a string, got the number 1.35: put the version in quotes, one of '1.34', '1.35', '1.36'",
    ],
  },
  {
    changes: { zones: 'eu-west-1a' },
    problems: ["zones must be a list, such as ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], got 'eu-west-1a'"],
  },
  {
    changes: { profile: 'ha' },
    problems: ["profile must be a profile, such as EnvironmentProfile.ha(), got 'ha'"],
  },
  {
    changes: { profile: EnvironmentProfile.ha({ deletionprotection: true } as object) },
    problems: ["unknown property 'profile.deletionprotection': did you mean 'deletionProtection'?"],
  },
  {
    changes: { profile: EnvironmentProfile.ha({ namespaceQuota: { 'requests.cpu': '-1', pods: '1' } }) },
    problems: ["profile.namespaceQuota.requests.cpu must be a quantity, such as 500m, 20 or 8Gi, got '-1'"],
  },
  {
    changes: { profile: EnvironmentProfile.ha({ namespaceQuota: { podz: '10' } }) },
    problems: ["profile.namespaceQuota has 'podz', which no quota counts: did you mean 'pods'?"],
  },
  {
    changes: { profile: EnvironmentProfile.ha({ replicas: 0, minNodes: 2.5, toleratedNodeLosses: -1, minZones: 1 }) },
    problems: [
      'profile.replicas must be a whole number of at least 1, got 0',
      'profile.minNodes must be a whole number of at least 1, got 2.5',
      'profile.toleratedNodeLosses must be a whole number of at least 0, got -1',
      'profile.minZones must be a whole number of at least 2, got 1',
    ],
  },
  {
    changes: { addOns: ['ingress', ingress] },
    problems: [
      "addOns has 'ingress', which is not an add-on: call its function, such as ingress()",
      'addOns has the function ingress, which is not an add-on: call its function, such as ingress()',
    ],
  },
  {
    changes: {
      access: [null, { name: 'shop', role: 'shop', policy: 'admin', namespace: ['shop'] }],
      loadBalancer: { clientCidr: ['10.0.0.0/8'], scheme: 'public', firewal: true },
    },
    problems: [
      'access[0] must be an object, got null',
      "unknown property 'access[1].namespace': did you mean 'namespaces'?",
      "unknown property 'loadBalancer.clientCidr': did you mean 'clientCidrs'?",
      "unknown property 'loadBalancer.firewal': use one of scheme, clientCidrs, ipAddressType, strictTransportSecurity, rules, waf, traffic, or remove it",
      "loadBalancer.scheme must be one of internet-facing, internal, got 'public'",
    ],
  },
  {
    changes: { access: [{ role: 'platform', policy: 'view' }] },
    problems: ["access[0].name is required, such as 'platform'"],
  },
  {
    changes: { nodeGroups: [{ ...APPS_GROUP, diskGiB: 50, taint: [], podHopLimit: 2 }] },
    problems: [
      "unknown property 'nodeGroups[0].diskGiB': did you mean 'diskGib'?",
      "unknown property 'nodeGroups[0].taint': did you mean 'taints'?",
      'nodeGroups[0].podHopLimit was renamed: use metadataHopLimit',
    ],
  },
  {
    changes: {
      nodeGroups: [
        { ...APPS_GROUP, minHealthyPercent: 50 },
        { ...APPS_GROUP, kind: 'auto-scaling', releaseVersion: '1.35.0-20260101' },
        { ...APPS_GROUP, kind: 'fargate' },
      ],
    },
    problems: [
      "nodeGroups[0].minHealthyPercent is of groups with kind 'auto-scaling' only: use that kind, or remove it",
      "nodeGroups[1].releaseVersion is of groups with kind 'managed' only: use that kind, or remove it",
      "nodeGroups[2].kind must be one of managed, auto-scaling, got 'fargate'",
    ],
  },
  {
    changes: {
      loadBalancer: { firewall: true, traffic: { pingPath: '/', httpNodePort: '31080' }, waf: { mod: 'count' } },
    },
    problems: [
      'loadBalancer.firewall was renamed: use waf',
      "unknown property 'loadBalancer.waf.mod': did you mean 'mode'?",
      'loadBalancer.traffic.pingPath was renamed: use healthCheckPath',
      "loadBalancer.traffic.httpNodePort must be a whole number, got '31080'",
    ],
  },
  {
    changes: { eksAddOns: { coreDns: {}, coredns: 'off', 'kube-proxy': { config: {} } } },
    problems: [
      "unknown property 'eksAddOns.coreDns': did you mean 'coredns'?",
      "unknown property 'eksAddOns.kube-proxy.config': did you mean 'configuration'?",
      "eksAddOns.coredns must be 'none' or an object, got 'off'",
    ],
  },
  {
    changes: { parentZone: { zoneId: 'example.com', zoneName: 'example.com' }, zone: { zoneId: '', zoneName: 'a.b' } },
    problems: [
      "parentZone.zoneId must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ, got 'example.com'",
      'zone.zoneId is required, such as Z0123456789ABCDEFGHIJ',
    ],
  },
  {
    changes: { acknowledge: { 'spot-single-typo': 'a reason', 'spot-single-type': '' } },
    problems: [
      "acknowledge('spot-single-typo') is not a rule in docs/reference/rules.md: did you mean 'spot-single-type'?",
      "acknowledge('spot-single-type') requires a reason",
    ],
  },
])('$changes', ({ changes, problems }) => {
  const given = problemsWith(changes);
  expect([...given].sort()).toEqual([...problems].sort());
});

test('an environment with invalid data is rejected before anything is created', () => {
  const app = appFor();
  const props = { ...environment(), name: undefined, profile: 'ha' } as unknown as EnvironmentProps;
  const message =
    'environment: 2 problems\n' +
    "  - name is required, such as 'production'\n" +
    "  - profile must be a profile, such as EnvironmentProfile.ha(), got 'ha'";
  expect(refused(() => new Environment(app, props))).toBe(message);
  expect(refused(() => new PlatformStack(app, 'x', props))).toBe(message.replace('environment:', 'x:'));
  expect(refused(() => environmentFacts(props))).toBe(message);
  expect(app.node.children).toEqual([]);
});

test.each([undefined, null, 'production', [], 1])('%j is no environment', (data) => {
  expect(refused(() => new Environment(appFor(), data as never))).toMatch(/^environment: /);
});

const DATA = JSON.parse(JSON.stringify(EVERY_SETTING)) as EnvironmentProps;

/** Another program's settings, which have any form. */
const isFree = (path: Path) => path.slice(0, -1).includes('configuration');
/** Objects whose keys are data. */
const RECORDS = ['tags', 'labels', 'mirrors', 'headers', 'weights', 'elasticIpIds', 'namespaceQuota', 'configuration'];
const isRecordAt = (path: Path) => ['acknowledge', 'additionalEksAddOns', ...RECORDS].includes(path.at(-1)!);
const problemsOf = (data: unknown) =>
  shapeProblems(withoutNulls(data as EnvironmentProps, ENVIRONMENT_PROPS), ENVIRONMENT_PROPS);

const PLACES = places(DATA).filter(({ path }) => !isFree(path));

describe('from JSON text', () => {
  test('data is valid, and keeps its meaning', () => {
    expect(problemsOf(DATA)).toEqual([]);
    expect(withoutNulls(DATA, ENVIRONMENT_PROPS)).toEqual(DATA);
    const synth = (props: EnvironmentProps) => synthEnvironments(props).get('staging-infrastructure')!.json;
    expect(synth(DATA)).toEqual(synth(EVERY_SETTING));
  });

  test('null is like an omitted property, and a problem where one is required', () => {
    const properties = PLACES.filter(({ path }) => !/^\d+$/.test(path.at(-1)!) && !isRecordAt(path.slice(0, -1)));
    const wrong = properties.filter(({ path }) => {
      const [omitted, cleared] = [undefined, null].map((value) => problemsOf(changed(DATA, path, value)));
      const isNamed = (problems: readonly string[]) => problems.some((problem) => problem.includes(format(path)));
      return isNamed(omitted!) ? !isNamed(cleared!) : cleared!.join() !== omitted!.join();
    });
    expect(wrong.map(({ path }) => format(path))).toEqual([]);
  });

  test.each<{ spoiled: unknown; accepted?: readonly string[] }>([
    { spoiled: null },
    { spoiled: 7 },
    { spoiled: 1e300 },
    { spoiled: 'spoiled' },
    { spoiled: true, accepted: ['loadBalancer.waf'] },
    { spoiled: [] },
    { spoiled: [null] },
    { spoiled: {}, accepted: ['eksAddOns.metrics-server'] },
    { spoiled: { spoiled: 1 } },
  ])('$spoiled anywhere is a problem that names its path', ({ spoiled, accepted = [] }) => {
    const passed = PLACES.filter(({ value }) => typeOf(value) !== typeOf(spoiled)).filter(({ path }) => {
      const named = format(path.length > 1 ? path.slice(0, -1) : path);
      return !problemsOf(changed(DATA, path, spoiled)).some((problem) => problem.includes(named));
    });
    const isOmitted = (path: Path) => spoiled === null && problemsOf(changed(DATA, path, undefined)).length === 0;
    expect(passed.filter(({ path }) => !isOmitted(path)).map(({ path }) => format(path))).toEqual(accepted);
  });

  test('an unknown key anywhere is a problem', () => {
    const objects = [{ path: [], value: DATA }, ...PLACES].filter(
      ({ path, value }) => typeOf(value) === 'object' && !isRecordAt(path),
    );
    fc.assert(
      fc.property(fc.constantFrom(...objects), fc.string(), ({ path, value }, key) => {
        fc.pre(!Object.hasOwn(value as object, key));
        const problems = problemsOf(changed(DATA, [...path, key], { unknown: 1 }));
        expect(problems.join('\n')).toContain(path.length === 0 ? key : `${format(path)}.${key}`);
      }),
    );
  });
});

test('the data of these tests has every setting', () => {
  const { cluster, loadBalancer, network, domains, access } = EVERY_SETTING;
  const missing = (shape: { readonly shapes: object }, data: object | undefined) =>
    Object.keys(shape.shapes).filter((key) => !Object.hasOwn(data ?? {}, key));
  // Add-ons are functions, which JSON has not.
  expect(missing(ENVIRONMENT_PROPS, EVERY_SETTING)).toEqual(['addOns']);
  expect(missing(CLUSTER_SETTINGS, cluster)).toEqual([]);
  expect(missing(LOAD_BALANCER_SETTINGS, loadBalancer)).toEqual([]);
  expect(missing(NETWORK_SETTINGS, network)).toEqual([]);
  expect(missing(ADDITIONAL_DOMAIN, Object.assign({}, ...domains!))).toEqual([]);
  expect(missing(ENVIRONMENT_ACCESS, Object.assign({}, ...access))).toEqual([]);
});
