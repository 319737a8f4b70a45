import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { nameTooLong } from '../core/naming';
import { policyDocument, type Statement } from './policy-document';

export interface ServiceRoleProps {
  /** At most 64 characters: make it with `physicalName('iam-role', ...)`. */
  readonly name: string;
  readonly description: string;
  /**
   * The service that assumes the role, such as `eks.amazonaws.com`.
   */
  readonly service: string;
  /**
   * Further actions of the trust policy beside `sts:AssumeRole`.
   * @default none
   */
  readonly trustActions?: readonly string[];
  /** Conditions of the trust policy, such as `aws:SourceAccount`. */
  readonly trustConditions?: Statement['conditions'];
  /**
   * Names of AWS managed policies, with their path: `AmazonEKSClusterPolicy`, `service-role/...`.
   * @default none
   */
  readonly managedPolicies?: readonly string[];
  /**
   * The role's own permissions.
   * @default none
   */
  readonly statements?: readonly Statement[];
}

/** A role for an AWS service or for EC2 machines, with its policies. */
export class ServiceRole extends Construct {
  readonly role: IamRole;
  /** What must exist before the role is of use, and must outlive its users. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    check(this, nameTooLong('iam-role', 'name', props.name));

    this.role = new IamRole(this, 'role', {
      name: props.name,
      description: props.description,
      assumeRolePolicy: policyDocument({
        principals: { Service: [props.service] },
        actions: ['sts:AssumeRole', ...(props.trustActions ?? [])],
        conditions: props.trustConditions,
      }),
    });
    this.policies = [...this.attach(props.managedPolicies ?? []), ...this.inline(props.statements ?? [])];
  }

  private attach(names: readonly string[]): ITerraformDependable[] {
    const { partition } = awsContext(this);
    return names.map(
      (name) =>
        new IamRolePolicyAttachment(this, name.replace(/^.*\//, ''), {
          role: this.role.name,
          policyArn: `arn:${partition}:iam::aws:policy/${name}`,
        }),
    );
  }

  private inline(statements: readonly Statement[]): ITerraformDependable[] {
    if (statements.length === 0) return [];
    return [new IamRolePolicy(this, 'policy', { role: this.role.name, policy: policyDocument(...statements) })];
  }
}
