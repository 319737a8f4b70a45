import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import type { Statement } from '../iam/policy-document';

const WILDCARD = /[*?]/;
const ONLY_WILDCARDS = /^[*?]+$/;
/** They read, but cannot change who may do what. */
const READS_IAM = /^iam:(?:get|list|generate|simulate)/i;
/** Besides those of IAM: they give the job other roles, or a role the permissions of a cluster's administrator. */
const GIVES_ACCESS = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'eks:AssociateAccessPolicy',
  'eks:CreateAccessEntry',
  'eks:UpdateAccessEntry',
];
/** `arn:partition:service:region:account:resource` */
const ARN_PARTS = 6;

/** Rejects permissions with which a job could do anything, or could give itself more. */
export function actionProblems(statements: readonly Statement[]): readonly Problem[] {
  return statements
    .filter(({ effect = 'Allow' }) => effect === 'Allow')
    .flatMap(({ actions, resources = [] }) =>
      actions.map((action): Problem => {
        const reason = !Token.isUnresolved(action) && tooWide(action, resources);
        return reason && { code: 'ci-role-wide-actions', problem: `statements allow '${action}', ${reason}` };
      }),
    );
}

function tooWide(action: string, resources: readonly string[]): string | false {
  const [service = '', name = ''] = action.split(':');
  if (WILDCARD.test(service)) return 'which is every action: list the required ones';
  if (ONLY_WILDCARDS.test(name)) return `which is every action of ${service}: list the required ones`;
  if (!extendsPermissions(action)) return false;
  if (WILDCARD.test(name)) return 'which includes permissions to extend its own: list the required ones';
  const wide = resources.find(isEveryResource);
  if (wide === undefined) return false;
  return ONLY_WILDCARDS.test(wide)
    ? 'on all resources, with which it could extend its own permissions: give the ARNs'
    : `on '${wide}', with which it could extend its own permissions: give the account, and the name or its prefix`;
}

function extendsPermissions(action: string): boolean {
  if (/^iam:/i.test(action)) return !READS_IAM.test(action);
  const pattern = action
    .replace(/[^\w*?]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return GIVES_ACCESS.some((one) => new RegExp(`^${pattern}$`, 'i').test(one));
}

/** Whether a resource is every one of an account, or one in every account. */
function isEveryResource(resource: string): boolean {
  if (ONLY_WILDCARDS.test(resource)) return true;
  const parts = resource.split(':');
  // A wildcard also stands for colons.
  if (parts.length < ARN_PARTS) return WILDCARD.test(resource) && !Token.isUnresolved(resource);
  const [account = '', ...rest] = parts.slice(ARN_PARTS - 2);
  const [type = '', ...name] = rest.join(':').split('/');
  return (
    WILDCARD.test(account) || WILDCARD.test(type) || (name.length > 0 && /^[*?/]*[*?][*?/]*$/.test(name.join('/')))
  );
}
