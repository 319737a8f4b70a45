import { Token } from 'cdktf';
import type { Problem } from './check';
import { partitionProblem } from './partition-problem';
import { object, optional, shapeProblems, text } from './shape';

/** What an organization requires of every IAM role. */
export interface IamSettings {
  /**
   * The policy that limits what any role may do, whatever its own policies allow: the name of a policy in the stack's
   * account, with its path if it has one, or an ARN.
   * @default none
   */
  readonly permissionsBoundary?: string;
  /**
   * The path of every role, such as `/platform/`. Changing it replaces the roles and, with them, the nodes.
   * @default '/'
   */
  readonly rolePath?: string;
}

export const IAM_SETTINGS = object<IamSettings>({
  permissionsBoundary: optional(text()),
  rolePath: optional(text()),
});

/**
 * Source: "IAM and AWS STS quotas", name requirements,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const PATH = /^\/(?:[\w+=,.@-]+\/)*$/;
const MAX_PATH = 512;
/** Paths of roles that only AWS creates. */
const AWS_PATHS = /^\/aws-(?:service-role|reserved)\//;
const POLICY = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/;
const POLICY_ARN = /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/;

export function iamSettingsProblems(
  prop: string,
  settings: IamSettings,
  owner: Omit<RoleOwner, 'iam'>,
): readonly Problem[] {
  const problems = shapeProblems(settings, IAM_SETTINGS, prop);
  if (problems.length > 0) return problems;
  const { permissionsBoundary, rolePath } = settings;
  return [
    permissionsBoundary !== undefined && boundaryProblem(`${prop}.permissionsBoundary`, permissionsBoundary, owner),
    rolePath !== undefined && pathProblem(`${prop}.rolePath`, rolePath),
  ];
}

function boundaryProblem(prop: string, boundary: string, { account, partition }: Omit<RoleOwner, 'iam'>): Problem {
  if (Token.isUnresolved(boundary)) return false;
  const owner = POLICY_ARN.exec(boundary)?.[1];
  if (owner === undefined) {
    return (
      !POLICY.test(boundary) &&
      `${prop} '${boundary}' is neither the name nor the ARN of a policy: write its name, such as DeveloperBoundary`
    );
  }
  return owner !== 'aws' && owner !== account
    ? `${prop} '${boundary}' is a policy of account ${owner}, and IAM takes only one of the role's account: create it in ${account}, and write its name`
    : partitionProblem(prop, boundary, partition);
}

function pathProblem(prop: string, path: string): Problem {
  if (Token.isUnresolved(path)) return `${prop} must be a literal: ARNs of roles are derived from it`;
  if (AWS_PATHS.test(path)) return `${prop} '${path}' is reserved for roles that AWS creates: use a path of your own`;
  if (path.length > MAX_PATH)
    return `${prop} has ${path.length} characters, IAM allows at most ${MAX_PATH}: shorten it`;
  return (
    !PATH.test(path) &&
    `${prop} '${path}' is not a path: begin and end it with a slash, such as /platform/, with letters, digits and +=,.@_- between them`
  );
}

interface RoleOwner {
  readonly partition: string;
  readonly account: string;
  readonly iam: IamSettings;
}

/** The attributes of `aws_iam_role` for the settings. */
export function roleSettings({ partition, account, iam }: RoleOwner) {
  const { permissionsBoundary, rolePath } = iam;
  return {
    path: rolePath,
    permissionsBoundary:
      permissionsBoundary === undefined ||
      Token.isUnresolved(permissionsBoundary) ||
      POLICY_ARN.test(permissionsBoundary)
        ? permissionsBoundary
        : `arn:${partition}:iam::${account}:policy/${permissionsBoundary}`,
  };
}
