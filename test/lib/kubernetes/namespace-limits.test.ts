import { containerDefaultsProblems, quotaProblems } from '../../../lib/kubernetes/namespace-limits';

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
  {
    quota: { 'nvidia.com/gpu': '1' },
    problem: /^quota has 'nvidia.com\/gpu', which no quota counts: did you mean 'requests.nvidia.com\/gpu'\?$/,
  },
  { quota: { 'limits.nvidia.com/gpu': '1' }, problem: /: did you mean 'requests.nvidia.com\/gpu'\?$/ },
  { quota: { 'count/Deployments.apps': '1' }, problem: /^quota has 'count\/Deployments.apps'/ },
  { quota: { 'a/b/c': '1' }, problem: /^quota has 'a\/b\/c'/ },
  { quota: { 'hugepages-': '1' }, problem: /^quota has 'hugepages-'/ },
  { quota: JSON.parse('{"__proto__":"1"}') as Quantities, problem: /^quota has '__proto__'/ },
  { quota: { 'requests.cpu': '20Gi' }, problem: /^quota.requests.cpu '20Gi' has a unit of memory: write cores/ },
  { quota: { 'requests.memory': '100m' }, problem: /^quota.requests.memory '100m' is a fraction of a byte/ },
  { quota: { pods: '1.5' }, problem: /^quota.pods must be a whole number, got '1.5'$/ },
  { quota: { 'count/jobs.batch': '500m' }, problem: /^quota.count\/jobs.batch must be a whole number, got '500m'$/ },
])('quota $quota', ({ quota, problem }) => {
  const found = quotaProblems('quota', quota).filter(Boolean);
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
    requests: { 'requests.nvidia.com/gpu': '1' },
    problem:
      "defaults.requests has 'requests.nvidia.com/gpu', which no container requests: use one of cpu, ephemeral-storage, memory",
  },
  {
    requests: { cpu: '128Mi' },
    problem: "defaults.requests.cpu '128Mi' has a unit of memory: write cores, such as 200m or 2",
  },
  {
    requests: { memory: '128' },
    problem: "defaults.requests.memory '128' is 128 bytes: add the unit, such as 8Gi",
  },
  {
    requests: {},
    limits: { pods: '1' },
    problem: "defaults.limits has 'pods', which no container requests: use one of cpu, ephemeral-storage, memory",
  },
])('container defaults $requests $limits', ({ requests, limits, problem }) => {
  expect(containerDefaultsProblems('defaults', { requests, limits }).filter(Boolean)).toEqual(problem ? [problem] : []);
});
