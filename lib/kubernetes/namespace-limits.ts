import type { Problem } from '../core/check';
import { didYouMean } from '../core/suggestions';
import { parseQuantity } from './quantity';

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
const MEASURED = [
  'cpu',
  'ephemeral-storage',
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
  'requests.storage',
];
const QUOTA_RESOURCES = [...MEASURED, ...COUNTED];
const HUGE_PAGES = /^(requests\.)?hugepages-\w+$/;

/**
 * Problems of a resource quota whose quantities are valid. Names with a slash are of other APIs: `count/deployments.apps`,
 * `requests.nvidia.com/gpu`, `gp3.storageclass.storage.k8s.io/requests.storage`.
 * Source: "Resource Quotas", https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function quotaResourceProblems(prop: string, quota: Quantities): readonly Problem[] {
  return Object.entries(quota).flatMap(([resource, quantity]) => [
    !resource.includes('/') &&
      !QUOTA_RESOURCES.includes(resource) &&
      !HUGE_PAGES.test(resource) &&
      `${prop} has '${resource}', which no quota counts${didYouMean(resource, QUOTA_RESOURCES) || `: use one of ${QUOTA_RESOURCES.join(', ')}, or a name with a slash, such as count/deployments.apps`}`,
    (COUNTED.includes(resource) || resource.startsWith('count/')) &&
      !isWhole(quantity) &&
      `${prop}.${resource} must be a whole number, got '${quantity}'`,
  ]);
}

const CONTAINER_RESOURCES = ['cpu', 'ephemeral-storage', 'memory'];

/**
 * Problems of default requests and limits whose quantities are valid. Source: "Limit Ranges",
 * https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function containerDefaultsProblems(
  prop: string,
  { requests, limits = {} }: { readonly requests: Quantities; readonly limits?: Quantities },
): readonly Problem[] {
  const names = Object.entries({ requests, limits }).flatMap(([part, quantities]) =>
    Object.keys(quantities).map(
      (resource) =>
        !resource.includes('/') &&
        !CONTAINER_RESOURCES.includes(resource) &&
        !HUGE_PAGES.test(resource) &&
        `${prop}.${part} has '${resource}', which no container requests${didYouMean(resource, CONTAINER_RESOURCES) || `: use one of ${CONTAINER_RESOURCES.join(', ')}`}`,
    ),
  );
  const exceeding = Object.entries(requests).map(([resource, request]) => {
    const limit = limits[resource];
    return (
      limit !== undefined &&
      isMore(request, limit) &&
      `${prop}.requests.${resource} '${request}' exceeds limits.${resource} '${limit}': lower the request, or raise the limit`
    );
  });
  return [...names, ...exceeding];
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
