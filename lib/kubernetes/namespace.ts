import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { check, type Problem } from '../core/check';
import { Claims, perStack } from '../core/claims';
import type { Labels } from './labels';
import type { NamespaceRef } from './namespace-ref';
import { NetworkPolicy, toDns } from './network-policy';
import { nameProblem } from './object-name';
import { canonicalQuantity, parseQuantity } from './quantity';

/** Source: "Pod Security Standards", https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

export interface NamespaceProps {
  readonly name: string;
  /**
   * The Pod Security level: the API server rejects pods that need more.
   * @default 'restricted'
   */
  readonly podSecurity?: PodSecurityLevel;
  /**
   * The total that its objects may request, by resource: `{ 'requests.cpu': '20', pods: '200' }`.
   * @default no limit
   */
  readonly quota?: Readonly<Record<string, string>>;
  /**
   * The requests and limits of a container that has none.
   * @default none: a quota rejects such a container
   */
  readonly containerDefaults?: {
    readonly requests: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
  /**
   * `deny`: its pods reach nothing but DNS, and nothing reaches them, unless another policy allows it.
   * @default 'deny'
   */
  readonly traffic?: 'deny' | 'allow';
  /** @default none besides those of Pod Security */
  readonly labels?: Labels;
}

/** Pods drain, volumes are detached and deleted: the provider's own five minutes are too few. */
const DELETE_TIMEOUT = '20m';

/** A namespace with its Pod Security level and a network policy that denies all traffic by default. */
export class Namespace extends Construct implements NamespaceRef {
  readonly namespace: NamespaceV1;
  readonly namespaceName: string;
  readonly podSecurity: PodSecurityLevel;

  constructor(scope: Construct, id: string, props: NamespaceProps) {
    super(scope, id);
    check(this, nameProblem('name', props.name), sharedNameProblem(this, props.name), ...quotaProblems(props));

    this.namespaceName = props.name;
    this.podSecurity = props.podSecurity ?? 'restricted';
    this.namespace = new NamespaceV1(this, 'namespace', {
      metadata: { name: props.name, labels: { ...props.labels, ...podSecurityLabels(this.podSecurity) } },
      timeouts: { delete: DELETE_TIMEOUT },
    });
    if ((props.traffic ?? 'deny') === 'deny') this.addDefaultDeny();
    if (props.quota) this.addQuota(props.quota);
    if (props.containerDefaults) this.addContainerDefaults(props.containerDefaults);
  }

  get namespaceId(): string {
    return this.namespace.metadata.name;
  }

  private addDefaultDeny(): void {
    const { networkPolicy } = new NetworkPolicy(this, 'default-deny', {
      namespace: this,
      name: 'default-deny',
      pods: {},
      egress: [toDns()],
    });
    acknowledge(
      networkPolicy,
      'kube-score/networkpolicy-targets-pod',
      'It is there before the first pod: applications come from other stacks',
    );
  }

  private addQuota(hard: Readonly<Record<string, string>>): void {
    new ResourceQuotaV1(this, 'quota', {
      metadata: { name: 'totals', namespace: this.namespaceId },
      spec: { hard: { ...hard } },
    });
  }

  private addContainerDefaults({ requests, limits }: NonNullable<NamespaceProps['containerDefaults']>): void {
    new LimitRangeV1(this, 'defaults', {
      metadata: { name: 'defaults', namespace: this.namespaceId },
      spec: {
        limit: [
          {
            type: 'Container',
            // Kubernetes defaults a request to the limit: written out, no plan differs.
            defaultRequest: canonical({ ...limits, ...requests }),
            default: limits && canonical(limits),
          },
        ],
      },
    });
  }
}

function canonical(quantities: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(quantities).map(([resource, text]) => [resource, canonicalQuantity(text)]));
}

const names = perStack(() => new Claims());

/** Two of one name are the same namespace: deleting either deletes the other's objects. */
function sharedNameProblem(scope: Construct, name: string): Problem {
  const owner = names(scope).claim(scope.node, name);
  return owner && `name '${name}' is also the name of ${owner.path}: choose another`;
}

/** Violations are rejected, audited, and reported as warnings to the client. */
function podSecurityLabels(level: PodSecurityLevel): Labels {
  return Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]));
}

function quotaProblems({ quota = {}, containerDefaults }: NamespaceProps): readonly Problem[] {
  const given = { ...quota, ...containerDefaults?.requests, ...containerDefaults?.limits };
  return Object.entries(given)
    .filter(([, quantity]) => parseQuantity(quantity) === undefined)
    .map(
      ([resource, quantity]) => `'${quantity}' for ${resource} is not a valid quantity: write it like 500m, 20 or 8Gi`,
    );
}
