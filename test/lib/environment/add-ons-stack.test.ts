import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import type { App } from 'cdktf';
import { nodeTerminationHandler } from '../../../lib/addons/node-termination-handler/node-termination-handler';
import { storage } from '../../../lib/addons/storage/storage';
import { acknowledge } from '../../../lib/core/acknowledge';
import { unneededAcknowledgements } from '../../../lib/core/unneeded-acknowledgements';
import { AddOnsStack, type AddOnsStackProps } from '../../../lib/environment/add-ons-stack';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { imagePolicy } from '../../../lib/kubernetes/image-policy';
import { trafficPeers } from '../../../lib/kubernetes/traffic-peers';
import type { AddOn } from '../../../lib/platform/add-on';
import type { EnvironmentFacts } from '../../../lib/platform/facts';
import type { RequestedSettings } from '../../../lib/platform/requested-settings';
import { planStack } from '../../../lib/testing';
import { synthApp, type SynthesizedStack } from '../../../lib/testing/synthesized-stack';
import { existingCluster, existingVpc } from '../../support/cluster';
import { NODE_POOLS } from '../../support/platform';
import { describeWithTerraform } from '../offline/support/app';
import { appFor, refused } from './fixtures';

const LOGS: AddOn<'bucket'> = {
  name: 'logs',
  outputs: { bucket: 'log_bucket_name' },
  infrastructure: (scope, { facts }) => ({
    bucket: new S3Bucket(scope, 'bucket', { bucket: `${facts.name}-logs` }).bucket,
  }),
  platform(scope, { facts }, { bucket }) {
    new ConfigMapV1(scope, 'map', {
      metadata: { name: 'logs', namespace: 'kube-system' },
      data: { bucket, of: facts.name },
    });
  },
};
const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/123456789012/legacy-draining';

const props = (overrides: Partial<AddOnsStackProps> = {}): AddOnsStackProps => ({
  account: '123456789012',
  region: 'eu-west-1',
  cluster: existingCluster(),
  vpc: existingVpc(),
  domain: 'example.com',
  profile: EnvironmentProfile.ha(),
  nodePools: NODE_POOLS,
  addOns: [LOGS],
  ...overrides,
});
const place = (app: App, overrides: Partial<AddOnsStackProps> = {}) =>
  new AddOnsStack(app, 'add-ons', props(overrides));
const synth = (overrides: Partial<AddOnsStackProps> = {}): SynthesizedStack =>
  synthApp((app) => place(app, overrides)).get('add-ons')!;
const factsOf = (overrides: Partial<AddOnsStackProps> = {}): EnvironmentFacts => place(appFor(), overrides).facts;

describe('both halves are in one stack', () => {
  test('and outputs are passed as references', () => {
    const stack = synth();
    const bucket = stack.getResource('aws_s3_bucket', 'add-ons/logs/bucket');
    const map = stack.getResource('kubernetes_config_map_v1', 'logs/map');
    expect(map.attributes['data']).toEqual({ bucket: `\${${bucket.address}.bucket}`, of: 'legacy' });
    expect(stack.isAfter(map, bucket)).toBe(true);
    expect(stack.json).not.toHaveProperty('output');
    expect(stack.json).not.toHaveProperty('data');
  });

  test('and cluster, VPC, zone, key and queue are passed to the halves', () => {
    const given: Record<string, unknown>[] = [];
    const seen: AddOn = {
      name: 'seen',
      infrastructure: (_, { vpc, cluster, zone, kmsKeyArn, nodeDrainingQueueUrl, readyForPods }) =>
        void given.push({ vpc, cluster, zone, kmsKeyArn, nodeDrainingQueueUrl, readyForPods }),
      platform: (_, { vpc, cluster, zone, readyForPods }) => void given.push({ vpc, cluster, zone, readyForPods }),
    };
    const zone = { zoneId: 'Z1', zoneName: 'example.com' };
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/1';
    synth({ addOns: [seen], zone, kmsKeyArn, nodeDrainingQueueUrl: QUEUE });
    const common = { vpc: existingVpc(), cluster: existingCluster(), zone, readyForPods: [] };
    expect(given).toEqual([{ ...common, kmsKeyArn, nodeDrainingQueueUrl: QUEUE }, common]);
  });

  test('and the provider connects to the cluster, without a token in the state', () => {
    expect(synth().json.provider!['kubernetes']).toMatchObject([
      {
        host: 'https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com',
        exec: [{ args: expect.arrayContaining(['get-token', 'legacy', 'eu-west-1']) as unknown }],
      },
    ]);
  });

  test('such as those of the termination handler, with nodeDrainingQueueUrl', () => {
    const stack = synth({ addOns: [nodeTerminationHandler()], nodeDrainingQueueUrl: QUEUE });
    expect(JSON.stringify(stack.getResource('kubernetes_deployment_v1').attributes)).toContain(QUEUE);
    expect(refused(() => synth({ addOns: [nodeTerminationHandler()] }))).toBe(
      "add-ons/add-ons/node-termination-handler: nodeDrainingQueueUrl is required for self-managed nodes: use NodeDraining's queueUrl",
    );
    const nodePools = NODE_POOLS.filter(({ kind }) => kind === 'managed');
    expect(refused(() => synth({ addOns: [nodeTerminationHandler()], nodePools, nodeDrainingQueueUrl: QUEUE }))).toBe(
      "add-ons/add-ons/node-termination-handler: environment 'legacy' has no node group of kind 'auto-scaling', and EKS drains managed groups itself: remove the add-on",
    );
  });

  test('such as those of storage, with eksAddOnRoleNames', () => {
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/1';
    const addOns = [storage({ kmsKeyArn })];
    const stack = synth({ addOns, eksAddOnRoleNames: { 'aws-ebs-csi-driver': 'legacy-ebs' } });
    expect(stack.getResource('aws_iam_role_policy').attributes['role']).toBe('legacy-ebs');
    expect(refused(() => synth({ addOns }))).toBe(
      "add-ons/storage: kmsKeyArn is set, but the cluster has no EKS add-on 'aws-ebs-csi-driver' whose role could use the key: install it, and for an existing cluster set eksAddOnRoleNames",
    );
  });
});

