import { ClusterRoleBindingV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-binding-v1';
import { ClusterRoleV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-v1';
import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { Construct } from 'constructs';
import { check, type Problem } from '../core/check';
import { markObjectsChecked } from '../core/checked-objects';
import type { Labels } from './labels';
import { namespaceId, type NamespaceRef } from './namespace-ref';

export type Verb =
  'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection' | (string & {});

/** Verbs that are allowed on resources of the API. */
export interface ResourceRule {
  /**
   * `''` is the core group: pods, services, secrets.
   * @default ['']
   */
  readonly apiGroups?: readonly string[];
  /** In the plural, with the subresource if any: `ingresses/status`. */
  readonly resources: readonly string[];
  /** @default every object */
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly Verb[];
}

/** Verbs that are allowed on paths of the API server, such as `/metrics`. Cluster roles only. */
export interface NonResourceRule {
  readonly nonResourceUrls: readonly string[];
  readonly verbs: readonly Verb[];
}

/** The service account of a role binding. */
export interface Subject {
  readonly namespace: NamespaceRef;
  /** The account's name: a reference, so that the binding is created after it. */
  readonly serviceAccountId: string;
}

export interface ClusterRoleGrantProps {
  readonly name: string;
  readonly subject: Subject;
  readonly rules: readonly (ResourceRule | NonResourceRule)[];
  readonly labels?: Labels;
}

/** Grants a service account permissions in the whole cluster. */
export class ClusterRoleGrant extends Construct {
  readonly role: ClusterRoleV1;
  readonly binding: ClusterRoleBindingV1;

  constructor(scope: Construct, id: string, { name, subject, rules, labels }: ClusterRoleGrantProps) {
    super(scope, id);
    markObjectsChecked(this);
    check(this, noRules(rules), ...rules.flatMap(wildcards), ...rules.flatMap(clusterWideSecrets));

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

/** Grants a service account permissions in one namespace. */
export class RoleGrant extends Construct {
  readonly role: RoleV1;
  readonly binding: RoleBindingV1;

  constructor(scope: Construct, id: string, { name, namespace, subject, rules, labels }: RoleGrantProps) {
    super(scope, id);
    markObjectsChecked(this);
    check(this, noRules(rules), ...rules.flatMap(wildcards));

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

/** Without one, the provider keeps the rules of the last apply, and no plan shows it. */
function noRules(rules: readonly unknown[]): Problem {
  return rules.length === 0 && 'rules is empty: list what is allowed, or remove the grant';
}

/** A wildcard also grants what later versions of Kubernetes, or other add-ons, introduce. */
function wildcards(rule: ResourceRule | NonResourceRule): readonly Problem[] {
  const lists: Readonly<Record<string, readonly string[] | undefined>> = { ...rule };
  return Object.entries(lists)
    .filter(([, values]) => values?.includes('*'))
    .map(([list]) => ({ code: 'rbac-wildcard', problem: `rules has '*' in ${list}: list what is needed` }));
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
