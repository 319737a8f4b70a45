import { App } from 'cdktf';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { AutoScalingNodeGroup } from '../lib/cluster/auto-scaling-node-group';
import { EksAddOn } from '../lib/cluster/eks-add-on';
import { ManagedNodeGroup } from '../lib/cluster/managed-node-group';
import type { AwsStack } from '../lib/core/aws-stack';
import { selection } from '../lib/core/selection';
import { Environment } from '../lib/environment/environment';
import { InfrastructureStack } from '../lib/environment/infrastructure-stack';
import { PlatformStack } from '../lib/environment/platform-stack';
import { EnvironmentProfile } from '../lib/environment/profile';
import { SharedStack } from '../lib/environment/shared-stack';
import { helmAddOn } from '../lib/helm';
import { WorkloadRole } from '../lib/iam/workload-role';
import { NetworkPolicy } from '../lib/kubernetes/network-policy';
import { Workload } from '../lib/kubernetes/workload';
import { ApplicationLoadBalancer } from '../lib/load-balancing/application-load-balancer';
import { trafficContract } from '../lib/load-balancing/traffic-contract';
import { offlinePlan } from '../lib/offline';
import { planStack } from '../lib/testing';
import { APPS_GROUP, environment } from './lib/environment/fixtures';
import { props as loadBalancer } from './lib/load-balancing/fixtures';
import { existingCluster, existingVpc } from './support/cluster';
import { install } from './support/platform';
import { refusal } from './support/stack';

/** Data as in a JSON file: not type-checked. */
const data = (props: object) => props as never;

const nodes = {
  cluster: existingCluster(),
  subnets: existingVpc().privateSubnets,
  name: 'apps',
  architecture: 'arm64',
  instanceTypes: ['m7g.large'],
  minSize: 1,
  maxSize: 3,
};
const container = {
  name: 'api',
  image: 'shop:1.4.2',
  resources: { cpu: '100m', memory: '128Mi' },
  readiness: { command: ['true'] },
};
const pods = {
  namespace: { namespaceName: 'shop' },
  identity: { name: 'api', partOf: 'shop' },
  controller: { kind: 'deployment', replicas: 1 },
  containers: [container],
};

function workload(stack: AwsStack, changes: object): void {
  new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
  new Workload(stack, 'api', data({ ...pods, ...changes }));
}

describe('a construct rejects an old name with the new one', () => {
  test.each<{ construct: string; build: (stack: AwsStack) => void; message: string }>([
    {
      construct: 'ManagedNodeGroup',
      build: (stack) => new ManagedNodeGroup(stack, 'apps', data({ ...nodes, podHopLimit: 2 })),
      message: 'test/apps: podHopLimit was renamed: use metadataHopLimit',
    },
    {
      construct: 'AutoScalingNodeGroup',
      build: (stack) => new AutoScalingNodeGroup(stack, 'apps', data({ ...nodes, podHopLimit: 1 })),
      message: 'test/apps: podHopLimit was renamed: use metadataHopLimit',
    },
    {
      construct: 'EksAddOn',
      build: (stack) =>
        new EksAddOn(stack, 'vpc-cni', data({ cluster: existingCluster(), identity: { serviceAccount: 'aws-node' } })),
      message: 'test/vpc-cni: identity was renamed: use podIdentity',
    },
    {
      construct: 'WorkloadRole',
      build: (stack) => {
        const role = { name: 'shop', description: 'Shop', namespace: 'shop', serviceAccount: 'shop' };
        new WorkloadRole(stack, 'role', data({ ...role, cluster: existingCluster(), identity: 'irsa' }));
      },
      message: 'test/role: identity was renamed: use trust',
    },
    {
      construct: 'Workload, its traffic',
      build: (stack) => workload(stack, { from: [], to: [] }),
      message: 'test/api: 2 problems\n  - from was renamed: use ingress\n  - to was renamed: use egress',
    },
    {
      construct: 'Workload, its spread',
      build: (stack) => workload(stack, { spread: 'node' }),
      message: 'test/api: spread was renamed: use topologySpread',
    },
    {
      construct: 'Workload, its controller',
      build: (stack) =>
        workload(stack, { controller: { kind: 'stateful-set', replicas: 1, serviceId: 'api', start: 'parallel' } }),
      message: 'test/api: controller.start was renamed: use podManagement',
    },
    {
      construct: 'Workload, its resources',
      build: (stack) =>
        workload(stack, { containers: [{ ...container, resources: { ...container.resources, storage: '1Gi' } }] }),
      message: 'test/api: containers[0].resources.storage was renamed: use ephemeralStorage',
    },
    {
      construct: 'Workload, its volumes',
      build: (stack) =>
        workload(stack, {
          volumes: { cache: { kind: 'empty', sizeLimit: '1Gi' }, files: { kind: 'claim', name: 'f' } },
        }),
      message:
        'test/api: 2 problems\n' +
        "  - volumes.cache.kind 'empty' was renamed: use 'empty-dir'\n" +
        "  - volumes.files.kind 'claim' was renamed: use 'pvc'",
    },
    {
      construct: 'NetworkPolicy',
      build: (stack) => {
        const policy = { namespace: { namespaceName: 'shop' }, name: 'shop', pods: {}, to: [] };
        new NetworkPolicy(stack, 'policy', data(policy));
      },
      message: 'test/policy: to was renamed: use egress',
    },
    {
      construct: 'helmAddOn',
      build: (stack) => {
        const repository = 'oci://quay.io/jetstack/charts';
        const chart = { name: 'cert-manager', chart: 'cert-manager', repository, version: '1.19.2', namespace: 'x' };
        install(stack, [helmAddOn(data({ ...chart, from: [] }))]);
      },
      message: "helmAddOn 'cert-manager': from was renamed: use ingress",
    },
    {
      construct: 'trafficContract',
      build: () => trafficContract(data({ pingNodePort: 31001, pingPath: '/ping' })),
      message:
        'trafficContract: 2 problems\n' +
        '  - pingNodePort was renamed: use healthCheckNodePort\n' +
        '  - pingPath was renamed: use healthCheckPath',
    },
    {
      construct: 'ApplicationLoadBalancer, an explicit contract',
      build: (stack) => {
        const { healthCheckPath: pingPath, ...contract } = trafficContract({ trustedCidrs: ['10.20.0.0/16'] });
        new ApplicationLoadBalancer(stack, 'lb', data({ ...loadBalancer, traffic: { ...contract, pingPath } }));
      },
      message: 'test/lb: traffic: pingPath was renamed: use healthCheckPath',
    },
    {
      construct: 'ApplicationLoadBalancer, its target groups',
      build: (stack) => {
        const targetGroups = [{ key: 'ingress', pingNodePort: 31001 }];
        new ApplicationLoadBalancer(stack, 'lb', data({ ...loadBalancer, targetGroups }));
      },
      message: "test/lb: target group 'ingress': pingNodePort was renamed: use healthCheckNodePort",
    },
    {
      construct: 'SharedStack',
      build: ({ node }) =>
        new SharedStack(node.root as App, 'shared', data({ account: '123456789012', region: 'eu-west-1', robots: [] })),
      message: 'shared: robots was renamed: use ciRoles',
    },
  ])('$construct', ({ build, message }) => {
    expect(refusal(build)).toBe(message);
  });
});

