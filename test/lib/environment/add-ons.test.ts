import { dashboard } from '../../../lib/addons/dashboard/dashboard';
import { namespaces } from '../../../lib/addons/namespaces/namespaces';
import { storage } from '../../../lib/addons/storage/storage';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { environment, refused, synthEnvironments, synthInfrastructure } from './fixtures';

const EFS = [storage({ efs: { fileSystemId: 'fs-0a1b2c3d', driver: { version: 'v3.4.0-eksbuild.1' } } })];

test('each half is in its stack, and the infrastructure half is created after every node group', () => {
  const stacks = synthEnvironments(environment({ addOns: EFS }));
  const infrastructure = stacks.get('staging-infrastructure')!;
  const driver = infrastructure.getResource('aws_eks_addon', 'add-ons/efs-driver/add-on/add-on');
  for (const nodes of infrastructure.ofType('aws_eks_node_group')) {
    expect(infrastructure.isAfter(driver, nodes)).toBe(true);
  }
  expect(stacks.get('staging-platform')!.ofType('kubernetes_storage_class_v1')).toHaveLength(2);
  expect(infrastructure.ofType('kubernetes_storage_class_v1')).toEqual([]);
});

describe('without platform halves the platform stack is empty, so that it can still destroy what it deployed', () => {
  const { platform: _, ...infrastructureOnly } = EFS[0]!;
  test.each([undefined, [], [infrastructureOnly]])('%#', (addOns) => {
    const stacks = synthEnvironments(environment({ addOns }));
    expect([...stacks.keys()]).toEqual(['staging-infrastructure', 'staging-platform']);
    expect(stacks.get('staging-platform')!.resources).toEqual([]);
  });
});

test('a missing requirement is reported by the first stack', () => {
  expect(
    refused(() => synthEnvironments(environment({ addOns: [dashboard({ host: 'dashboard.staging.example.com' })] }))),
  ).toBe("staging-infrastructure: add-on 'dashboard' requires 'ingress', which is not in addOns: add it");
});

test('EKS add-ons are configured by the profile and by the environment', () => {
  const eksAddOns = { 'kube-proxy': { version: 'v1.35.0-eksbuild.1' }, 'eks-node-monitoring-agent': 'none' } as const;
  const addOns = synthInfrastructure({ profile: EnvironmentProfile.massive(), nodeGroups: undefined, eksAddOns })
    .ofType('aws_eks_addon')
    .map(({ attributes }) => [attributes['addon_name'], attributes]);
  const byName = Object.fromEntries(addOns) as Record<string, Record<string, string>>;
  const configuration = (name: string) => JSON.parse(byName[name]!['configuration_values']!) as unknown;
  expect(configuration('vpc-cni')).toEqual({
    enableNetworkPolicy: 'true',
    env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' },
  });
  expect(configuration('coredns')).toMatchObject({ autoScaling: { enabled: true, minReplicas: 3 } });
  expect(configuration('metrics-server')).toMatchObject({ replicas: 2 });
  expect(byName['kube-proxy']!['addon_version']).toBe('v1.35.0-eksbuild.1');
  expect(byName['eks-node-monitoring-agent']).toBeUndefined();
});

test.each([
  ['solo', 0],
  ['ha', 0],
  ['business', 0],
  ['flexible', 1],
  ['massive', 1],
] as const)('a namespace of %s has %d quotas', (name, quotas) => {
  const profile = EnvironmentProfile[name]();
  const stacks = synthEnvironments(environment({ profile, addOns: [namespaces([{ name: 'shop' }])] }));
  expect(stacks.get('staging-platform')!.ofType('kubernetes_resource_quota_v1')).toHaveLength(quotas);
});
