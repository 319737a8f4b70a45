import type { Construct } from 'constructs';
import { list, object, optional, text } from '../core/shape';
import { CONDITIONS, type Statement } from './policy-document';
import { ROLE_PROPS, RoleWithPolicies, type RoleProps } from './role-with-policies';

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

const SERVICE_ROLE_PROPS = object<ServiceRoleProps>({
  ...ROLE_PROPS,
  service: text("a service, such as 'eks.amazonaws.com'", /^[a-z\d-]+(?:\.[a-z\d-]+)+$/),
  trustActions: optional(list(text())),
  trustConditions: optional(CONDITIONS),
});

/** A role for an AWS service or for EC2 instances, with its policies. */
export class ServiceRole extends RoleWithPolicies<ServiceRoleProps> {
  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id, props, SERVICE_ROLE_PROPS, () => ({
      role: props,
      trust: {
        principals: { Service: [props.service] },
        actions: ['sts:AssumeRole', ...(props.trustActions ?? [])],
        conditions: props.trustConditions,
      },
    }));
  }
}