describe('an environment rejects an old name with its path in the data', () => {
  const cases: readonly { readonly changes: object; readonly problem: string }[] = [
    {
      changes: { nodeGroups: [APPS_GROUP, { ...APPS_GROUP, name: 'jobs', podHopLimit: 2 }] },
      problem: 'nodeGroups[1].podHopLimit was renamed: use metadataHopLimit',
    },
    {
      changes: { profile: EnvironmentProfile.ha(data({ nodeGroups: [{ ...APPS_GROUP, podHopLimit: 1 }] })) },
      problem: 'profile.nodeGroups[0].podHopLimit was renamed: use metadataHopLimit',
    },
    {
      changes: { loadBalancer: { firewall: true } },
      problem: 'loadBalancer.firewall was renamed: use waf',
    },
    {
      changes: { loadBalancer: { traffic: { pingNodePort: 31001 } } },
      problem: 'loadBalancer.traffic.pingNodePort was renamed: use healthCheckNodePort',
    },
    {
      changes: { loadBalancer: { traffic: { pingPath: '/ping' } } },
      problem: 'loadBalancer.traffic.pingPath was renamed: use healthCheckPath',
    },
  ];

  test.each(cases)('$problem', ({ changes, problem }) => {
    const props = data({ ...environment(), ...changes });
    const refused = (build: (app: App) => unknown) => refusal(({ node }) => void build(node.root as App));
    expect(refused((app) => new Environment(app, props))).toBe(`staging: ${problem}`);
    expect(refused((app) => new InfrastructureStack(app, 'infrastructure', props))).toBe(`infrastructure: ${problem}`);
    expect(refused((app) => new PlatformStack(app, 'platform', props))).toBe(`platform: ${problem}`);
  });

  test('even if its stacks are not selected', () => {
    const app = new App({ skipValidation: true, context: selection(['other']) });
    const props = data({ ...environment(), loadBalancer: { firewall: true } });
    expect(() => new Environment(app, props)).toThrow('staging: loadBalancer.firewall was renamed: use waf');
  });
});

describe('a plan rejects the old name of its baseline, which would be ignored', () => {
  const message = 'onTopOf was renamed: use baseline';

  test('offlinePlan', async () => {
    await expect(offlinePlan(data({ stacksDir: 'cdktf.out', onTopOf: 'before' }))).rejects.toThrow(message);
  });

  test('planStack', async () => {
    const app = (scope: App) => new SharedStack(scope, 'shared', { account: '123456789012', region: 'eu-west-1' });
    await expect(planStack(app, data({ onTopOf: app }))).rejects.toThrow(message);
  });
});
