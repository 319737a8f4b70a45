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
  [{ quota: { gpus: '1' } }, "quota has 'gpus', which is not a resource of a quota: use one of pods,"],
  [{ quota: { storage: '1Gi' } }, "quota has 'storage', which is not"],
  [{ quota: { pods: '1.5' } }, "quota.pods '1.5' is not a whole number: write it like 20"],
  [{ quota: { 'requests.cpu': '-1' } }, "quota.requests.cpu '-1' is not a valid quantity"],
  [
    { containerDefaults: { requests: { pods: '1' } } },
    "containerDefaults.requests has 'pods', which is not a resource of a container: use cpu, memory, ephemeral-storage",
  ],
  [
    { containerDefaults: { requests: { cpu: '2' }, limits: { cpu: '1' } } },
    'containerDefaults.requests.cpu (2) exceeds containerDefaults.limits.cpu (1): raise the limit',
  ],
  [{ containerDefaults: { requests: { memory: '128m' } } }, "containerDefaults.requests.memory '128m' is a fraction"],
  [{ labels: { 'a b': 'x' } }, "labels has the key 'a b'"],
  [
    { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    "labels has 'pod-security.kubernetes.io/enforce': set podSecurity instead",
  ],
])('%j: %s', (props, problem) => {
  expect(problemsOf(props)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  [
    '{ "name": "shop", "podSecurity": "none" }',
    "podSecurity must be one of restricted, baseline, privileged, got 'none'",
  ],
  ['{ "name": "shop", "quota": { "pods": 20 } }', 'quota.pods must be a string, got 20'],
  ['{ "name": "shop", "quotas": {} }', "unknown property 'quotas': did you mean 'quota'?"],
  ['{ "name": "shop", "containerDefaults": { "limits": {} } }', 'containerDefaults.requests is required'],
  ['{ "name": "shop", "containerDefaults": null }', 'containerDefaults must be an object, got null'],
])('%s: %s', (json, problem) => {
  expect(shapeProblems(JSON.parse(json), NAMESPACE_PROPS)).toEqual([expect.stringContaining(problem)]);
});
