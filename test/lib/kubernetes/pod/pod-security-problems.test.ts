import { acknowledge } from '../../../../lib/core/acknowledge';
import type { AwsStack } from '../../../../lib/core/aws-stack';
import { Namespace, type PodSecurityLevel } from '../../../../lib/kubernetes/namespace';
import { Workload, type WorkloadProps } from '../../../../lib/kubernetes/workload';
import { refusal } from '../../../support/stack';
import { props, synth } from '../fixtures';

const CODES = [
  'run-as-root',
  'host-network',
  'host-pid',
  'added-capabilities',
  'privileged-container',
  'host-path',
] as const;

const place = (level: PodSecurityLevel, overrides: Partial<WorkloadProps>, byName: boolean) => (stack: AwsStack) => {
  const namespace = new Namespace(stack, 'namespace', { name: 'shop', podSecurity: level });
  CODES.forEach((code) => acknowledge(stack, code, 'a test'));
  new Workload(stack, 'api', { ...props, ...overrides, namespace: byName ? { namespaceName: 'shop' } : namespace });
};

const HOST_PATH: Partial<WorkloadProps> = { volumes: { log: { kind: 'host-path', path: '/var/log' } } };

test.each<[PodSecurityLevel, Partial<WorkloadProps>, string, string]>([
  ['restricted', HOST_PATH, "volume 'log' (host-path)", 'privileged'],
  ['baseline', HOST_PATH, "volume 'log' (host-path)", 'privileged'],
  [
    'restricted',
    { privileges: { hostNetwork: true, hostPid: true } },
    'privileges.hostNetwork, privileges.hostPid',
    'privileged',
  ],
  ['baseline', { privileges: { privileged: true } }, 'privileges.privileged', 'privileged'],
  ['restricted', { privileges: { runAsRoot: true } }, 'privileges.runAsRoot', 'baseline'],
  ['restricted', { privileges: { capabilities: ['CHOWN', 'NET_BIND_SERVICE'] } }, 'capability CHOWN', 'baseline'],
  ['baseline', { privileges: { capabilities: ['CHOWN', 'NET_ADMIN'] } }, 'capability NET_ADMIN', 'privileged'],
])('%s rejects %j', (level, overrides, what, needed) => {
  for (const byName of [true, false]) {
    expect(refusal(place(level, overrides, byName))).toBe(
      `test/api: namespace 'shop' has podSecurity '${level}', which rejects ${what}: remove that, or use a namespace with podSecurity '${needed}'`,
    );
  }
});

test.each<[PodSecurityLevel, Partial<WorkloadProps>]>([
  ['privileged', HOST_PATH],
  ['baseline', { privileges: { runAsRoot: true, capabilities: ['CHOWN'] } }],
  ['restricted', { privileges: { capabilities: ['NET_BIND_SERVICE'] } }],
])('%s accepts %j', (level, overrides) => {
  expect(synth(place(level, overrides, false)).ofType('kubernetes_deployment_v1')).toHaveLength(1);
});
