import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { anyText, object, oneOf, optional, record, text } from '../core/shape';
import { LABELS, type Labels } from './labels';
import { isQualifiedName, labelProblems } from './metadata';
import { nameProblem } from './object-name';
import { parseQuantity, quantityProblem } from './quantity';

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

const QUANTITIES = record(anyText, "an object of quantities by resource, such as { cpu: '100m' }");

export const NAMESPACE_PROPS = object<NamespaceProps>({
  name: text(),
  podSecurity: optional(oneOf('restricted', 'baseline', 'privileged')),
  quota: optional(QUANTITIES),
  containerDefaults: optional(
    object<NonNullable<NamespaceProps['containerDefaults']>>({ requests: QUANTITIES, limits: optional(QUANTITIES) }),
  ),
  traffic: optional(oneOf('deny', 'allow')),
  labels: optional(LABELS),
});

/** Every cluster has them. */
const EXISTING = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);
const POD_SECURITY = /^pod-security\.kubernetes\.io\/(enforce|audit|warn)$/;

export function namespacePropsProblems({
  name,
  labels,
  quota = {},
  containerDefaults,
}: NamespaceProps): readonly Problem[] {
  const { requests = {}, limits = {} } = containerDefaults ?? {};
  return [
    nameProblem('name', name),
    EXISTING.has(name) &&
      `name '${name}' is that of a namespace that every cluster has: choose another, or write { namespaceName: '${name}' } where it is used`,
    ...labelProblems('labels', labels),
    ...Object.keys(labels ?? {}).map((key) => POD_SECURITY.test(key) && `labels has '${key}': set podSecurity instead`),
    ...Object.entries(quota).flatMap(([resource, total]) => totalProblems(resource, total)),
    ...Object.entries(requests).flatMap(([resource, amount]) => defaultProblems('requests', resource, amount)),
    ...Object.entries(limits).flatMap(([resource, amount]) => defaultProblems('limits', resource, amount)),
    ...Object.entries(requests).map(([resource, request]) => excessProblem(resource, request, limits[resource])),
  ];
}

const COUNTED = [
  'pods',
  'services',
  'services.loadbalancers',
  'services.nodeports',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
];
const QUANTITY = '500m, 20 or 8Gi';
const CONTAINER_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];
/**
 * Source: "Resource Quotas", https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
const QUOTA_RESOURCES = [
  ...COUNTED,
  ...CONTAINER_RESOURCES,
  ...CONTAINER_RESOURCES.flatMap((resource) => [`requests.${resource}`, `limits.${resource}`]),
  'requests.storage',
];
const HUGE_PAGES = /^(requests\.)?hugepages-/;

function totalProblems(resource: string, total: string): readonly Problem[] {
  const isCount = COUNTED.includes(resource) || resource.startsWith('count/');
  return [
    !isKnown(resource, QUOTA_RESOURCES) &&
      `quota has '${resource}', which is not a resource of a quota: use one of ${QUOTA_RESOURCES.join(', ')}, or count/<resource>.<group>`,
    quantityProblem(`quota.${resource}`, total, QUANTITY),
    isCount && isFraction(total) && `quota.${resource} '${total}' is not a whole number: write it like 20`,
  ];
}

function defaultProblems(prop: 'requests' | 'limits', resource: string, amount: string): readonly Problem[] {
  return [
    !isKnown(resource, CONTAINER_RESOURCES) &&
      `containerDefaults.${prop} has '${resource}', which is not a resource of a container: use ${CONTAINER_RESOURCES.join(', ')}`,
    quantityProblem(`containerDefaults.${prop}.${resource}`, amount, QUANTITY),
    resource !== 'cpu' &&
      isFraction(amount) &&
      `containerDefaults.${prop}.${resource} '${amount}' is a fraction: write it like 128Mi`,
  ];
}

function excessProblem(resource: string, request: string, limit: string | undefined): Problem {
  const [requested, limited] = [parseQuantity(request), limit === undefined ? undefined : parseQuantity(limit)];
  return (
    requested !== undefined &&
    limited !== undefined &&
    requested > limited &&
    `containerDefaults.requests.${resource} (${request}) exceeds containerDefaults.limits.${resource} (${limit}): raise the limit`
  );
}

/** Devices and storage classes have qualified names. */
function isKnown(resource: string, known: readonly string[]): boolean {
  if (Token.isUnresolved(resource) || known.includes(resource) || HUGE_PAGES.test(resource)) return true;
  return resource.includes('/') && isQualifiedName(resource.replace(/^requests\./, ''));
}

function isFraction(amount: string): boolean {
  const value = Token.isUnresolved(amount) ? undefined : parseQuantity(amount);
  return value !== undefined && !Number.isInteger(value);
}
