import { shapeProblems } from '../../../lib/core/shape';
import { NAMESPACE_PROPS, namespacePropsProblems } from '../../../lib/kubernetes/namespace-props';

const problemsOf = (props: object) => namespacePropsProblems({ name: 'shop', ...props }).filter(Boolean);

test.each([
  {},
  {
    quota: {
      'requests.cpu': '20',
      'limits.memory': '64Gi',
      pods: '1k',
      'count/jobs.batch': '10',
      'requests.nvidia.com/gpu': '1',
      'gold.storageclass.storage.k8s.io/requests.storage': '1Ti',
      'hugepages-2Mi': '0',
    },
  },
  { containerDefaults: { requests: { cpu: '100m', 'nvidia.com/gpu': '1' }, limits: { cpu: '100m', memory: '1Gi' } } },
  { quota: {}, labels: { 'pod-security.kubernetes.io/enforce-version': 'v1.34' } },
])('%j is accepted', (props) => {
  expect(problemsOf(props)).toEqual([]);
});

test.each([
  [{ name: 'kube-system' }, "name 'kube-system' is that of a namespace that every cluster has"],
  [{ quota: { gpus: '1' } }, "quota has 'gpus', which no quota counts: did you mean 'cpu'?"],
  [{ quota: { storage: '1Gi' } }, "quota has 'storage', which no quota counts: did you mean 'requests.storage'?"],
  [{ quota: { pods: '1.5' } }, "quota.pods must be a whole number, got '1.5'"],
  [
    { containerDefaults: { requests: { pods: '1' } } },
    "containerDefaults.requests has 'pods', which no container requests: use one of cpu, ephemeral-storage, memory",
  ],
  [
    { containerDefaults: { requests: { cpu: '2' }, limits: { cpu: '1' } } },
    "containerDefaults.requests.cpu '2' exceeds limits.cpu '1': lower the request, or raise the limit",
  ],
  [{ containerDefaults: { requests: { memory: '128m' } } }, "containerDefaults.requests.memory '128m' is a fraction"],
  [{ labels: { 'a b': 'x' } }, "labels has the key 'a b'"],
  [
    { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    "labels has 'pod-security.kubernetes.io/enforce', which podSecurity sets: remove it, and set podSecurity",
  ],
  [
    { labels: { 'pod-security.kubernetes.io/warn-version': '1.34' } },
    "labels.pod-security.kubernetes.io/warn-version '1.34' is not a version of Pod Security: use latest",
  ],
  [
    { labels: { 'kubernetes.io/metadata.name': 'other' } },
    "labels has 'kubernetes.io/metadata.name', which Kubernetes sets to the name: remove it",
  ],
])('%j: %s', (props, problem) => {
  expect(problemsOf(props)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  [
    '{ "name": "shop", "podSecurity": "none" }',
    "podSecurity must be one of restricted, baseline, privileged, got 'none'",
  ],
  ['{ "name": "shop", "quota": { "pods": 20 } }', 'quota.pods must be a quantity, such as 500m, 20 or 8Gi, got 20'],
  [
    '{ "name": "shop", "quota": { "requests.cpu": "-1" } }',
    "quota.requests.cpu must be a quantity, such as 500m, 20 or 8Gi, got '-1'",
  ],
  ['{ "name": "shop", "quotas": {} }', "unknown property 'quotas': did you mean 'quota'?"],
  ['{ "name": "shop", "containerDefaults": { "limits": {} } }', 'containerDefaults.requests is required'],
  ['{ "name": "shop", "containerDefaults": null }', 'containerDefaults must be an object, got null'],
])('%s: %s', (json, problem) => {
  expect(shapeProblems(JSON.parse(json), NAMESPACE_PROPS)).toEqual([expect.stringContaining(problem)]);
});
