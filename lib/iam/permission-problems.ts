import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import type { Statement } from './policy-document';

/**
 * Source: "IAM JSON policy elements reference",
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
const SID = /^[A-Za-z\d]*$/;
const ACTION = /^(?:\*|[a-z\d*?-]+:[A-Za-z\d*?]+)$/i;
const RESOURCE = /^(?:\*|arn:.+)$/;

/** What IAM rejects in the permissions of a role, in the middle of an apply. */
export function permissionProblems(prop: string, statements: readonly Statement[]): readonly Problem[] {
  return [
    ...duplicates(statements.flatMap(({ sid }) => sid ?? [])).map(
      (sid) => `${prop} has the sid '${sid}' twice: rename one`,
    ),
    ...statements.flatMap((statement, index) => statementProblems(`${prop}[${index}]`, statement)),
  ];
}

function statementProblems(path: string, { sid = '', actions, resources, principals }: Statement): readonly Problem[] {
  return [
    !Token.isUnresolved(sid) && !SID.test(sid) && `${path}.sid '${sid}' is not valid: use letters and digits only`,
    ...malformed(actions, ACTION).map(
      (action) => `${path}.actions has '${action}', which is not an action: write service and action, s3:GetObject`,
    ),
    resources === undefined &&
      `${path}.resources is required in the permissions of a role: list ARNs, or '*' for actions that know no resources`,
    ...malformed(resources ?? [], RESOURCE).map(
      (resource) => `${path}.resources has '${resource}', which is neither an ARN nor '*': write the ARN`,
    ),
    principals !== undefined &&
      `${path}.principals has no place in the permissions of a role, which are for whoever assumes it: remove it`,
  ];
}

/** Tokens may be anything. */
function malformed(texts: readonly string[], form: RegExp): readonly string[] {
  return Token.isUnresolved(texts) ? [] : texts.filter((text) => !Token.isUnresolved(text) && !form.test(text));
}
