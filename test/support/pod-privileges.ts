import type { Attributes } from '../../lib/testing/synthesized-stack';

/**
 * Privileges beyond the restricted level of a pod in Terraform JSON, as the codes that must be acknowledged. Derived
 * from the output instead of the props, to verify the constructs.
 */
export function privilegesOf({ spec }: Attributes): string[] {
  const pod: Attributes = spec.security_context ?? {};
  const volumes: Attributes[] = spec.volume ?? [];
  const found = [
    spec.host_network && 'host-network',
    (spec.host_pid || spec.host_ipc) && 'host-pid',
    volumes.some((volume) => volume['host_path']) && 'host-path',
    ...[...(spec.init_container ?? []), ...spec.container].flatMap((container) => ofContainer(container, pod)),
  ];
  return [...new Set(found.filter((code) => typeof code === 'string'))];
}

function ofContainer({ security_context: own = {} }: Attributes, pod: Attributes): (string | false)[] {
  const user = own.run_as_user ?? pod['run_as_user'];
  const nonRoot = own.run_as_non_root ?? pod['run_as_non_root'];
  const seccomp = own.seccomp_profile?.type ?? pod['seccomp_profile']?.type;
  return [
    (nonRoot !== true || user === undefined || user === '0') && 'run-as-root',
    own.privileged === true && 'privileged-container',
    (own.allow_privilege_escalation !== false || seccomp !== 'RuntimeDefault') && 'privileged-container',
    (!own.capabilities?.drop?.includes('ALL') || own.capabilities?.add?.length > 0) && 'added-capabilities',
    own.read_only_root_filesystem !== true && 'writable-root',
  ];
}
