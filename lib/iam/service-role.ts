import type { Construct } from 'constructs';
import type { Statement } from './policy-document';
import { RoleWithPolicies, type RoleProps } from './role-with-policies';

export interface ServiceRoleProps extends RoleProps {
  /** The service that assumes the role, such as `eks.amazonaws.com`. */
  readonly service: string;
  /**
   * Actions of the trust policy in addition to `sts:AssumeRole`.
   * @default none
   */
  readonly trustActions?: readonly string[];
  /** Conditions of the trust policy, such as `aws:SourceAccount`. */
  readonly trustConditions?: Statement['conditions'];
}

/** A role for an AWS service or for EC2 instances, with its policies. */
export class ServiceRole extends RoleWithPolicies {
  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id, props, {
      principals: { Service: [props.service] },
      actions: ['sts:AssumeRole', ...(props.trustActions ?? [])],
      conditions: props.trustConditions,
    });
  }
}
