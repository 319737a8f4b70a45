import { repelsPods, labelProblems, taintProblems, type LabelledBy } from '../../../lib/cluster/taints-and-labels';
import type { Taint } from '../../../lib/kubernetes/taint';

const KUBELET_REJECTED = (key: string) =>
  `labels has '${key}': under kubernetes.io and k8s.io a node may only set labels of kubelet.kubernetes.io and node.kubernetes.io; use your own prefix`;
const EKS_REJECTED = (prop: string, key: string) =>
  `${prop} has '${key}': managed node groups reject keys with kubernetes.io/, k8s.io/, eks.amazonaws.com/; use your own prefix`;
const LONG = `example.com/${'a'.repeat(63)}`;
const TOO_LONG = `${'a'.repeat(20)}.example.com/${'a'.repeat(63)}`;

test.each<{ by: LabelledBy; labels: Record<string, string>; problems: string[] }>([
  { by: 'kubelet', labels: { pool: 'apps', 'example.com/tier': '', [LONG]: 'x' }, problems: [] },
  { by: 'kubelet', labels: { 'node.kubernetes.io/pool': 'a', 'x.kubelet.kubernetes.io/pool': 'a' }, problems: [] },
  ...['node-role.kubernetes.io/ingress', 'kubernetes.io/arch', 'k8s.io/x', 'node-restriction.kubernetes.io/x'].map(
    (key) => ({ by: 'kubelet' as const, labels: { [key]: 'x' }, problems: [KUBELET_REJECTED(key)] }),
  ),
  ...['node.kubernetes.io/pool', 'eks.amazonaws.com/x', 'x.k8s.io/y'].map((key) => ({
    by: 'eks' as const,
    labels: { [key]: 'x' },
    problems: [EKS_REJECTED('labels', key)],
  })),
  {
    by: 'eks',
    labels: { pool: '' },
    problems: ["labels['pool'] is '': use 1 to 63 letters, digits, '-', '_' or '.'"],
  },
  {
    by: 'kubelet',
    labels: { pool: 'a b', 'a/b/c': 'x' },
    problems: [
      "labels['pool'] is 'a b': use 0 to 63 letters, digits, '-', '_' or '.'",
      "labels has an invalid key 'a/b/c': use at most 63 letters, digits, '-', '_' or '.', after a DNS name and a slash if it has a prefix",
    ],
  },
  {
    by: 'kubelet',
    labels: { [TOO_LONG]: 'x' },
    problems: [
      `labels has the key '${TOO_LONG}' of 96 characters: shorten it to at most 82, it is part of a tag for the autoscaler`,
    ],
  },
  { by: 'eks', labels: { pool: '${TfToken[TOKEN.1]}' }, problems: [] },
])('$by with labels $labels', ({ by, labels, problems }) => {
  expect(labelProblems(labels, by)).toEqual(problems);
});

const taint = (overrides: Partial<Record<keyof Taint, string>> = {}) =>
  ({ key: 'pool', value: 'apps', effect: 'NoSchedule', ...overrides }) as Taint;

test.each<{ by?: LabelledBy; taints: Taint[]; problems: string[] }>([
  { taints: [taint(), taint({ effect: 'NoExecute' }), taint({ key: 'other', value: undefined })], problems: [] },
  { taints: [taint({ key: 'node.cilium.io/agent-not-ready' })], problems: [] },
  {
    taints: [taint(), taint({ value: 'web' })],
    problems: ["taints has 'pool:NoSchedule' twice, and Kubernetes allows one taint per key and effect: remove one"],
  },
  {
    taints: [taint({ value: 'a:b' })],
    problems: ["taint 'pool' has an invalid value 'a:b': use at most 63 letters, digits, '-', '_' or '.'"],
  },
  {
    taints: [taint({ key: '-pool' })],
    problems: [
      "taints has an invalid key '-pool': use at most 63 letters, digits, '-', '_' or '.', after a DNS name and a slash if it has a prefix",
    ],
  },
  { by: 'eks', taints: [taint({ key: 'k8s.io/x' })], problems: [EKS_REJECTED('taints', 'k8s.io/x')] },
])('$by with taints $taints', ({ by = 'kubelet', taints, problems }) => {
  expect(taintProblems('taints', taints, by)).toEqual(problems);
});

test('PreferNoSchedule does not repel pods', () => {
  expect(repelsPods([])).toBe(false);
  expect(repelsPods([taint({ effect: 'PreferNoSchedule' })])).toBe(false);
  expect(repelsPods([taint({ effect: 'PreferNoSchedule' }), taint()])).toBe(true);
});
