import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { list, object, oneOf, optional, text } from '../core/shape';
import { ANNOTATIONS, APP_IDENTITY, identityProblems, labels, type AppIdentity } from './labels';
import { annotationProblems } from './metadata';
import { NAMESPACE_REF, namespaceId, namespaceProblems, type NamespaceRef } from './namespace-ref';
import { claimName } from './object-claims';
import { subdomainProblem } from './object-name';
import { ClusterRoleGrant, RoleGrant } from './rbac';
import {
  CLUSTER_RULE,
  RESOURCE_RULE,
  ruleListProblems,
  type NonResourceRule,
  type ResourceRule,
  type Subject,
} from './rbac-rules';

export interface ServiceAccountProps {
  readonly namespace: NamespaceRef;
  readonly identity: AppIdentity;
  /** @default identity.instance, or identity.name */
  readonly name?: string;
  /**
   * Its permissions in the whole cluster.
   * @default none
   */
  readonly clusterRules?: readonly (ResourceRule | NonResourceRule)[];
  /**
   * Its permissions in its own namespace.
   * @default none
   */
  readonly rules?: readonly ResourceRule[];
  /**
   * Whether its token is mounted into the pods: `needed` where it has permissions, `always` for a program that does not start
   * without one.
   * @default 'needed'
   */
  readonly token?: 'needed' | 'always';
  /**
   * For example those of a `WorkloadRole`.
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

export const SERVICE_ACCOUNT_PROPS = object<ServiceAccountProps>({
  namespace: NAMESPACE_REF,
  identity: APP_IDENTITY,
  name: optional(text()),
  clusterRules: optional(list(CLUSTER_RULE, 'a list of rules')),
  rules: optional(list(RESOURCE_RULE, 'a list of rules')),
  token: optional(oneOf('needed', 'always')),
  annotations: optional(ANNOTATIONS),
});

/** The identity of pods at the API server. Its token is mounted only where it has permissions. */
export class ServiceAccount extends Construct implements Subject {
  readonly serviceAccount: ServiceAccountV1;
  readonly serviceAccountName: string;
  readonly namespace: NamespaceRef;
  /** The role bindings, without which the pods do not work. */
  readonly access: readonly ITerraformDependable[];
  readonly hasToken: boolean;
  private readonly identity: AppIdentity;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    checkProps(this, props, SERVICE_ACCOUNT_PROPS);
    const { namespace, identity } = props;
    this.serviceAccountName = props.name ?? identity.instance ?? identity.name;
    this.namespace = namespace;
    this.identity = identity;
    check(
      this,
      ...namespaceProblems(namespace),
      ...identityProblems(identity),
      subdomainProblem('name', this.serviceAccountName),
      ...annotationProblems(props.annotations),
      ...ruleListProblems('clusterRules', props.clusterRules),
      ...ruleListProblems('rules', props.rules),
    );
    check(this, claimName(this, 'ServiceAccount', this.serviceAccountName, namespace));

    this.serviceAccount = new ServiceAccountV1(this, 'account', {
      metadata: {
        name: this.serviceAccountName,
        namespace: namespaceId(namespace),
        labels: { ...labels(identity) },
        annotations: props.annotations && { ...props.annotations },
      },
      automountServiceAccountToken: false,
    });
    this.access = [
      ...this.addClusterRole(props.clusterRules ?? []),
      ...(props.rules?.length ? [this.addRole('namespace-access', namespace, props.rules)] : []),
    ];
    this.hasToken = props.token === 'always' || this.access.length > 0;
  }

  get serviceAccountId(): string {
    return this.serviceAccount.metadata.name;
  }

  private addClusterRole(rules: readonly (ResourceRule | NonResourceRule)[]): ITerraformDependable[] {
    if (rules.length === 0) return [];
    // Cluster roles have no namespace, and two namespaces may each have an account of this name.
    const name = `${this.namespace.namespaceName}:${this.serviceAccountName}`;
    return [
      new ClusterRoleGrant(this, 'cluster-access', { name, subject: this, rules, labels: labels(this.identity) })
        .binding,
    ];
  }

  private addRole(id: string, namespace: NamespaceRef, rules: readonly ResourceRule[]): ITerraformDependable {
    return new RoleGrant(this, id, {
      name: this.serviceAccountName,
      namespace,
      subject: this,
      rules,
      labels: labels(this.identity),
    }).binding;
  }
}
