import type {
  DeploymentV1SpecTemplateSpecContainerSecurityContext as ContainerContext,
  DeploymentV1SpecTemplateSpecSecurityContext as PodContext,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { Problem } from '../../core/check';
import type { RuleCode } from '../../core/rules';

/** The user that a pod's programs run as. */
export interface PodUser {
  /**
   * Not 0; that is a privilege.
   * @default 65532, `nonroot` of the distroless images
   */
  readonly user?: number;
  /** @default user */
  readonly group?: number;
  /**
   * Owns the files of volumes.
   * @default group
   */
  readonly fsGroup?: number;
}

/** What a pod has beyond the restricted Pod Security level. Each needs an acknowledgement, by the code in brackets. */
export interface PodPrivileges {
  /** [`run-as-root`] */
  readonly runAsRoot?: true;
  /** Sees and opens the node's own network; no network policy holds for it. [`host-network`] */
  readonly hostNetwork?: true;
  /** Sees the node's processes. [`host-pid`] */
  readonly hostPid?: true;
  /** [`added-capabilities`] */
  readonly capabilities?: readonly string[];
  /** Everything that root on the node may do. [`privileged-container`] */
  readonly privileged?: true;
  /** May write to its image's files; within the restricted level, but beyond ours. [`writable-root`] */
  readonly writableRoot?: true;
}

export const NONROOT = 65532;

export function podSecurityContext(user: PodUser = {}, privileges: PodPrivileges = {}): PodContext {
  const { user: uid = NONROOT, group = uid, fsGroup = group } = user;
  const identity = privileges.runAsRoot
    ? { runAsUser: '0', runAsNonRoot: false }
    : { runAsUser: String(uid), runAsGroup: String(group), runAsNonRoot: true };
  return {
    ...identity,
    fsGroup: String(privileges.runAsRoot ? (user.fsGroup ?? 0) : fsGroup),
    // Without it, every start walks through a large volume to change the owners of its files.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

export function containerSecurityContext(privileges: PodPrivileges = {}): ContainerContext {
  return {
    // The API server refuses a privileged container without it.
    allowPrivilegeEscalation: privileges.privileged ?? false,
    ...(privileges.privileged && { privileged: true }),
    readOnlyRootFilesystem: !privileges.writableRoot,
    runAsNonRoot: !privileges.runAsRoot,
    capabilities: {
      drop: ['ALL'],
      ...(privileges.capabilities?.length && { add: [...privileges.capabilities] }),
    },
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

export function privilegeProblems(privileges: PodPrivileges = {}): readonly Problem[] {
  const { runAsRoot, hostNetwork, hostPid, capabilities = [], privileged, writableRoot } = privileges;
  const requested: readonly (readonly [unknown, RuleCode, string])[] = [
    [runAsRoot, 'run-as-root', 'runs as root'],
    [hostNetwork, 'host-network', "uses the node's network"],
    [hostPid, 'host-pid', "sees the node's processes"],
    [capabilities.length, 'added-capabilities', `has the capabilities ${capabilities.join(', ')}`],
    [privileged, 'privileged-container', 'may do on the node what root may'],
    [writableRoot, 'writable-root', "may write to its image's files"],
  ];
  return requested
    .filter(([has]) => has)
    .map(([, code, what]) => ({ code, problem: `the pod ${what}: take the privilege away` }));
}
