import { ClusterRoleBindingV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-binding-v1';
import { ClusterRoleV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-v1';
import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { Construct } from 'constructs';
import { check, type Problem } from '../core/check';
import { checkProps } from '../core/check-props';
import { markObjectsChecked } from '../core/checked-objects';
import { list, object, optional, text } from '../core/shape';
import { LABELS, type Labels } from './labels';
import { labelProblems } from './metadata';
import { NAMESPACE_REF, namespaceId, namespaceProblems, type NamespaceRef } from './namespace-ref';
import { claimName } from './object-claims';
import {
  CLUSTER_RULE,
  RESOURCE_RULE,
  ruleListProblems,
  SUBJECT,
  type NonResourceRule,
  type ResourceRule,
  type Subject,
} from './rbac-rules';

export type { NonResourceRule, ResourceRule, Subject, Verb } from './rbac-rules';

export interface ClusterRoleGrantProps {
  readonly name: string;
  readonly subject: Subject;
  readonly rules: readonly (ResourceRule | NonResourceRule)[];
  readonly labels?: Labels;
}

/** The name of a role may have what is a part of no path. */
const ROLE_NAME = text('a name without / and %', /^(?!\.{1,2}$)[^/%]+$/);

export const CLUSTER_ROLE_GRANT_PROPS = object<ClusterRoleGrantProps>({
  name: ROLE_NAME,
  subject: SUBJECT,
  rules: list(CLUSTER_RULE, 'a list of rules'),
  labels: optional(LABELS),
});

/** Grants a service account permissions in the whole cluster. */
export class ClusterRoleGrant extends Construct {
  readonly role: ClusterRoleV1;
  readonly binding: ClusterRoleBindingV1;

  constructor(scope: Construct, id: string, props: ClusterRoleGrantProps) {
    super(scope, id);
    checkProps(this, props, CLUSTER_ROLE_GRANT_PROPS);
    markObjectsChecked(this);
    const { name, subject, rules, labels } = props;
    check(this, ...grantProblems(props), ...rules.flatMap(wildcards), ...rules.flatMap(clusterWideSecrets));
    check(this, claimName(this, 'ClusterRole', name));

    const metadata = { name, labels: { ...labels } };
    this.role = new ClusterRoleV1(this, 'role', { metadata, rule: rules.map(clusterRule) });
    this.binding = new ClusterRoleBindingV1(this, 'binding', {
      metadata,
      roleRef: roleRef('ClusterRole', this.role.metadata.name),
      subject: [serviceAccount(subject)],
    });
  }
}

export interface RoleGrantProps {
  readonly name: string;
  /** Where the rules apply; the account may be in another namespace. */
  readonly namespace: NamespaceRef;
  readonly subject: Subject;
  readonly rules: readonly ResourceRule[];
  readonly labels?: Labels;
}

export const ROLE_GRANT_PROPS = object<RoleGrantProps>({
  name: ROLE_NAME,
  namespace: NAMESPACE_REF,
  subject: SUBJECT,
  rules: list(RESOURCE_RULE, 'a list of rules'),
  labels: optional(LABELS),
});

/** Grants a service account permissions in one namespace. */
export class RoleGrant extends Construct {
  readonly role: RoleV1;
  readonly binding: RoleBindingV1;

  constructor(scope: Construct, id: string, props: RoleGrantProps) {
    super(scope, id);
    checkProps(this, props, ROLE_GRANT_PROPS);
    markObjectsChecked(this);
    const { name, namespace, subject, rules, labels } = props;
    check(
      this,
      ...namespaceProblems(namespace),
      ...grantProblems(props),
      ...rules.flatMap(wildcards),
      ...rules.flatMap(clusterScoped),
    );
    check(this, claimName(this, 'Role', name, namespace));

    const metadata = { name, namespace: namespaceId(namespace), labels: { ...labels } };
    this.role = new RoleV1(this, 'role', { metadata, rule: rules.map(resourceRule) });
    this.binding = new RoleBindingV1(this, 'binding', {
      metadata,
      roleRef: roleRef('Role', this.role.metadata.name),
      subject: [serviceAccount(subject)],
    });
  }
}

function clusterRule(rule: ResourceRule | NonResourceRule) {
  return 'nonResourceUrls' in rule
    ? { nonResourceUrls: [...rule.nonResourceUrls], verbs: [...rule.verbs] }
    : resourceRule(rule);
}

function resourceRule({ apiGroups = [''], resources, resourceNames, verbs }: ResourceRule) {
  return {
    apiGroups: [...apiGroups],
    resources: [...resources],
    resourceNames: resourceNames && [...resourceNames],
    verbs: [...verbs],
  };
}

function roleRef(kind: 'Role' | 'ClusterRole', name: string) {
  return { apiGroup: 'rbac.authorization.k8s.io', kind, name };
}

function serviceAccount({ namespace, serviceAccountId }: Subject) {
  return { kind: 'ServiceAccount', name: serviceAccountId, namespace: namespaceId(namespace) };
}

function grantProblems({ subject, rules, labels }: ClusterRoleGrantProps | RoleGrantProps): readonly Problem[] {
  return [
    ...namespaceProblems(subject.namespace, 'subject.namespace'),
    ...labelProblems('labels', labels),
    // Without one, the provider keeps the rules of the last apply, and no plan shows it.
    rules.length === 0 && 'rules is empty: list what is allowed, or remove the grant',
    ...ruleListProblems('rules', rules),
  ];
}

/** What is in no namespace, of the resources that are named most, by group. */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  '': ['componentstatuses', 'nodes', 'persistentvolumes'],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
  'apiregistration.k8s.io': ['apiservices'],
  'admissionregistration.k8s.io': ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
  'authentication.k8s.io': ['tokenreviews'],
  'authorization.k8s.io': ['subjectaccessreviews'],
  'certificates.k8s.io': ['certificatesigningrequests'],
  'metrics.k8s.io': ['nodes'],
  'networking.k8s.io': ['ingressclasses'],
  'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles'],
  'scheduling.k8s.io': ['priorityclasses'],
  'storage.k8s.io': ['csidrivers', 'csinodes', 'storageclasses', 'volumeattachments'],
};

function clusterScoped({ apiGroups = [''], resources }: ResourceRule): readonly Problem[] {
  const outside = new Set(
    Object.entries(CLUSTER_SCOPED).flatMap(([group, names]) =>
      apiGroups.includes(group) || apiGroups.includes('*') ? names : [],
    ),
  );
  return resources
    .filter((resource) => outside.has(resource.split('/')[0] ?? ''))
    .map((resource) => `rules has '${resource}', which is in no namespace: grant it with ClusterRoleGrant`);
}

const WILDCARD = /^\*|^\/\*$/;

/** A wildcard also grants what later versions of Kubernetes, or other add-ons, introduce. */
function wildcards(rule: ResourceRule | NonResourceRule): readonly Problem[] {
  const lists: Readonly<Record<string, readonly string[] | undefined>> = { ...rule };
  return Object.entries(lists).flatMap(([list, values = []]) =>
    values
      .filter((value) => WILDCARD.test(value))
      .map((value) => ({ code: 'rbac-wildcard', problem: `rules has '${value}' in ${list}: list what is needed` })),
  );
}

function clusterWideSecrets(rule: ResourceRule | NonResourceRule): readonly Problem[] {
  if (!('resources' in rule) || !rule.resources.includes('secrets') || rule.resourceNames) return [];
  return [
    {
      code: 'rbac-all-secrets',
      problem: `rules allows ${rule.verbs.join(', ')} on the secrets of every namespace: grant it in the namespaces concerned, with RoleGrant`,
    },
  ];
}
