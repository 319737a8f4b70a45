import 'quayside/testing/jest';
import { planApp, synthApp, type PlannedStack } from 'quayside/testing';
import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import type { App } from 'cdktf';
import { clusterAutoscaler } from '../../../lib/addons/cluster-autoscaler/cluster-autoscaler';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import type { KubernetesVersion } from '../../../lib/versions';
import { describeWithTerraform } from '../offline/support/app';
import { APPS_GROUP, environment } from './fixtures';

jest.setTimeout(120_000);

const app =
  (kubernetesVersion: KubernetesVersion, overrides: Partial<EnvironmentProps> = {}) =>
  (scope: App) => {
    new Environment(scope, environment({ kubernetesVersion, ...overrides }));
  };
const BOTH_KINDS = { nodeGroups: [APPS_GROUP, { ...APPS_GROUP, name: 'workers', kind: 'auto-scaling' }] } as const;

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

describeWithTerraform('an upgrade by one minor version', () => {
  let plans: ReadonlyMap<string, PlannedStack>;
  beforeAll(async () => {
    const props = { ...BOTH_KINDS, addOns: [clusterAutoscaler()] };
    plans = await planApp(app('1.35', props), { baseline: app('1.34', props) });
  });

  test('changes the cluster, its add-ons and its nodes in place', () => {
    expect(plans.get('staging-infrastructure')).toPlan({
      update: [
        'cluster/cluster',
        'cluster/add-ons/kube-proxy/add-on',
        'nodes-workers/launch-template/resource',
        ...ZONES.flatMap((zone) => [`nodes-apps/group-${zone}`, `nodes-workers/group-${zone}`]),
        'add-ons/coredns/add-on',
        'add-ons/eks-node-monitoring-agent/add-on',
      ],
      // They wait for the instance refresh of their zone.
      replace: ZONES.map((zone) => `nodes-workers/gate-${zone}`),
    });
  });

  test('changes the autoscaler in the platform stack', () => {
    expect(plans.get('staging-platform')).toPlan({ update: ['workload/deployment'] });
  });
});

test('control plane, then the add-ons of nodes, then nodes zone by zone, then the add-ons that run on them', () => {
  const stack = synthApp(app('1.35', BOTH_KINDS)).get('staging-infrastructure')!;
  expect(stack).toDependOn([EksAddon, 'kube-proxy/add-on'], EksCluster);
  expect(stack).toDependOn(EksNodeGroup, [EksAddon, 'kube-proxy/add-on']);
  expect(stack).toDependOn([EksNodeGroup, 'group-eu-west-1b'], [EksNodeGroup, 'group-eu-west-1a']);
  expect(stack).toDependOn([EksNodeGroup, 'group-eu-west-1c'], [EksNodeGroup, 'group-eu-west-1b']);
  expect(stack).toDependOn([EksAddon, 'coredns/add-on'], EksNodeGroup);
});