describe('the order of an add-on', () => {
  test('its objects are created after its AWS resources, also without a reference to them', () => {
    const { outputs: _, ...rest } = LOGS;
    const unreferenced: AddOn = {
      ...rest,
      infrastructure: (scope) => void new S3Bucket(scope, 'bucket', {}),
      platform: (scope) => void new ConfigMapV1(scope, 'map', { metadata: { name: 'logs' } }),
    };
    const stack = synth({ addOns: [unreferenced] });
    const map = stack.getResource('kubernetes_config_map_v1', 'logs/map');
    expect(stack.isAfter(map, stack.getResource('aws_s3_bucket'))).toBe(true);
  });
});

test("workloads are open to the cluster's own ingress and Prometheus", () => {
  const given = { ingress: { className: 'nginx', namespace: 'nginx' }, monitoring: { namespace: 'prometheus' } };
  const stack = place(appFor(), given);
  expect(stack.facts).toMatchObject(given);
  expect(trafficPeers(stack)).toEqual({
    scrapers: [{ namespace: 'prometheus' }],
    requestSources: [{ namespace: 'nginx' }],
  });
});

describe('facts', () => {
  test('describe the cluster', () => {
    expect(factsOf()).toMatchObject({
      version: 1,
      name: 'legacy',
      account: '123456789012',
      region: 'eu-west-1',
      domain: 'example.com',
      kubernetesVersion: '1.34',
      nodePools: NODE_POOLS,
      ingress: { className: 'traefik', namespace: 'ingress' },
      monitoring: { namespace: 'monitoring' },
      eksAddOnRoleNames: {},
      images: {},
      addOns: ['logs'],
      backend: { kind: 'local' },
      network: { cidr: '10.20.0.0/16', secondaryCidrs: [], serviceCidr: '172.20.0.0/16' },
    });
  });

  const PUBLIC = existingVpc(['eu-west-1a'], ['public', 'private', 'intra']);
  const distinct = {
    ...PUBLIC,
    publicSubnets: [{ subnetId: 'subnet-1', zone: 'eu-west-1a', cidr: '10.20.101.0/24' }],
    privateSubnets: [{ subnetId: 'subnet-2', zone: 'eu-west-1a', cidr: '10.20.102.0/24' }],
    intraSubnets: [{ subnetId: 'subnet-3', zone: 'eu-west-1a', cidr: '10.20.103.0/24' }],
  };

  test.each([
    { of: 'three tiers', vpc: distinct, controlPlane: ['10.20.103.0/24'], trusted: ['10.20.101.0/24'] },
    {
      of: 'no intra subnets',
      vpc: { ...distinct, intraSubnets: [] },
      controlPlane: ['10.20.102.0/24'],
      trusted: ['10.20.101.0/24'],
    },
    {
      of: 'no public subnets',
      vpc: { ...distinct, publicSubnets: [] },
      controlPlane: ['10.20.103.0/24'],
      trusted: ['10.20.102.0/24'],
    },
  ])('of a VPC with $of: the control plane is in $controlPlane, the ingress trusts $trusted', (row) => {
    const { network, traffic } = factsOf({ vpc: row.vpc });
    expect(network.controlPlaneCidrs).toEqual(row.controlPlane);
    expect(traffic.trustedCidrs).toEqual(row.trusted);
    expect(network.subnets).toHaveLength(
      row.vpc.publicSubnets.length + row.vpc.privateSubnets.length + row.vpc.intraSubnets.length,
    );
  });

  test('have the tier of each subnet, but no ids', () => {
    expect(factsOf({ vpc: distinct }).network.subnets).toEqual([
      { tier: 'public', zone: 'eu-west-1a', cidr: '10.20.101.0/24' },
      { tier: 'private', zone: 'eu-west-1a', cidr: '10.20.102.0/24' },
      { tier: 'intra', zone: 'eu-west-1a', cidr: '10.20.103.0/24' },
    ]);
  });

  test('use props instead of defaults', () => {
    const images = { allowed: ['registry.example.com'] };
    const traffic = factsOf().traffic;
    const backend = { kind: 's3', bucket: 'states', region: 'eu-west-1' } as const;
    const given = { images, traffic: { ...traffic, trustedCidrs: ['192.0.2.0/24'] }, backend };
    expect(factsOf(given)).toMatchObject(given);
    expect(imagePolicy(place(appFor(), given))).toEqual(images);
  });

  test.each([{ profile: EnvironmentProfile.flexible() }, { profile: EnvironmentProfile.solo() }])(
    'are plain data for any profile: $profile.name',
    ({ profile }) => {
      const { facts } = place(appFor(), { profile });
      expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
      expect(Object.keys(facts.profile).sort()).toEqual(
        [
          'deletionProtection',
          'name',
          ...(profile.namespaceQuota ? ['namespaceQuota'] : []),
          'prefixDelegation',
          'replicas',
          'toleratedNodeLosses',
        ].sort(),
      );
    },
  );
});

