import type { RuleCode } from '../../core/rules';
import type { Acknowledgement, Privilege } from '../model';
import { blocks, list, read, type Resource, type SynthesizedStacks } from '../synthesized';
import { reasonFor } from './acknowledgements';
import { labelsOf, namespaceOf, podOf, WORKLOADS, type Pod } from './pods';

/** Which rule a pod breaks, and how; a rule may be broken in several ways. */
interface Found {
  readonly code: RuleCode;
  readonly detail: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What pods use, and namespaces allow, beyond the restricted Pod Security level. */
export function privileges(
  stacks: SynthesizedStacks,
  acknowledgements: readonly Acknowledgement[],
): readonly Privilege[] {
  const ofPods = stacks.ofType(...WORKLOADS).flatMap((workload) =>
    beyondRestricted(podOf(workload)!).map((found) => ({
      construct: workload.construct,
      subject: `${namespaceOf(workload)}/${workload.text('metadata.name') ?? ''}`,
      ...found,
      ...acknowledgedReason(acknowledgements, workload, found.code),
    })),
  );
  const ofNamespaces = stacks.ofType('kubernetes_namespace_v1', 'kubernetes_namespace').flatMap((namespace) => {
    const level = String(labelsOf(namespace)[ENFORCE] ?? 'privileged');
    const subject = namespace.text('metadata.name') ?? '';
    return level === 'restricted'
      ? []
      : [
          {
            construct: namespace.construct,
            subject,
            code: `pod-security-${level}`,
            detail: `namespace allows ${level} pods`,
          },
        ];
  });
  return [...ofPods, ...ofNamespaces];
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';

function acknowledgedReason(
  acknowledgements: readonly Acknowledgement[],
  workload: Resource,
  code: RuleCode,
): Pick<Privilege, 'reason'> {
  const reason = reasonFor(acknowledgements, workload.construct, code);
  return reason === undefined ? {} : { reason };
}

/** Source: "Pod Security Standards", https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
function beyondRestricted({ spec, containers }: Pod): readonly Found[] {
  const found: (Found | false)[] = [
    spec['host_network'] === true && { code: 'host-network', detail: "the node's network namespace" },
    (spec['host_pid'] === true || spec['host_ipc'] === true) && {
      code: 'host-pid',
      detail: "the node's process namespace",
    },
    ...blocks(spec['volume']).map((volume) => hostPath(volume, containers)),
    ...containers.flatMap((container) => containerPrivileges(container, spec)),
  ];
  const reported = found.filter((one) => one !== false);
  return reported.filter(
    (one, index) => reported.findIndex(({ code, detail }) => code === one.code && detail === one.detail) === index,
  );
}

function hostPath(volume: Fields, containers: readonly Fields[]): Found | false {
  const path = read(volume['host_path'], 'path');
  if (path === undefined) return false;
  const mounts = containers
    .flatMap((container) => blocks(container['volume_mount']))
    .filter(({ name }) => name === volume['name']);
  const writable = mounts.some((mount) => mount['read_only'] !== true);
  return { code: 'host-path', detail: `${String(path)} of the node, ${writable ? 'read-write' : 'read-only'}` };
}

function containerPrivileges(container: Fields, pod: Fields): (Found | false)[] {
  const name = String(container['name']);
  const own = container['security_context'];
  const either = (key: string) => read(own, key) ?? read(pod['security_context'], key);
  const added = list(read(own, 'capabilities.add')).map(String);
  const dropped = list(read(own, 'capabilities.drop')).map(String);
  const user = either('run_as_user');
  return [
    (either('run_as_non_root') !== true || String(user) === '0') && {
      code: 'run-as-root',
      detail: `${name}: ${String(user) === '0' ? 'runs as root' : 'may run as root'}`,
    },
    read(own, 'privileged') === true && {
      code: 'privileged-container',
      detail: `${name}: root access to the node`,
    },
    read(own, 'allow_privilege_escalation') !== false &&
      read(own, 'privileged') !== true && { code: 'privileged-container', detail: `${name}: may escalate privileges` },
    added.length > 0 && { code: 'added-capabilities', detail: `${name}: ${added.join(', ')}` },
    !dropped.includes('ALL') && { code: 'added-capabilities', detail: `${name}: default capabilities of the runtime` },
    either('seccomp_profile.type') === undefined && {
      code: 'privileged-container',
      detail: `${name}: all system calls allowed`,
    },
    read(own, 'read_only_root_filesystem') !== true && {
      code: 'writable-root',
      detail: `${name}: writable root file system`,
    },
    ...blocks(container['port'])
      .filter(({ host_port: port }) => Number(port ?? 0) > 0 && pod['host_network'] !== true)
      .map(({ host_port: port }): Found => ({
        code: 'host-network',
        detail: `${name}: host port ${String(port)}`,
      })),
  ];
}
