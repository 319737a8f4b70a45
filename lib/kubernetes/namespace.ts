import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import type { Labels } from './labels';
import { NAMESPACE_PROPS, namespacePropsProblems, type NamespaceProps, type PodSecurityLevel } from './namespace-props';
import type { NamespaceRef } from './namespace-ref';
import { NetworkPolicy, toDns } from './network-policy';
import { claimName } from './object-claims';
import { recordPodSecurity } from './pod-security';
import { canonicalQuantity } from './quantity';

export type { NamespaceProps, PodSecurityLevel } from './namespace-props';

/** Pods drain, volumes are detached and deleted: the provider's own five minutes are too few. */
const DELETE_TIMEOUT = '20m';

/** A namespace with its Pod Security level and a network policy that denies all traffic by default. */
export class Namespace extends Construct implements NamespaceRef {
  readonly namespace: NamespaceV1;
  readonly namespaceName: string;
  readonly podSecurity: PodSecurityLevel;

  constructor(scope: Construct, id: string, props: NamespaceProps) {
    super(scope, id);
    checkProps(this, props, NAMESPACE_PROPS);
    check(this, ...namespacePropsProblems(props));
    check(this, claimName(this, 'Namespace', props.name));

    this.namespaceName = props.name;
    this.podSecurity = props.podSecurity ?? 'restricted';
    recordPodSecurity(this, this.namespaceName, this.podSecurity);
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

/** Violations are rejected, audited, and reported as warnings to the client. */
function podSecurityLabels(level: PodSecurityLevel): Labels {
  return Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]));
}
