import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import type { Statement } from '../iam/policy-document';

const WILDCARD = /[*?]/;
const ONLY_WILDCARDS = /^[*?]+$/;
/** They read, but cannot change who may do what. */
const READS_IAM = /^iam:(?:get|list|generate|simulate)/i;
const OTHER_ROLES = /^(?:iam:|sts:assumerole)/i;

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
  if (!OTHER_ROLES.test(action) || READS_IAM.test(action)) return false;
  if (WILDCARD.test(name)) return 'which includes permissions to extend its own: list the required ones';
  return (
    resources.some((resource) => ONLY_WILDCARDS.test(resource)) &&
    'on all resources, with which it could extend its own permissions: give the ARNs'
  );
}
