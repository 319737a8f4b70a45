import { shapeProblems } from '../../../lib/core/shape';
import { CLUSTER_RULE, RESOURCE_RULE, ruleListProblems } from '../../../lib/kubernetes/rbac-rules';
import { ClusterRoleGrant, RoleGrant } from '../../../lib/kubernetes/rbac';
import { ServiceAccount } from '../../../lib/kubernetes/service-account';
import { refusal } from '../../support/stack';
import { synth } from './fixtures';

const pods = { resources: ['pods'], verbs: ['get'] };
const problemsOf = (rule: object) => ruleListProblems('rules', [rule as never]).filter(Boolean);

test.each([
  pods,
  { resources: ['*'], verbs: ['*'] },
  { resources: ['pods/exec', 'serviceaccounts/token'], verbs: ['create'] },
  { apiGroups: ['apps', ''], resources: ['deployments/scale', 'pods'], verbs: ['patch'] },
  { apiGroups: ['example.com'], resources: ['anything'], verbs: ['reboot'] },
  { apiGroups: ['*'], resources: ['*'], verbs: ['reboot'] },
  { apiGroups: ['policy'], resources: ['podsecuritypolicies'], verbs: ['use'] },
  { resources: ['serviceaccounts'], verbs: ['impersonate', 'request-serviceaccounts-token-audience'] },
  { nonResourceUrls: ['/metrics', '/healthz/*', '*'], verbs: ['get'] },
  { resources: ['serviceaccounts/token'], resourceNames: ['api'], verbs: ['create'] },
  { ...pods, resourceNames: ['api-0'], verbs: ['get', 'update'] },
  { apiGroups: ['apps'], resources: ['*/scale'], verbs: ['get'] },
  { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['get'] },
  { apiGroups: ['apps', 'extensions'], resources: ['deployments'], verbs: ['get'] },
])('%j is a rule', (rule) => {
  expect(problemsOf(rule)).toEqual([]);
});