describe('settings that an add-on requests from the cluster', () => {
  const asking = (settings: RequestedSettings, name = 'dns'): AddOn => ({ name, settings, platform: () => {} });
  const DNS = asking({ eksAddOns: { coredns: { corefile: '.' } } });
  const PROBLEM =
    'add-on \'dns\' requires cluster settings that this stack does not manage ({"eksAddOns":{"coredns":{"corefile":"."}}}): configure them where the cluster is managed, and acknowledge it ' +
    "(if intended: acknowledge(scope, 'unmanaged-settings', 'the reason'))";

  test('are rejected, since this stack cannot configure them', () => {
    expect(refused(() => synth({ addOns: [DNS] }))).toBe(`add-ons: ${PROBLEM}`);
  });

  test('are accepted with an acknowledgement in the props', () => {
    expect(() =>
      synth({ addOns: [DNS], acknowledge: { 'unmanaged-settings': 'set by the network team' } }),
    ).not.toThrow();
  });

  test('are accepted if acknowledged', () => {
    const app = appFor();
    acknowledge(app, 'unmanaged-settings', 'set in infrastructure/cluster.tf');
    expect(place(app, { addOns: [DNS] }).facts.addOns).toEqual(['dns']);
    expect(unneededAcknowledgements(app, true)).toEqual([]);
  });

  test.each<{ of: string; settings: RequestedSettings }>([
    { of: 'an empty object', settings: {} },
    { of: 'empty parts', settings: { eksAddOns: { coredns: {} }, logRotation: {}, ports: [] } },
    { of: 'undefined values', settings: { logRotation: { containerLogMaxMib: undefined }, ports: undefined } },
  ])('of $of request nothing', ({ settings }) => {
    expect(factsOf({ addOns: [asking(settings)] }).addOns).toEqual(['dns']);
  });

  test('are rejected if two add-ons conflict, even if acknowledged', () => {
    const app = appFor();
    acknowledge(app, 'unmanaged-settings', 'set in infrastructure/cluster.tf');
    const other = asking({ eksAddOns: { coredns: { corefile: 'x' } } }, 'mesh');
    expect(refused(() => place(app, { addOns: [DNS, other] }))).toBe(
      'add-ons: add-on \'dns\' sets eksAddOns.coredns.corefile ".", but add-on \'mesh\' sets eksAddOns.coredns.corefile "x": use the same value, or remove one',
    );
  });
});

