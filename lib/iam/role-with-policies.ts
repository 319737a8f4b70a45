import { IamRole, type IamRoleConfig } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check, checkAtSynth, type Problem } from '../core/check';
import { roleSettings } from '../core/iam-settings';
import { checkProps } from '../core/check-props';
import { nameTooLong } from '../core/naming';
import { bool, list, optional, text, type Shape, type Shapes } from '../core/shape';
import { TAGS } from '../core/tag-shape';
import { inlinePoliciesProblem, managedPolicyId, roleProblems } from './iam-limits';
import { permissionProblems } from './permission-problems';
import { policyDocument, STATEMENT, type Statement } from './policy-document';

export interface RoleProps {
  /** At most 64 characters, or 37 with `uniqueName`. */
  readonly name: string;
  /**
   * Appends a unique suffix to the name, for roles whose users remember more than the name: a role that is deleted and
   * created again is another one. A role that exists keeps its name.
   * @default false
   */
  readonly uniqueName?: boolean;
  readonly description: string;
  /**
   * AWS managed policies by their name with its path, `AmazonEKSClusterPolicy` or `service-role/...`, others by their
   * ARN.
   * @default none
   */
  readonly managedPolicies?: readonly string[];
  /**
   * Inline permissions of the role.
   * @default none
   */
  readonly statements?: readonly Statement[];
  /**
   * Tags that policies compare with those of a resource (`aws:PrincipalTag`).
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

export const ROLE_PROPS: Shapes<RoleProps> = {
  name: text(),
  uniqueName: optional(bool),
  description: text(),
  managedPolicies: optional(list(text())),
  statements: optional(list(STATEMENT)),
  tags: optional(TAGS),
};

/** What a subclass derives from its props. */
export interface RoleDefinition {
  readonly role: RoleProps;
  /** Who may assume the role. */
  readonly trust: Statement;
  readonly problems?: readonly Problem[];
}

/** A role with its policies; the subclass defines who may assume it. */
export abstract class RoleWithPolicies<P extends object> extends Construct {
  readonly role: IamRole;
  /** What must exist before the role is usable, and must be deleted after its users. */
  readonly policies: readonly ITerraformDependable[];

  /** @param define what is derived from the props, once they have their shape */
  constructor(scope: Construct, id: string, given: P, shape: Shape<P>, define: () => RoleDefinition) {
    super(scope, id);
    checkProps(this, given, shape);
    const { role: props, trust, problems = [] } = define();
    const assumeRolePolicy = policyDocument(trust);
    check(
      this,
      nameTooLong(props.uniqueName ? 'iam-role-prefix' : 'iam-role', 'name', props.name),
      ...roleProblems({ ...props, assumeRolePolicy }, awsContext(this)),
      ...permissionProblems('statements', props.statements ?? []),
      ...problems,
    );

    this.role = new IamRole(this, 'role', {
      ...(props.uniqueName ? uniqueName(props.name) : { name: props.name }),
      description: props.description,
      ...roleSettings(awsContext(this)),
      assumeRolePolicy,
      tags: props.tags && { ...props.tags },
    });
    this.policies = [
      ...this.addManagedPolicies(props.managedPolicies ?? []),
      ...this.addInlinePolicies(props.statements ?? []),
    ];
    checkAtSynth(this, () => [inlinePoliciesProblem(this.inlinePolicies())]);
  }

  private addManagedPolicies(names: readonly string[]): ITerraformDependable[] {
    const { partition } = awsContext(this);
    return names.map(
      (name) =>
        new IamRolePolicyAttachment(this, managedPolicyId(name), {
          role: this.role.name,
          policyArn: name.startsWith('arn:') ? name : `arn:${partition}:iam::aws:policy/${name}`,
        }),
    );
  }

  /** Its own, and those that others granted it. */
  private inlinePolicies(): readonly string[] {
    return [...this.node.children, ...this.role.node.children].flatMap((child) =>
      child instanceof IamRolePolicy ? (child.policyInput ?? []) : [],
    );
  }

  private addInlinePolicies(statements: readonly Statement[]): ITerraformDependable[] {
    if (statements.length === 0) return [];
    return [new IamRolePolicy(this, 'policy', { role: this.role.name, policy: policyDocument(...statements) })];
  }
}

/** A name forces replacement, of the role and of what uses it: the name of a role that exists is ignored. */
function uniqueName(name: string): Pick<IamRoleConfig, 'namePrefix' | 'lifecycle'> {
  return { namePrefix: `${name}-`, lifecycle: { ignoreChanges: ['name', 'name_prefix'] } };
}
