/** Addresses of a subnet that a node takes, by what the VPC CNI reserves for its pods. */

export interface NodeAddresses {
  readonly instanceTypes: readonly string[];
  /** @default that of the instance type */
  readonly maxPods?: number;
  /** Whether network interfaces get /28 prefixes instead of single addresses. */
  readonly prefixDelegation: boolean;
}

interface InterfaceLimits {
  readonly interfaces: number;
  /** Per network interface. */
  readonly addresses: number;
}

const limits = (interfaces: number, addresses: number): InterfaceLimits => ({ interfaces, addresses });

/**
 * By size, of the families c, m and r from the fifth generation on. Source: "Maximum IP addresses per network interface",
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html
 */
const LIMITS: Readonly<Record<string, InterfaceLimits>> = {
  medium: limits(2, 4),
  large: limits(3, 10),
  xlarge: limits(4, 15),
  '2xlarge': limits(4, 15),
  '4xlarge': limits(8, 30),
  '8xlarge': limits(8, 30),
  '12xlarge': limits(8, 30),
  '16xlarge': limits(15, 50),
  '24xlarge': limits(15, 50),
  '48xlarge': limits(15, 50),
};
/** Of t3, t3a and t4g. Source: the same. */
const BURSTABLE: Readonly<Record<string, InterfaceLimits>> = {
  small: limits(3, 4),
  medium: limits(3, 6),
  large: limits(3, 12),
  xlarge: limits(4, 15),
  '2xlarge': limits(4, 15),
};

/**
 * Pods of a node that need addresses, on average: what Kubernetes is tested for, 150,000 pods on 5,000 nodes. Source:
 * "Considerations for large clusters", https://kubernetes.io/docs/setup/best-practices/cluster-large/
 */
const PODS_PER_NODE = 30;
const PREFIX_SIZE = 16;
/** WARM_ENI_TARGET and WARM_PREFIX_TARGET: what the CNI keeps for the next pods. */
const WARM = 1;

/**
 * The addresses that a node with the usual number of pods takes from its subnet; undefined for an instance type that is
 * not known here. Source: "Prefix Mode for Linux", Amazon EKS Best Practices Guide,
 * https://docs.aws.amazon.com/eks/latest/best-practices/prefix-mode-linux.html
 */
export function usualAddresses(node: NodeAddresses): number | undefined {
  return addressesFor(node, Math.min(PODS_PER_NODE, node.maxPods ?? PODS_PER_NODE), WARM);
}

/** The addresses without which a node cannot run any pod. */
export function leastAddresses(node: NodeAddresses): number | undefined {
  return addressesFor(node, 1, 0);
}

function addressesFor({ instanceTypes, prefixDelegation }: NodeAddresses, pods: number, warm: number) {
  const known = instanceTypes.map(limitsOf);
  if (known.some((one) => one === undefined)) return undefined;
  const ofTypes = known as readonly InterfaceLimits[];
  return Math.max(
    ...ofTypes.map((type) => (prefixDelegation ? inPrefixes(pods, warm) : inInterfaces(type, pods, warm))),
  );
}

/** The first address of each network interface is not for pods. The CNI takes all addresses of an interface at once. */
function inInterfaces({ interfaces, addresses }: InterfaceLimits, pods: number, warm: number): number {
  return Math.min(interfaces, Math.ceil(pods / (addresses - 1)) + warm) * addresses;
}

/** The node's own address may be anywhere, and costs the block that it is in. */
function inPrefixes(pods: number, warm: number): number {
  return (Math.ceil(pods / PREFIX_SIZE) + warm + 1) * PREFIX_SIZE;
}

function limitsOf(instanceType: string): InterfaceLimits | undefined {
  const [family = '', size = ''] = instanceType.split('.');
  if (/^(t3a?|t4g)$/.test(family)) return BURSTABLE[size];
  return /^[cmr]([5-9]|\d{2})[a-z]*$/.test(family) ? LIMITS[size] : undefined;
}
