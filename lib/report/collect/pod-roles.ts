import type { Grant, PodRole } from '../model';
import { list, order, read, unique, type Resource, type SynthesizedStacks } from '../synthesized';

type PodRoleUser = Pick<PodRole, 'namespace' | 'serviceAccount' | 'by'>;

/** IAM roles that pods assume through Pod Identity, an EKS add-on, or the cluster's OIDC provider. */
export function podRoles(stacks: SynthesizedStacks): readonly PodRole[] {
  return stacks
    .ofType('aws_iam_role')
    .flatMap((role) =>
      users(stacks, role).map((user) => ({ construct: role.construct, ...user, ...permissions(stacks, role) })),
    )
    .sort((a, b) => order(a.namespace, b.namespace) || order(a.serviceAccount, b.serviceAccount));
}

function users(stacks: SynthesizedStacks, role: Resource): readonly PodRoleUser[] {
  const associated = stacks
    .ofType('aws_eks_pod_identity_association')
    .filter((one) => one.target('role_arn') === role)
    .map((one) => ({
      namespace: one.text('namespace') ?? '',
      serviceAccount: one.text('service_account') ?? '',
      by: 'pod-identity' as const,
    }));
  const addOns = stacks.ofType('aws_eks_addon').flatMap((addOn) =>
    addOn
      .blocks('pod_identity_association')
      .filter((block) => stacks.named(addOn.stack, block['role_arn']).includes(role))
      .map((block) => ({
        namespace: condition(role, 'aws:RequestTag/kubernetes-namespace') ?? 'kube-system',
        serviceAccount: addOn.show(block['service_account']),
        by: 'eks-add-on' as const,
      })),
  );
  return [...associated, ...addOns, ...byOidcProvider(role)];
}

/**
 * Source: "Assign IAM roles to Kubernetes service accounts",
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
const SUBJECT = /^system:serviceaccount:([^:]+):([^:]+)$/;

function byOidcProvider(role: Resource): readonly PodRoleUser[] {
  return statements(role.get('assume_role_policy'))
    .filter((statement) => list(statement['Action']).includes('sts:AssumeRoleWithWebIdentity'))
    .flatMap((statement) => Object.values((statement['Condition'] ?? {}) as Record<string, Record<string, unknown>>))
    .flatMap((byKey) =>
      Object.entries(byKey)
        .filter(([key]) => key.endsWith(':sub'))
        .flatMap(([, values]) => list(values)),
    )
    .flatMap((subject) => {
      const [, namespace, serviceAccount] = SUBJECT.exec(String(subject)) ?? [];
      return namespace && serviceAccount ? [{ namespace, serviceAccount, by: 'irsa' as const }] : [];
    });
}

function condition(role: Resource, key: string): string | undefined {
  const [value] = statements(role.get('assume_role_policy')).map(
    (one) => read(one['Condition'], 'StringEquals') as object,
  );
  const found = (value as Record<string, unknown> | undefined)?.[key];
  return found === undefined ? undefined : role.show(found);
}

function permissions(stacks: SynthesizedStacks, role: Resource): Pick<PodRole, 'role' | 'managedPolicies' | 'grants'> {
  const name = role.text('name') ?? role.path;
  // A stack may add policies to a role of another stack, by its name.
  const ofRole = (one: Resource) => one.target('role') === role || one.text('role') === name;
  const attached = stacks.ofType('aws_iam_role_policy_attachment').filter(ofRole);
  const own = [...attached.flatMap((one) => one.targets('policy_arn')), ...role.targets('managed_policy_arns')];
  const inline = stacks.ofType('aws_iam_role_policy').filter(ofRole);
  const arns = [...attached.flatMap((one) => one.text('policy_arn') ?? []), ...role.texts('managed_policy_arns')];
  return {
    role: name,
    managedPolicies: unique(
      arns.filter((arn) => arn.includes(':policy/')).map((arn) => arn.replace(/^.*:policy\//, '')),
    ),
    grants: [
      ...[...inline, ...own].flatMap((policy) => grants(policy)),
      ...role.blocks('inline_policy').flatMap(({ policy }) => grants(role, policy)),
    ],
  };
}

function grants(policy: Resource, document: unknown = policy.get('policy')): readonly Grant[] {
  return statements(document).map((statement) => ({
    construct: policy.construct,
    effect: statement['Effect'] === 'Deny' ? ('Deny' as const) : ('Allow' as const),
    actions: everythingExcept(policy, statement, 'Action'),
    resources: everythingExcept(policy, statement, 'Resource'),
    conditions: conditions(policy, statement['Condition']),
  }));
}

function everythingExcept(policy: Resource, statement: StatementJson, key: 'Action' | 'Resource'): readonly string[] {
  const excluded = statement[`Not${key}`];
  return excluded === undefined ? policy.showAll(statement[key]) : [`* except ${policy.showAll(excluded).join(', ')}`];
}

function conditions(policy: Resource, condition: unknown): readonly string[] {
  return Object.entries((condition ?? {}) as Record<string, Record<string, unknown>>).flatMap(([operator, byKey]) =>
    Object.entries(byKey).map(([key, values]) => `${operator} ${key} = ${policy.showAll(values).join(', ')}`),
  );
}

type StatementJson = Readonly<Record<string, unknown>>;

function statements(text: unknown): readonly StatementJson[] {
  try {
    return list((JSON.parse(String(text)) as StatementJson)['Statement']) as readonly StatementJson[];
  } catch {
    // Known after apply: must not look like an empty policy.
    return text === undefined
      ? []
      : [{ Effect: 'Allow', Action: 'unknown: the policy is known after apply', Resource: '*' }];
  }
}
