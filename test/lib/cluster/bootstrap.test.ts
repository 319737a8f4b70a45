import { extraSettingsProblems, userData, userDataProblem } from '../../../lib/cluster/bootstrap';
import { type JoinSettings } from '../../../lib/cluster/bootstrap-settings';

const join: JoinSettings = {
  clusterName: 'production',
  endpoint: 'https://abc.eks.amazonaws.com',
  certificateAuthority: 'Q0E=',
  serviceCidr: '172.20.0.0/16',
  dnsAddress: '172.20.0.10',
  labels: { pool: 'apps', 'example.com/tier': 'web' },
  taints: [
    { key: 'pool', value: 'apps', effect: 'NoSchedule' },
    { key: 'pool', effect: 'NoExecute' },
  ],
};

const NODE_CONFIG = 'apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n';

test('a self-managed AL2023 node gets a NodeConfig for nodeadm', () => {
  expect(userData('al2023', { join, maxPods: 110, systemReserved: { cpu: '100m' } })).toBe(`MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="quayside-node"

--quayside-node
Content-Type: application/node.eks.aws

apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  cluster:
    name: "production"
    apiServerEndpoint: "https://abc.eks.amazonaws.com"
    certificateAuthority: "Q0E="
    cidr: "172.20.0.0/16"
  kubelet:
    config:
      maxPods: 110
      systemReserved:
        "cpu": "100m"
    flags:
      - "--node-labels=example.com/tier=web,pool=apps"
      - "--register-with-taints=pool=:NoExecute,pool=apps:NoSchedule"

--quayside-node--
`);
});

test('a self-managed Bottlerocket node gets TOML', () => {
  expect(userData('bottlerocket', { join, maxPods: 110, systemReserved: { memory: '1Gi' }, extra: '[settings.ntp]\n' }))
    .toBe(`[settings.kubernetes]
api-server = "https://abc.eks.amazonaws.com"
cluster-certificate = "Q0E="
cluster-name = "production"
cluster-dns-ip = "172.20.0.10"
max-pods = 110

[settings.kubernetes.node-labels]
"example.com/tier" = "web"
"pool" = "apps"

[settings.kubernetes.node-taints]
"pool" = [":NoExecute","apps:NoSchedule"]

[settings.kubernetes.system-reserved]
"memory" = "1Gi"

[settings.ntp]
`);
});

test.each([
  { os: 'al2023' as const, settings: {}, text: undefined },
  { os: 'bottlerocket' as const, settings: {}, text: undefined },
  { os: 'bottlerocket' as const, settings: { maxPods: 50 }, text: '[settings.kubernetes]\nmax-pods = 50\n' },
  {
    os: 'bottlerocket' as const,
    settings: { logRotation: { containerLogMaxMib: 50, containerLogMaxFiles: 3 } },
    text: '[settings.kubernetes]\ncontainer-log-max-size = "50Mi"\ncontainer-log-max-files = 3\n',
  },
])('a managed $os node gets only $settings', ({ os, settings, text }) => {
  expect(userData(os, settings)).toBe(text);
});

test('the kubelet rotates logs as the settings say', () => {
  expect(userData('al2023', { logRotation: { containerLogMaxMib: 50, containerLogMaxFiles: 3 } })).toContain(
    '  kubelet:\n    config:\n      containerLogMaxSize: 50Mi\n      containerLogMaxFiles: 3\n',
  );
});

test('additional NodeConfig documents come last, and win', () => {
  const extra = 'apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n';
  const text = userData('al2023', { maxPods: 50, extra })!;
  expect(text.match(/Content-Type: application\/node.eks.aws/g)).toHaveLength(2);
  expect(text.indexOf('maxPods')).toBeLessThan(text.lastIndexOf('kind: NodeConfig'));
});

