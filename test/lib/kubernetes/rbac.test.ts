import { ClusterRoleGrant, RoleGrant } from '../../../lib/kubernetes/rbac';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { refusal } from '../../support/stack';

const namespace = { namespaceName: 'shop' };
const subject = { namespace, serviceAccountId: 'api' };

test.each<[string, (stack: AwsStack) => unknown]>([
  ['ClusterRoleGrant', (stack) => new ClusterRoleGrant(stack, 'grant', { name: 'read', subject, rules: [] })],
  ['RoleGrant', (stack) => new RoleGrant(stack, 'grant', { name: 'read', namespace, subject, rules: [] })],
])('%s: without rules the provider would keep the old ones', (_name, grant) => {
  expect(refusal(grant)).toBe('test/grant: rules is empty: list what is allowed, or remove the grant');
});
