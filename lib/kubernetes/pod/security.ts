import type {
  DeploymentV1SpecTemplateSpecContainerSecurityContext as ContainerContext,
  DeploymentV1SpecTemplateSpecSecurityContext as PodContext,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { Problem } from '../../core/check';
import type { RuleCode } from '../../core/rules';
import { integer, list, object, oneOf, optional, text } from '../../core/shape';
import { wholeNumberProblem } from '../whole-number';

/** The user that a pod's containers run as. */
export interface PodUser {
  /**
   * Not 0, which is the privilege `runAsRoot`.
   * @default 65532, `nonroot` of the distroless images
   */
  readonly user?: number;
  /** @default user */
  readonly group?: number;
  /**
   * The group that owns the files of volumes.
   * @default group
   */
  readonly fsGroup?: number;
}

/** What a pod has beyond the restricted Pod Security level. Each must be acknowledged by the code in brackets. */
export interface PodPrivileges {
  /** [`run-as-root`] */
  readonly runAsRoot?: true;
  /** Uses the node's network, to which no network policy applies. [`host-network`] */
  readonly hostNetwork?: true;
  /** Sees the node's processes. [`host-pid`] */
  readonly hostPid?: true;
  /** [`added-capabilities`] */
  readonly capabilities?: readonly string[];
  /** Whatever root may do on the node. [`privileged-container`] */
  readonly privileged?: true;
  /** Has a writable root file system, which the restricted level allows but this library does not. [`writable-root`] */
  readonly writableRoot?: true;
}

export const POD_USER = object<PodUser>(
  { user: optional(integer), group: optional(integer), fsGroup: optional(integer) },
  { expected: 'an object { user, group, fsGroup }' },
);

const GRANTED = optional(oneOf(true));

export const POD_PRIVILEGES = object<PodPrivileges>({
  runAsRoot: GRANTED,
  hostNetwork: GRANTED,
  hostPid: GRANTED,
  capabilities: optional(
    list(text("a capability without CAP_, such as 'NET_ADMIN'", /^(?!CAP_)[A-Z][A-Z_]*$/), 'a list of capabilities'),
  ),
  privileged: GRANTED,
  writableRoot: GRANTED,
});

export const NONROOT = 65532;

export function podSecurityContext(user: PodUser = {}, privileges: PodPrivileges = {}): PodContext {
  const { user: uid = NONROOT, group = uid, fsGroup = group } = user;
  const identity = privileges.runAsRoot
    ? { runAsUser: '0', runAsNonRoot: false }
    : { runAsUser: String(uid), runAsGroup: String(group), runAsNonRoot: true };
  return {
    ...identity,
    fsGroup: String(privileges.runAsRoot ? (user.fsGroup ?? 0) : fsGroup),
    // Without it, the owner of every file of a volume is changed at each start.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

export function containerSecurityContext(privileges: PodPrivileges = {}): ContainerContext {
  return {
    // The API server rejects a privileged container without it.
    allowPrivilegeEscalation: privileges.privileged ?? false,
    ...(privileges.privileged && { privileged: true }),
    readOnlyRootFilesystem: !privileges.writableRoot,
    runAsNonRoot: !privileges.runAsRoot,
    capabilities: {
      drop: ['ALL'],
      ...(privileges.capabilities?.length && { add: [...privileges.capabilities].sort() }),
    },
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

export function userProblems(
  { user, group, fsGroup }: PodUser = {},
  { runAsRoot }: PodPrivileges = {},
): readonly Problem[] {
  return [
    ...Object.entries({ user, group, fsGroup }).map(([prop, id]) => wholeNumberProblem(`runAs.${prop}`, id, 0)),
    user === 0 &&
      !runAsRoot &&
      'runAs.user is 0, which is root: use another user; root needs privileges.runAsRoot, and an acknowledgement of it',
    runAsRoot && user && `runAs.user (${user}) has no effect beside privileges.runAsRoot: remove one of them`,
    runAsRoot && group && `runAs.group (${group}) has no effect beside privileges.runAsRoot: remove one of them`,
  ];
}

export function privilegeProblems(privileges: PodPrivileges = {}): readonly Problem[] {
  const { runAsRoot, hostNetwork, hostPid, capabilities = [], privileged, writableRoot } = privileges;
  const requested: readonly (readonly [unknown, RuleCode, keyof PodPrivileges, string])[] = [
    [runAsRoot, 'run-as-root', 'runAsRoot', 'runs as root'],
    [hostNetwork, 'host-network', 'hostNetwork', "uses the node's network"],
    [hostPid, 'host-pid', 'hostPid', "sees the node's processes"],
    [
      capabilities.length,
      'added-capabilities',
      'capabilities',
      `has the ${capabilities.length === 1 ? 'capability' : 'capabilities'} ${capabilities.join(', ')}`,
    ],
    [privileged, 'privileged-container', 'privileged', 'is privileged'],
    [writableRoot, 'writable-root', 'writableRoot', 'has a writable root file system'],
  ];
  return requested
    .filter(([has]) => has)
    .map(([, code, prop, what]) => ({ code, problem: `the pod ${what}: remove privileges.${prop}` }));
}