test.each<{
  os: 'al2023' | 'bottlerocket';
  extra: string;
  settings?: { maxPods?: number; join?: JoinSettings };
  problem?: string;
}>([
  {
    os: 'al2023' as const,
    extra: '#!/bin/bash\nyum update',
    problem:
      'nodeConfig is a shell script: nodeadm reads a NodeConfig document (apiVersion node.eks.aws/v1alpha1); run scripts from a DaemonSet or build a custom AMI',
  },
  {
    os: 'bottlerocket' as const,
    extra: '#!/bin/sh',
    problem: 'nodeConfig is a shell script: Bottlerocket has no shell and reads TOML; use a bootstrap container',
  },
  {
    os: 'al2023' as const,
    extra: 'kind: NodeConfig\nspec: {}\n',
    problem: 'nodeConfig must be a NodeConfig document, with apiVersion: node.eks.aws/v1alpha1 and kind: NodeConfig',
  },
  {
    os: 'al2023' as const,
    extra: `${NODE_CONFIG}spec:\n\tkubelet: {}`,
    problem: 'nodeConfig is not valid YAML: line 4 is indented with a tab: use spaces',
  },
  {
    os: 'al2023' as const,
    extra: `${NODE_CONFIG}spec:\n  kubelet:\n    config:\n      maxPods: 50`,
    settings: { maxPods: 40 },
    problem: 'nodeConfig sets spec.kubelet.config.maxPods, which is also set by maxPods: remove one of the two',
  },
  {
    os: 'al2023' as const,
    extra: `${NODE_CONFIG}spec:\n  cluster:\n    name: other`,
    settings: { join },
    problem: 'nodeConfig sets spec.cluster, which the node group sets itself: remove it from nodeConfig',
  },
  {
    os: 'al2023' as const,
    extra: `${NODE_CONFIG}spec:\n  kubelet:\n    flags:\n      - "--node-labels=a=b"`,
    settings: { join },
    problem:
      'nodeConfig sets the flag --node-labels, which is also set by labels, and only the last one counts: remove one of the two',
  },
  {
    os: 'al2023' as const,
    extra: `${NODE_CONFIG}spec:\n  kubelet:\n    flags: ["--v=2", "--node-labels=a=b"]`,
    settings: { join },
    problem:
      'nodeConfig sets the flag --node-labels, which is also set by labels, and only the last one counts: remove one of the two',
  },
  {
    os: 'al2023' as const,
    extra: `${NODE_CONFIG}spec: { kubelet: { config: { maxPods: 50 } } }`,
    settings: { maxPods: 40 },
    problem: 'nodeConfig sets spec.kubelet.config.maxPods, which is also set by maxPods: remove one of the two',
  },
  {
    os: 'bottlerocket' as const,
    extra: '[settings.kubernetes]\nmax-pods = 3',
    settings: { maxPods: 40 },
    problem: 'nodeConfig sets settings.kubernetes.max-pods, which is also set by maxPods: remove one of the two',
  },
  {
    os: 'bottlerocket' as const,
    extra: 'settings.kubernetes.allowed-unsafe-sysctls = ["net.core.somaxconn"]',
    settings: { maxPods: 40 },
    problem:
      'nodeConfig sets settings.kubernetes.allowed-unsafe-sysctls with a dotted key: write it below [settings.kubernetes]',
  },
  {
    os: 'bottlerocket' as const,
    extra: '[settings.motd]\nmotd = hello',
    problem: 'nodeConfig is not valid TOML: line 2 has no valid value: put text in quotes, and close them',
  },
  { os: 'bottlerocket' as const, extra: '[settings.kernel]\nlockdown = "integrity"' },
  { os: 'bottlerocket' as const, extra: '[settings.kubernetes]\nmax-pods = 3' },
  { os: 'al2023' as const, extra: 'kind: NodeConfig\napiVersion: node.eks.aws/v1alpha1' },
  { os: 'al2023' as const, extra: '{ "apiVersion": "node.eks.aws/v1alpha1", "kind": "NodeConfig" }' },
])('extra settings of $os besides $settings: $extra', ({ os, extra, settings, problem }) => {
  expect(extraSettingsProblems(os, extra, settings).filter(Boolean)).toEqual(problem ? [problem] : []);
});

test("Bottlerocket's further settings of a generated table are written in it, and keys without a table come first", () => {
  const extra = 'settings.motd = "hi"\n\n[settings.kubernetes]\npod-pids-limit = 100\n\n[settings.ntp]\n';
  expect(userData('bottlerocket', { maxPods: 50, extra })).toBe(
    'settings.motd = "hi"\n\n[settings.kubernetes]\nmax-pods = 50\npod-pids-limit = 100\n\n[settings.ntp]\n',
  );
});

test('user data has a limit', () => {
  expect(userDataProblem('a'.repeat(16_384))).toBe(false);
  expect(userDataProblem('a'.repeat(16_385))).toBe(
    'the user data of the nodes has 16,385 bytes, EC2 allows at most 16,384: shorten nodeConfig, or build a custom AMI',
  );
});
