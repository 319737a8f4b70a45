import { Cluster } from '../../../lib/cluster/cluster';
import { App } from 'cdktf';
import type { OpenPort } from '../../../lib/cluster/open-port';
import { Environment } from '../../../lib/environment/environment';
import { environmentFacts } from '../../../lib/environment/environment-facts';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import type { NodeGroupSpec } from '../../../lib/environment/node-groups';
import { infrastructureSettings } from '../../../lib/environment/settings';
import type { AddOn } from '../../../lib/platform/add-on';
import type { RequestedSettings } from '../../../lib/platform/requested-settings';
import { existingVpc } from '../../support/cluster';
import { synthStack } from '../../support/stack';
import { APPS_GROUP, environment, refused, synthInfrastructure } from './fixtures';

const asking = (name: string, settings: RequestedSettings): AddOn => ({ name, settings, infrastructure: () => {} });

const COREFILE = '.:53 { forward . 10.0.0.2 }';
const DNS = asking('dns', { eksAddOns: { coredns: { corefile: COREFILE } } });
const LOGS = asking('logs', { logRotation: { containerLogMaxMib: 50, containerLogMaxFiles: 3 } });
const VAULT = asking('vault', { ports: [{ from: 'control-plane', port: 8200, purpose: 'Webhook of vault' }] });

const SELF_MANAGED: NodeGroupSpec = { ...APPS_GROUP, kind: 'auto-scaling', name: 'batch' };
const GROUPS = [APPS_GROUP, SELF_MANAGED] as const;

const settingsOf = (overrides: Partial<EnvironmentProps>) => {
  const props = environment(overrides);
  return infrastructureSettings(props, environmentFacts(props));
};

describe('configuration of EKS add-ons', () => {
  const configurationOf = (name: string, overrides: Partial<EnvironmentProps>) => {
    const { attributes } = synthInfrastructure(overrides).getResource('aws_eks_addon', `add-ons/${name}/add-on`);
    return JSON.parse(attributes['configuration_values'] as string) as unknown;
  };

  test("is merged with the profile's and the environment's own", () => {
    const eksAddOns = { coredns: { configuration: { resources: { requests: { cpu: '200m' } } } } };
    expect(configurationOf('coredns', { addOns: [DNS], eksAddOns })).toMatchObject({
      corefile: COREFILE,
      autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 3 },
      resources: { requests: { cpu: '200m', memory: '170Mi' }, limits: { memory: '170Mi' } },
    });
  });

  test("takes precedence over the profile's", () => {
    const fixed = asking('dns', { eksAddOns: { coredns: { replicaCount: 4 } } });
    const coredns = configurationOf('coredns', { addOns: [fixed] });
    expect(coredns).toMatchObject({ replicaCount: 4 });
    expect(coredns).not.toHaveProperty('autoScaling');
  });

  test('keeps the version of the environment', () => {
    const { eksAddOns } = settingsOf({ addOns: [DNS], eksAddOns: { coredns: { version: 'v1.13.2-eksbuild.1' } } });
    expect(eksAddOns.coredns).toMatchObject({
      version: 'v1.13.2-eksbuild.1',
      configuration: { corefile: COREFILE, resources: { limits: { memory: '170Mi' } } },
    });
  });

  test('applies to add-ons that are created before the nodes', () => {
    const proxy = asking('ipvs', { eksAddOns: { 'kube-proxy': { mode: 'ipvs' } } });
    const { attributes } = synthInfrastructure({ addOns: [proxy] }).getResource('aws_eks_addon', 'kube-proxy/add-on');
    expect(attributes['configuration_values']).toBe('{"mode":"ipvs"}');
  });
});

