import type { Problem } from '../../core/check';
import type { PodSecurityLevel } from '../namespace-props';
import type { PodProps } from './template';

/** Source: "Pod Security Standards", https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const BASELINE_CAPABILITIES = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
/** Source: as above. */
const RESTRICTED_CAPABILITIES = new Set(['NET_BIND_SERVICE']);

/** What the API server rejects of pods in a namespace of a level. */
export function podSecurityProblems(
  { privileges = {}, volumes = {} }: PodProps,
  namespaceName: string,
  level: PodSecurityLevel = 'privileged',
): readonly Problem[] {
  if (level === 'privileged') return [];
  const { runAsRoot, hostNetwork, hostPid, privileged, capabilities = [] } = privileges;
  const above = (allowed: ReadonlySet<string>) => capabilities.filter((one) => !allowed.has(one));
  const hostPaths = Object.keys(volumes).filter((name) => volumes[name]?.kind === 'host-path');
  const aboveBaseline = [
    hostNetwork && 'privileges.hostNetwork',
    hostPid && 'privileges.hostPid',
    privileged && 'privileges.privileged',
    ...hostPaths.map((name) => `volume '${name}' (host-path)`),
    ...above(BASELINE_CAPABILITIES).map((name) => `capability ${name}`),
  ].filter(Boolean);
  const aboveRestricted =
    level === 'restricted'
      ? [
          runAsRoot && 'privileges.runAsRoot',
          ...above(RESTRICTED_CAPABILITIES)
            .filter((name) => BASELINE_CAPABILITIES.has(name))
            .map((name) => `capability ${name}`),
        ].filter(Boolean)
      : [];
  return [...aboveBaseline, ...aboveRestricted].length === 0
    ? []
    : [
        `namespace '${namespaceName}' has podSecurity '${level}', which rejects ${[...aboveBaseline, ...aboveRestricted].join(', ')}: remove that, or use a namespace with podSecurity '${aboveBaseline.length > 0 ? 'privileged' : 'baseline'}'`,
      ];
}