test.each([
  { prop: 'cluster', remedy: ', such as new Cluster(...)' },
  { prop: 'vpc', remedy: ', such as new Vpc(...)' },
  { prop: 'domain', remedy: ': a domain name' },
  { prop: 'profile', remedy: ', such as EnvironmentProfile.ha()' },
  { prop: 'nodePools', remedy: ': a list' },
  { prop: 'addOns', remedy: ', such as [ingress()]' },
])('$prop is required', ({ prop, remedy }) => {
  expect(refused(() => synth({ [prop]: undefined }))).toBe(`add-ons: ${prop} is required${remedy}`);
});

test('null in JSON is like undefined', () => {
  const cleared = { traffic: null, images: { pin: null }, kmsKeyArn: null, acknowledge: null };
  expect(synth(cleared as object).json).toEqual(synth({ images: {} }).json);
});

describe('data that is not type-checked', () => {
  const { certificateAuthority: _, ...cluster } = existingCluster();
  const { intraSubnets: __, ...vpc } = existingVpc();

  test.each<{ given: object; problems: readonly string[] }>([
    {
      given: { cluster, vpc, addOns: [LOGS, null] },
      problems: [
        'addOns has null, which is not an add-on: call its function, such as ingress()',
        'cluster.certificateAuthority is required: Base64, as EKS returns it',
        'vpc.intraSubnets is required: a list',
      ],
    },
    {
      given: { nodePool: [], profile: { ...EnvironmentProfile.ha(), replica: 1, name: 'own' } },
      problems: [
        "unknown property 'nodePool': did you mean 'nodePools'?",
        "unknown property 'profile.replica': did you mean 'replicas'?",
      ],
    },
    { given: { addOns: {} }, problems: ['addOns must be a list, got {}'] },
    { given: { nodePools: {} }, problems: ['nodePools must be a list, got {}'] },
    {
      given: { images: { pin: 'hash' }, ingress: { namespace: 'nginx' }, domain: 'example' },
      problems: [
        "domain must be a domain name, got 'example'",
        'ingress.className is required: a string',
        "images.pin must be one of tag, digest, got 'hash'",
      ],
    },
  ])('$problems', ({ given, problems }) => {
    const message = refused(() => place(appFor(), given));
    for (const problem of problems) expect(message).toContain(problem);
    expect(message).toMatch(problems.length === 1 ? /^add-ons: / : `add-ons: ${problems.length} problems`);
  });
});

test('a second stack with add-ons of the same cluster is rejected, as both would create shared objects', () => {
  const app = appFor();
  place(app);
  new AddOnsStack(app, 'other-cluster', props({ cluster: existingCluster({ clusterName: 'other' }) }));
  new AddOnsStack(app, 'other-region', props({ region: 'eu-central-1' }));
  expect(refused(() => new AddOnsStack(app, 'more', props()))).toBe(
    "more: cluster 'legacy' already has the add-ons of stack 'add-ons': list them all in one stack",
  );
});

test("an add-on named 'add-ons' without objects in the cluster does not wait for itself", () => {
  const { platform: _, ...infrastructure } = LOGS;
  const other: AddOn = {
    ...infrastructure,
    name: 'add-ons',
    outputs: { bucket: 'other_bucket_name' },
    infrastructure: (scope) => ({ bucket: new S3Bucket(scope, 'bucket', { bucket: 'other' }).bucket }),
  };
  const stack = synth({ addOns: [other, LOGS] });
  expect(stack.ofType('aws_s3_bucket').map(({ attributes }) => attributes['depends_on'])).toEqual([
    undefined,
    undefined,
  ]);
});

test('an invalid list of add-ons is rejected', () => {
  expect(refused(() => synth({ addOns: [LOGS, LOGS, { name: 'x', requires: ['y'], platform: () => {} }] }))).toBe(
    [
      'add-ons: 3 problems',
      "  - addOns has 'logs' twice: list it once",
      "  - add-on 'x' requires 'y', which is not in addOns: add it",
      "  - add-ons 'logs' and 'logs' have the same output 'log_bucket_name': rename one",
    ].join('\n'),
  );
});

describeWithTerraform('offline', () => {
  test('it can be planned on its own, with outputs passed to the platform half', async () => {
    const plan = await planStack((app) => place(app));
    expect(plan.getResource(ConfigMapV1).attributes['data']).toEqual({ bucket: 'legacy-logs', of: 'legacy' });
  });
});