describe('log rotation', () => {
  const userData = (overrides: Partial<EnvironmentProps>) =>
    synthInfrastructure({ nodeGroups: GROUPS, ...overrides })
      .ofType('aws_launch_template')
      .map(({ attributes }) => [attributes['name'], attributes['user_data'] ?? '']);

  test('applies to managed and self-managed nodes', () => {
    const rotated = expect.stringMatching(/containerLogMaxSize: 50Mi\\n +containerLogMaxFiles: 3\\n/) as string;
    expect(userData({ addOns: [LOGS] })).toEqual([
      ['staging-apps', rotated],
      ['staging-batch', rotated],
    ]);
  });

  test('is not in the user data if not requested', () => {
    expect(JSON.stringify(userData({ addOns: [DNS, VAULT] }))).not.toContain('containerLog');
  });

  test.each<{ of: string; own: NodeGroupSpec['logRotation']; rotation: NodeGroupSpec['logRotation'] }>([
    { of: 'has no rotation', own: undefined, rotation: { containerLogMaxMib: 50, containerLogMaxFiles: 3 } },
    {
      of: 'has the same rotation',
      own: { containerLogMaxMib: 50 },
      rotation: { containerLogMaxMib: 50, containerLogMaxFiles: 3 },
    },
    {
      of: 'leaves a value undefined',
      own: { containerLogMaxMib: undefined },
      rotation: { containerLogMaxMib: 50, containerLogMaxFiles: 3 },
    },
  ])('applies to a node group that $of', ({ own, rotation }) => {
    const { nodeGroups } = settingsOf({ addOns: [LOGS], nodeGroups: [{ ...APPS_GROUP, logRotation: own }] });
    expect(nodeGroups.map(({ logRotation }) => logRotation)).toEqual([rotation]);
  });

  test('of a node group is unchanged if no add-on requests it', () => {
    const nodeGroups = [{ ...APPS_GROUP, logRotation: { containerLogMaxMib: 20 } }, SELF_MANAGED];
    expect(settingsOf({ addOns: [DNS], nodeGroups }).nodeGroups).toEqual(nodeGroups);
  });
});

describe('ports', () => {
  const rules = (openPorts: readonly OpenPort[], securityGroups: 'cluster' | 'strict') =>
    synthStack((scope) => {
      const access = [{ name: 'platform', principalArn: 'arn:aws:iam::123456789012:role/platform' }];
      new Cluster(scope, 'cluster', {
        kubernetesVersion: '1.35',
        name: 'production',
        vpc: existingVpc(),
        access: access.map((entry) => ({ ...entry, policy: 'cluster-admin' })),
        securityGroups,
        openPorts,
      });
    })
      .ofType('aws_vpc_security_group_ingress_rule')
      .filter(({ attributes }) => String(attributes['description']).startsWith('Webhook of vault'));

  test('that two add-ons request are opened once, in clusters with strict security groups', () => {
    const again = { ...VAULT, name: 'vault-agent' };
    const { openPorts } = settingsOf({ addOns: [VAULT, again] });
    expect(openPorts).toEqual([{ from: 'control-plane', port: 8200, purpose: 'Webhook of vault' }]);
    expect(rules(openPorts, 'strict').map(({ attributes }) => attributes)).toMatchObject([
      { from_port: 8200, to_port: 8200, ip_protocol: 'tcp', description: 'Webhook of vault' },
    ]);
    expect(rules(openPorts, 'cluster')).toEqual([]);
  });

  test.each([
    { nodeSecurityGroups: 'strict', opened: 1 },
    { nodeSecurityGroups: 'cluster', opened: 0 },
    { nodeSecurityGroups: undefined, opened: 0 },
  ] as const)('nodeSecurityGroups $nodeSecurityGroups of an environment: $opened rules', (row) => {
    const stack = synthInfrastructure({ addOns: [VAULT], nodeSecurityGroups: row.nodeSecurityGroups });
    const opened = stack
      .ofType('aws_vpc_security_group_ingress_rule')
      .filter(({ attributes }) => attributes['description'] === 'Webhook of vault');
    expect(opened).toHaveLength(row.opened);
  });
});

test('an EKS add-on that an add-on installs is not installed twice', () => {
  const additionalEksAddOns = { logs: { version: 'v1.0.0-eksbuild.1' } };
  expect(
    refused(
      () => new Environment(new App({ skipValidation: true }), environment({ addOns: [LOGS], additionalEksAddOns })),
    ),
  ).toBe(
    "staging-infrastructure: additionalEksAddOns has 'logs', which add-on 'logs' installs: remove it from additionalEksAddOns",
  );
});

