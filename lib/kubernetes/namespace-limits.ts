import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { didYouMean } from '../core/suggestions';
import { isQualifiedName } from './metadata';
import { bytesProblem, cpuProblem, parseQuantity } from './quantity';

type Quantities = Readonly<Record<string, string>>;

/** Counted, so that only whole numbers are valid. */
const COUNTED = [
  'configmaps',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
  'services.loadbalancers',
  'services.nodeports',
];
const CPU = ['cpu', 'limits.cpu', 'requests.cpu'];
const BYTES = [
  'ephemeral-storage',
  'limits.ephemeral-storage',
  'limits.memory',
  'memory',
  'requests.ephemeral-storage',
  'requests.memory',
  'requests.storage',
];
const QUOTA_RESOURCES = [...[...CPU, ...BYTES].sort(), ...COUNTED];
const HUGE_PAGES = /^hugepages-\w+$/;
const OBJECT_COUNT = /^count\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/**
 * Problems of a resource quota whose quantities are valid. Names with a slash are of other APIs: `count/deployments.apps`,
 * `requests.nvidia.com/gpu`, `gp3.storageclass.storage.k8s.io/requests.storage`.
 * Source: "Resource Quotas", https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function quotaProblems(prop: string, quota: Quantities = {}): readonly Problem[] {
  return known(quota).flatMap(([resource, quantity]) => [
    !isQuotaResource(resource) && unknownProblem(prop, resource),
    (COUNTED.includes(resource) || resource.startsWith('count/')) &&
      !isWhole(quantity) &&
      `${prop}.${resource} must be a whole number, got '${quantity}'`,
    unitProblem(prop, resource, quantity),
  ]);
}

function isQuotaResource(resource: string): boolean {
  if (!resource.includes('/')) {
    return QUOTA_RESOURCES.includes(resource) || HUGE_PAGES.test(resource.replace(/^requests\./, ''));
  }
  const [group = ''] = resource.split('/');
  if (group === 'count') return OBJECT_COUNT.test(resource);
  return isQualifiedName(resource) && (group.startsWith('requests.') || group.endsWith('.k8s.io'));
}

function unknownProblem(prop: string, resource: string): string {
  const ofDevice = `requests.${resource.replace(/^limits\./, '')}`;
  const nearest = isQuotaResource(ofDevice)
    ? `: did you mean '${ofDevice}'?`
    : didYouMean(resource, QUOTA_RESOURCES) ||
      `: use one of ${QUOTA_RESOURCES.join(', ')}, or a name with a slash, such as count/deployments.apps`;
  return `${prop} has '${resource}', which no quota counts${nearest}`;
}

const CONTAINER_RESOURCES = ['cpu', 'ephemeral-storage', 'memory'];

/**
 * Problems of default requests and limits whose quantities are valid. Source: "Limit Ranges",
 * https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function containerDefaultsProblems(
  prop: string,
  { requests = {}, limits = {} }: { readonly requests?: Quantities; readonly limits?: Quantities } = {},
): readonly Problem[] {
  const each = Object.entries({ requests, limits }).flatMap(([part, quantities]) =>
    known(quantities).flatMap(([resource, quantity]) => [
      !isContainerResource(resource) &&
        `${prop}.${part} has '${resource}', which no container requests${didYouMean(resource, CONTAINER_RESOURCES) || `: use one of ${CONTAINER_RESOURCES.join(', ')}`}`,
      unitProblem(`${prop}.${part}`, resource, quantity),
    ]),
  );
  const exceeding = known(requests).map(([resource, request]) => {
    const limit = Object.hasOwn(limits, resource) ? limits[resource] : undefined;
    return (
      limit !== undefined &&
      isMore(request, limit) &&
      `${prop}.requests.${resource} '${request}' exceeds limits.${resource} '${limit}': lower the request, or raise the limit`
    );
  });
  return [...each, ...exceeding];
}

/** Devices have a qualified name. */
function isContainerResource(resource: string): boolean {
  if (!resource.includes('/')) return CONTAINER_RESOURCES.includes(resource) || HUGE_PAGES.test(resource);
  return isQualifiedName(resource) && !resource.startsWith('requests.');
}

function unitProblem(prop: string, resource: string, quantity: string): Problem {
  if (CPU.includes(resource)) return cpuProblem(`${prop}.${resource}`, quantity);
  const isBytes = BYTES.includes(resource) || HUGE_PAGES.test(resource.replace(/^requests\./, ''));
  return isBytes && bytesProblem(`${prop}.${resource}`, quantity, '8Gi');
}

function known(quantities: Quantities): readonly [string, string][] {
  return Object.entries(quantities).filter(([resource]) => !Token.isUnresolved(resource));
}

/** Tokens have no amount. */
function isWhole(quantity: string): boolean {
  const amount = parseQuantity(quantity);
  return amount === undefined || Number.isInteger(amount);
}

function isMore(one: string, other: string): boolean {
  const [amount, most] = [parseQuantity(one), parseQuantity(other)];
  return amount !== undefined && most !== undefined && amount > most;
}
