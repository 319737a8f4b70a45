import { list, literal, object, optional, text } from '../core/shape';

/** Who may open a tunnel to the Kubernetes API. */
export interface TunnelSettings {
  /**
   * Names of IAM roles of the account, of operators and pipelines, that may open it. Roles of IAM Identity Center cannot
   * be changed by IAM: add the policy to their permission set.
   * @default none: attach the tunnel's policy yourself
   */
  readonly roles?: readonly string[];
}

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

export const TUNNEL_SETTINGS = object<TunnelSettings>({
  roles: optional(list(literal(text('the name of an IAM role without its path, such as platform', ROLE_NAME)))),
});