test.each([
  [{ ...pods, verbs: [] }, 'rules[0].verbs is empty: list what is allowed, or remove the rule'],
  [{ ...pods, resources: [] }, 'rules[0].resources is empty: list what is allowed, or remove the rule'],
  [{ ...pods, apiGroups: [] }, 'rules[0].apiGroups is empty: list what is allowed, or remove the rule'],
  [
    { ...pods, resourceNames: [] },
    'rules[0].resourceNames is empty, which Kubernetes takes for every object: remove the rule, or list names',
  ],
  [{ ...pods, verbs: ['read'] }, "rules[0].verbs has 'read', which no request has: write 'get', 'list' and 'watch'"],
  [{ ...pods, verbs: ['Get'] }, "rules[0].verbs has 'Get', which no request has: did you mean 'get'?"],
  [{ ...pods, resources: ['Pods'] }, "rules[0].resources has 'Pods', which no resource is called: use lower case"],
  [
    { ...pods, resources: ['pod'] },
    "rules[0].resources has 'pod', which is not in the core group: did you mean 'pods'?",
  ],
  [
    { ...pods, resources: ['deployments'] },
    "rules[0].resources has 'deployments', which is not in the core group: set apiGroups: ['apps']",
  ],
  [{ ...pods, apiGroups: ['apps/v1'] }, "rules[0].apiGroups has 'apps/v1', with a version: write 'apps'"],
  [{ ...pods, apiGroups: ['v1'] }, "rules[0].apiGroups has the version 'v1': write '' for the core group"],
  [{ ...pods, apiGroups: ['Apps'] }, "rules[0].apiGroups has 'Apps', which is not a group"],
  ...['pods/*', '*/*'].map((resource): [object, string] => [
    { ...pods, resources: [resource] },
    `rules[0].resources has '${resource}', which matches no subresource: list them, such as 'pods/log'`,
  ]),
  ...['create', 'deletecollection'].map((verb): [object, string] => [
    { ...pods, resourceNames: ['api'], verbs: ['get', verb] },
    `rules[0] has resourceNames and the verb '${verb}', whose requests name no object: move it to a rule without resourceNames`,
  ]),
  [
    { ...pods, resourceNames: ['api-*'] },
    "rules[0].resourceNames has 'api-*', and a name is not a pattern: list names, or remove resourceNames for every object",
  ],
  [{ ...pods, apiGroups: ['batch'] }, "rules[0].resources has 'pods', which is in none of apiGroups (batch): add ''"],
  [
    { ...pods, apiGroups: ['batch'], resources: ['deployments/scale'] },
    "rules[0].resources has 'deployments', which is in none of apiGroups (batch): add 'apps'",
  ],
  [{ nonResourceUrls: ['metrics'], verbs: ['get'] }, "rules[0].nonResourceUrls has 'metrics', which no request has"],
  [{ nonResourceUrls: ['/metrics'], verbs: ['list'] }, "rules[0].verbs has 'list', which no request has"],
])('%j: %s', (rule, problem) => {
  expect(problemsOf(rule)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  [
    '{ "resources": ["pods"], "verb": ["get"] }',
    ["unknown property 'rule.verb': did you mean 'verbs'?", 'rule.verbs is required: a list of verbs'],
  ],
  ['{ "resources": "pods", "verbs": ["get"] }', ["rule.resources must be a list of names, got 'pods'"]],
  ['null', ['rule must be a rule, such as { resources, verbs }, got null']],
])('%s', (json, problems) => {
  expect(shapeProblems(JSON.parse(json), RESOURCE_RULE, 'rule')).toEqual(problems);
});

test.each(['{ "resources": ["pods"], "nonResourceUrls": ["/x"], "verbs": ["get"] }', '{}', '[]'])(
  'a rule of a cluster role is of one kind: %s',
  (json) => {
    expect(shapeProblems(JSON.parse(json), CLUSTER_RULE, 'rule')).toHaveLength(1);
  },
);

test.each([
  { resources: ['nodes/proxy'], verbs: ['get'] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses'], verbs: ['get'] },
  { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: ['get'] },
])('what is in no namespace is granted in none: %j', (rule) => {
  const namespace = { namespaceName: 'shop' };
  const props = {
    name: 'read',
    namespace,
    subject: { namespace, serviceAccountId: 'api' },
    rules: [rule],
  };
  expect(refusal((scope) => new RoleGrant(scope, 'grant', props))).toBe(
    `test/grant: rules has '${rule.resources[0]}', which is in no namespace: grant it with ClusterRoleGrant`,
  );
});

test('a resource of another group may be in a namespace, whatever its name', () => {
  const namespace = { namespaceName: 'shop' };
  const stack = synth(
    (scope) =>
      new RoleGrant(scope, 'grant', {
        name: 'read',
        namespace,
        subject: { namespace, serviceAccountId: 'api' },
        rules: [{ apiGroups: ['longhorn.io'], resources: ['nodes'], verbs: ['get'] }],
      }),
  );
  expect(stack.ofType('kubernetes_role_v1')).toHaveLength(1);
});

test.each([
  [{ nonResourceUrls: ['/*'], verbs: ['get'] }, "rules has '/*' in nonResourceUrls"],
  [{ apiGroups: ['apps'], resources: ['*/scale'], verbs: ['get'] }, "rules has '*/scale' in resources"],
])('what matches everything is a wildcard: %j', (rule, problem) => {
  const subject = { namespace: { namespaceName: 'shop' }, serviceAccountId: 'api' };
  expect(refusal((scope) => new ClusterRoleGrant(scope, 'grant', { name: 'read', subject, rules: [rule] }))).toContain(
    problem,
  );
});

test('an empty list of rules of an account is none', () => {
  const props = { namespace: { namespaceName: 'shop' }, identity: { name: 'api', partOf: 'shop' } };
  const stack = synth((scope) => new ServiceAccount(scope, 'account', { ...props, rules: [], clusterRules: [] }));
  expect(stack.ofType('kubernetes_role_v1')).toEqual([]);
  expect(stack.ofType('kubernetes_cluster_role_v1')).toEqual([]);
});
