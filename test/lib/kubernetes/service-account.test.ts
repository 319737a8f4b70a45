import { acknowledge } from '../../../lib/core/acknowledge';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { ServiceAccount } from '../../../lib/kubernetes/service-account';
import { refusal } from '../../support/stack';
import { synth } from './fixtures';

const namespace = { namespaceName: 'shop' };
const identity = { name: 'api', partOf: 'shop' };
const rules = [{ resources: ['pods'], verbs: ['get'] }];

test('a service account without rules has no role, and never mounts a token by itself', () => {
  const stack = synth((scope) => new ServiceAccount(scope, 'account', { namespace, identity }));
  expect(stack.getResource('kubernetes_service_account_v1').attributes['automount_service_account_token']).toBe(false);
  expect(stack.ofType('kubernetes_role_binding_v1')).toEqual([]);
});

test('a service account is bound to what its rules say, in its namespace or in the cluster', () => {
  const paths = [{ nonResourceUrls: ['/metrics'], verbs: ['get'] }];
  const stack = synth(
    (scope) => new ServiceAccount(scope, 'account', { namespace, identity, rules, clusterRules: paths }),
  );
  expect(stack.getResource('kubernetes_role_v1').attributes['rule']).toEqual([
    { api_groups: [''], resources: ['pods'], verbs: ['get'] },
  ]);
  const role = stack.getResource('kubernetes_cluster_role_v1');
  expect(role.attributes['metadata'].name).toBe('shop:api');
  expect(role.attributes['rule']).toEqual([{ non_resource_urls: ['/metrics'], verbs: ['get'] }]);
  const binding = stack.getResource('kubernetes_cluster_role_binding_v1');
  expect(binding.attributes['subject'][0]).toMatchObject({ kind: 'ServiceAccount', namespace: 'shop' });
  expect(stack.isAfter(binding, stack.getResource('kubernetes_service_account_v1'))).toBe(true);
  expect(stack.isAfter(binding, role)).toBe(true);
});

test('a service account with a wildcard needs a reason', () => {
  const clusterRules = [
    { apiGroups: ['*'], resources: ['secrets'], verbs: ['*'] },
    { resources: ['secrets'], resourceNames: ['one'], verbs: ['get'] },
  ];
  const build = (scope: AwsStack) => new ServiceAccount(scope, 'account', { namespace, identity, clusterRules });
  expect(refusal(build)).toBe(
    [
      'test/account/cluster-access: 3 problems',
      "  - rules has '*' in apiGroups: list what is needed (if intended: acknowledge(scope, 'rbac-wildcard', 'the reason'))",
      "  - rules has '*' in verbs: list what is needed (if intended: acknowledge(scope, 'rbac-wildcard', 'the reason'))",
      "  - rules allows * on the secrets of every namespace: grant it in the namespaces concerned, with RoleGrant (if intended: acknowledge(scope, 'rbac-all-secrets', 'the reason'))",
    ].join('\n'),
  );
  const stack = synth((scope) => {
    acknowledge(scope, 'rbac-wildcard', 'a test');
    acknowledge(scope, 'rbac-all-secrets', 'a test');
    build(scope);
  });
  expect(stack.ofType('kubernetes_cluster_role_v1')).toHaveLength(1);
});