test.each<{ props: Partial<EnvironmentProps>; problem: string }>([
  {
    props: { additionalEksAddOns: { 'vpc-cni': { version: 'v1.0.0' } } },
    problem: "additionalEksAddOns has 'vpc-cni', which is a standard add-on: configure it in eksAddOns",
  },
  {
    props: { additionalEksAddOns: { coredns: { version: 'v1.0.0' } } },
    problem: "additionalEksAddOns has 'coredns', which is a standard add-on: configure it in eksAddOns",
  },
  {
    props: {
      additionalEksAddOns: { efs: { version: 'v1.0.0', after: ['coredns'] } },
      eksAddOns: { coredns: 'none', 'metrics-server': 'none' },
    },
    problem:
      "additionalEksAddOns.efs.after has 'coredns', which is not installed here: use one of aws-ebs-csi-driver, eks-node-monitoring-agent, or remove it",
  },
])('messages about EKS add-ons name the props of environments: $problem', ({ props, problem }) => {
  expect(refused(() => new Environment(new App({ skipValidation: true }), environment(props)))).toBe(
    `staging-infrastructure: ${problem}`,
  );
});

describe('rejected, before anything is built', () => {
  const other = (name: string) => asking(name, { eksAddOns: { coredns: { corefile: '.' } } });

  test.each<{ mistake: string; props: Partial<EnvironmentProps>; problem: string }>([
    {
      mistake: 'two add-ons',
      props: { addOns: [DNS, other('mesh')] },
      problem: `add-on 'dns' sets eksAddOns.coredns.corefile "${COREFILE}", but add-on 'mesh' sets eksAddOns.coredns.corefile ".": use the same value, or remove one`,
    },
    {
      mistake: 'an add-on and the environment',
      props: { addOns: [DNS], eksAddOns: { coredns: { configuration: { corefile: '.' } } } },
      problem: `the environment sets eksAddOns.coredns.corefile ".", but add-on 'dns' sets eksAddOns.coredns.corefile "${COREFILE}": use the same value, or remove one`,
    },
    {
      mistake: 'an add-on and one node group of two',
      props: { addOns: [LOGS], nodeGroups: [APPS_GROUP, { ...SELF_MANAGED, logRotation: { containerLogMaxMib: 10 } }] },
      problem:
        "node group 'batch' sets logRotation.containerLogMaxMib 10, but add-on 'logs' sets logRotation.containerLogMaxMib 50: use the same value, or remove one",
    },
    {
      mistake: 'an add-on that configures a disabled EKS add-on',
      props: { addOns: [DNS], eksAddOns: { coredns: 'none' } },
      problem: "add-on 'dns' configures 'coredns', which eksAddOns sets to 'none': remove one of the two",
    },
  ])('$mistake', ({ props, problem }) => {
    const app = new App({ skipValidation: true });
    expect(refused(() => new Environment(app, environment(props)))).toBe(`staging-infrastructure: ${problem}`);
    const stack = app.node.tryFindChild('staging-infrastructure')!;
    expect(stack.node.children.map(({ node }) => node.id).sort()).toEqual(['aws', 'backend']);
  });

  test('all problems at once', () => {
    const props = environment({
      addOns: [DNS, other('mesh'), LOGS],
      eksAddOns: { coredns: { configuration: { corefile: '' } } },
      nodeGroups: [{ ...APPS_GROUP, logRotation: { containerLogMaxFiles: 9 } }],
    });
    expect(refused(() => new Environment(new App({ skipValidation: true }), props)).split('\n')).toHaveLength(5);
  });

  test('except for two node groups that differ', () => {
    const nodeGroups = [
      { ...APPS_GROUP, logRotation: { containerLogMaxMib: 10 } },
      { ...SELF_MANAGED, logRotation: { containerLogMaxMib: 20 } },
    ];
    expect(settingsOf({ nodeGroups, addOns: [VAULT] }).nodeGroups).toEqual(nodeGroups);
    expect(synthInfrastructure({ nodeGroups, addOns: [VAULT] }).ofType('aws_launch_template')).toHaveLength(2);
  });
});
