import { eksAddOnSettings, type EksAddOnSettings } from '../../../lib/environment/eks-add-ons';
import { environmentFacts } from '../../../lib/environment/environment-facts';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { infrastructureSettings } from '../../../lib/environment/settings';
import { environment } from './fixtures';

const ALL = ['solo', 'ha', 'business', 'flexible', 'massive'] as const;

function settingsOf(name: (typeof ALL)[number], eksAddOns?: EksAddOnSettings): EksAddOnSettings {
  const props = environment({ profile: EnvironmentProfile[name](), eksAddOns });
  return infrastructureSettings(props, environmentFacts(props)).eksAddOns;
}
function configurationOf(settings: EksAddOnSettings, name: keyof EksAddOnSettings): unknown {
  const found = settings[name];
  return found === 'none' ? found : found?.configuration;
}

test.each([
  ['solo', { replicaCount: 1 }],
  ['ha', { autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 3 } }],
  ['business', { autoScaling: { enabled: true, minReplicas: 3, maxReplicas: 6 } }],
  ['flexible', { autoScaling: { enabled: true, minReplicas: 3, maxReplicas: 21 } }],
  ['massive', { autoScaling: { enabled: true, minReplicas: 3, maxReplicas: 44 } }],
] as const)('CoreDNS of %s scales with the maximum number of nodes', (name, scaling) => {
  expect(configurationOf(settingsOf(name), 'coredns')).toEqual({
    ...scaling,
    resources: { requests: { cpu: '100m', memory: '170Mi' }, limits: { memory: '170Mi' } },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
    ],
  });
});

test.each([
  ['solo', { replicas: 1 }, 1],
  ['ha', { replicas: 2 }, 2],
  ['flexible', { replicas: 2 }, 2],
  [
    'massive',
    { replicas: 2, resources: { requests: { cpu: '174m', memory: '348Mi' }, limits: { memory: '348Mi' } } },
    2,
  ],
] as const)('%s', (name, metrics, controllers) => {
  expect(configurationOf(settingsOf(name), 'metrics-server')).toEqual(metrics);
  expect(configurationOf(settingsOf(name), 'aws-ebs-csi-driver')).toEqual({
    controller: { replicaCount: controllers },
  });
});

test('only a profile with prefix delegation configures the CNI', () => {
  expect(ALL.filter((name) => settingsOf(name)['vpc-cni'])).toEqual(['massive']);
});

test.each<[string, EksAddOnSettings, keyof EksAddOnSettings, unknown]>([
  ['disabled', { coredns: 'none' }, 'coredns', 'none'],
  [
    'one key in addition to the profile’s',
    { 'aws-ebs-csi-driver': { configuration: { controller: { loggingFormat: 'json' } } } },
    'aws-ebs-csi-driver',
    { controller: { replicaCount: 2, loggingFormat: 'json' } },
  ],
  [
    'instead of the profile’s',
    { 'metrics-server': { configuration: { replicas: 3 } } },
    'metrics-server',
    { replicas: 3 },
  ],
  [
    'without settings of the profile',
    { 'kube-proxy': { configuration: { mode: 'nftables' } } },
    'kube-proxy',
    { mode: 'nftables' },
  ],
])('an environment’s own settings: %s', (_, own, name, configuration) => {
  expect(configurationOf(settingsOf('ha', own), name)).toEqual(configuration);
});

test('a fixed number of CoreDNS replicas is not scaled', () => {
  const coredns = configurationOf(settingsOf('ha', { coredns: { configuration: { replicaCount: 4 } } }), 'coredns');
  expect(coredns).toMatchObject({ replicaCount: 4 });
  expect(coredns).not.toHaveProperty('autoScaling');
});

test('an explicit version keeps the configuration of the profile', () => {
  const settings = eksAddOnSettings(EnvironmentProfile.solo(), [], { coredns: { version: 'v1.13.2-eksbuild.1' } });
  expect(settings.coredns).toMatchObject({ version: 'v1.13.2-eksbuild.1', configuration: { replicaCount: 1 } });
});
