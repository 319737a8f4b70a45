import type { RuleCode } from '../../core/rules';
import type { Acknowledgement, KubernetesPermission } from '../model';
import { reasonFor } from './acknowledgements';
import { order, type Resource, type SynthesizedStacks } from '../synthesized';

/** Permissions of service accounts, users and groups in Kubernetes, from the role bindings of these stacks. */
export function kubernetesPermissions(
  stacks: SynthesizedStacks,
  acknowledgements: readonly Acknowledgement[],
): readonly KubernetesPermission[] {
  const bindings = stacks.ofType(...types('cluster_role_binding'), ...types('role_binding'));
  return bindings
    .flatMap((binding) => {
      const role = binding.target('role_ref.name');
      const rules = role?.blocks('rule') ?? [];
      const reasons = CODES.map((code) => reasonFor(acknowledgements, binding.construct, code));
      const reason = reasons.filter((one) => one !== undefined).join('; ');
      return binding.blocks('subject').map((subject) => ({
        construct: binding.construct,
        subject: subjectName(binding, subject),
        scope: binding.type.includes('cluster') ? 'cluster' : (binding.text('metadata.namespace') ?? 'default'),
        role: binding.text('role_ref.name') ?? '',
        rules: role ? rules.map((rule) => describe(role, rule)) : ['defined by a role outside these stacks'],
        remarks: role ? [...new Set(rules.flatMap(remarksOn))] : [],
        ...(reason !== '' && { reason }),
      }));
    })
    .sort((a, b) => order(a.subject, b.subject) || order(a.construct, b.construct));
}

/** Acknowledgement codes of roles. */
const CODES: readonly RuleCode[] = ['rbac-all-secrets', 'rbac-wildcard'];

function types(name: string): readonly string[] {
  return [`kubernetes_${name}`, `kubernetes_${name}_v1`];
}

type Fields = Readonly<Record<string, unknown>>;

function subjectName(binding: Resource, { kind, name, namespace }: Fields): string {
  const formatted = binding.show(name);
  return kind === 'ServiceAccount'
    ? `${binding.show(namespace ?? 'default')}/${formatted}`
    : `${String(kind).toLowerCase()} ${formatted}`;
}

/** `get, list ingresses.networking.k8s.io` */
function describe(role: Resource, rule: Fields): string {
  const [groups = ['']] = [rule['api_groups']].map((value) => (value === undefined ? undefined : role.showAll(value)));
  const suffix = groups.filter((group) => group !== '').map((group) => `.${group}`);
  const names = role.showAll(rule['resource_names']);
  const what = [
    ...role.showAll(rule['resources']).map((resource) => `${resource}${suffix.join('')}`),
    ...role.showAll(rule['non_resource_urls']),
  ];
  return `${role.showAll(rule['verbs']).join(', ')}: ${what.join(', ')}${names.length > 0 ? ` named ${names.join(', ')}` : ''}`;
}

/**
 * Source: "Role Based Access Control Good Practices",
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
function remarksOn(rule: Fields): string[] {
  const [verbs, resources, groups] = ['verbs', 'resources', 'api_groups'].map(
    (key) => (rule[key] ?? []) as readonly string[],
  );
  const reads = ['get', 'list', 'watch', '*'].some((verb) => verbs!.includes(verb));
  const remarks: (string | false)[] = [
    [verbs, resources, groups].some((values) => values!.includes('*')) && 'wildcard',
    resources!.includes('secrets') && reads && !rule['resource_names'] && 'reads secrets',
    ['escalate', 'bind', 'impersonate'].some((verb) => verbs!.includes(verb)) && 'may escalate its permissions',
    resources!.some((one) => one === 'pods/exec' || one === 'pods/attach') && 'executes commands in pods',
  ];
  return remarks.filter((remark) => remark !== false);
}
