import { ClusterRoleGrant, RoleGrant } from '../../../lib/kubernetes/rbac';
import { refusal } from '../../support/stack';

const namespace = { namespaceName: 'shop' };
const subject = { namespace, serviceAccountId: 'api' };

test.each([
  ['ClusterRoleGrant', ClusterRoleGrant],
  ['RoleGrant', RoleGrant],
])('%s: without rules the provider would keep the old ones', (_name, Grant) => {
  expect(refusal((stack) => new Grant(stack, 'grant', { name: 'read', namespace, subject, rules: [] }))).toBe(
    'test/grant: rules is empty: list what is allowed, or remove the grant',
  );
});
