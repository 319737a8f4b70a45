import { containerDefaultsProblems, quotaResourceProblems } from '../../../lib/kubernetes/namespace-limits';

type Quantities = Readonly<Record<string, string>>;

test.each<{ quota: Quantities; problem: RegExp | undefined }>([
  { quota: {}, problem: undefined },
  {
    quota: { 'requests.cpu': '1500m', 'limits.memory': '8Gi', pods: '0', 'services.nodeports': '2' },
    problem: undefined,
  },
  { quota: { 'hugepages-2Mi': '1Gi', 'requests.hugepages-1Gi': '2Gi' }, problem: undefined },
  { quota: { 'count/deployments.apps': '5', 'requests.nvidia.com/gpu': '4' }, problem: undefined },
  { quota: { 'gp3.storageclass.storage.k8s.io/requests.storage': '0.5Ti' }, problem: undefined },
  { quota: { pods: '2k' }, problem: undefined },
  { quota: { Pods: '2' }, problem: /^quota has 'Pods', which no quota counts: did you mean 'pods'\?$/ },
  { quota: { 'request.cpu': '2' }, problem: /^quota has 'request.cpu', .*: did you mean 'requests.cpu'\?$/ },
  {
    quota: { deployments: '2' },
    problem: /^quota has 'deployments', .*, or a name with a slash, such as count\/deployments.apps$/,
  },
  { quota: { pods: '1.5' }, problem: /^quota.pods must be a whole number, got '1.5'$/ },
  { quota: { 'count/jobs.batch': '500m' }, problem: /^quota.count\/jobs.batch must be a whole number, got '500m'$/ },
])('quota $quota', ({ quota, problem }) => {
  const found = quotaResourceProblems('quota', quota).filter(Boolean);
  expect(found).toHaveLength(problem ? 1 : 0);
  expect(found.join('')).toMatch(problem ?? /^$/);
});

test.each<{ requests: Quantities; limits?: Quantities; problem?: string }>([
  { requests: {} },
  { requests: { cpu: '2', memory: '1Gi', 'nvidia.com/gpu': '1' } },
  { requests: { memory: '1Gi' }, limits: { memory: '1024Mi' } },
  { requests: { cpu: '0' }, limits: { cpu: '0' } },
  {
    requests: { memory: '1Gi' },
    limits: { memory: '1G' },
    problem: "defaults.requests.memory '1Gi' exceeds limits.memory '1G': lower the request, or raise the limit",
  },
  {
    requests: { memroy: '1Gi' },
    problem: "defaults.requests has 'memroy', which no container requests: did you mean 'memory'?",
  },
  {
    requests: {},
    limits: { pods: '1' },
    problem: "defaults.limits has 'pods', which no container requests: use one of cpu, ephemeral-storage, memory",
  },
])('container defaults $requests $limits', ({ requests, limits, problem }) => {
  expect(containerDefaultsProblems('defaults', { requests, limits }).filter(Boolean)).toEqual(problem ? [problem] : []);
});
