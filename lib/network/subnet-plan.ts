import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { cidrProblem, cidrContains, cidrsOverlap, cidrSubnet, enclosingCidr, parseCidr } from '../core/cidr';
import { quotaProblem } from '../core/quotas';
import { sortZones, ZONE_SLOTS, zoneSlot } from './zones';

/** `pods` are the subnets of secondary CIDRs. */
export type Tier = 'public' | 'private' | 'intra' | 'pods';

export interface PlannedSubnet {
  readonly tier: Tier;
  readonly zone: string;
  readonly cidr: string;
  /** The VPC CIDR that contains it. */
  readonly within: string;
  /**
   * Index of its /64, out of 256, in the VPC's IPv6 /56.
   * @default none: pods get IPv6 addresses from their node's subnet
   */
  readonly ipv6Block?: number;
}

export interface SubnetPlanProps {
  readonly cidr: string;
  readonly zones: readonly string[];
  /** @default zones */
  readonly intraZones?: readonly string[];
  readonly secondaryCidrs: readonly string[];
}

/** The largest VPC that AWS allows. */
const LARGEST_VPC = 16;
/** In a smaller one, eight public and eight intra subnets of minimum size do not fit into half of the VPC. */
const SMALLEST_VPC = 22;
/**
 * A load balancer requires a /27. Source: "Subnets for your load balancer",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
const SMALLEST_PUBLIC = 27;
/** The smallest subnet that AWS allows, and enough for the network interfaces of an EKS control plane. */
const SMALLEST_SUBNET = 28;
const SLOT_BITS = Math.log2(ZONE_SLOTS);
/** Source: "Amazon VPC quotas", https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const VPC_CIDRS = 5;

/**
 * Ranges that AWS does not allow together in one VPC. Source: "IPv4 CIDR block association restrictions",
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions
 */
const UNMIXABLE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.19.0.0/16'];

/**
 * Places each zone's subnets in the slot of its letter or number, so that adding or removing a zone moves none.
 *
 * In a /16, the upper half holds eight private /20s; the lower half starts with eight public /24s and eight intra /28s,
 * and leaves the rest, over 30,000 addresses, free for growth. Smaller VPCs scale down to private /26s, public /27s.
 * A secondary CIDR is split into eight subnets for pods.
 */
export function planSubnets(props: SubnetPlanProps): readonly PlannedSubnet[] {
  const { cidr, zones, intraZones = zones, secondaryCidrs } = props;
  const { prefix } = parseCidr(cidr)!;
  const publicPrefix = Math.min(prefix + 8, SMALLEST_PUBLIC);
  const intraPrefix = Math.min(prefix + 12, SMALLEST_SUBNET);
  const firstIntra = ZONE_SLOTS * 2 ** (intraPrefix - publicPrefix);

  return sortZones([...new Set([...zones, ...intraZones])]).flatMap((zone): PlannedSubnet[] => {
    const slot = zoneSlot(zone);
    const planned = (tier: Tier, subnet: string, ipv6Block: number): PlannedSubnet => ({
      tier,
      zone,
      cidr: subnet,
      within: cidr,
      ipv6Block,
    });
    return [
      planned('public', cidrSubnet(cidr, publicPrefix, slot), slot),
      planned('private', cidrSubnet(cidr, prefix + 1 + SLOT_BITS, ZONE_SLOTS + slot), 0x10 + slot),
      planned('intra', cidrSubnet(cidr, intraPrefix, firstIntra + slot), 0x20 + slot),
      ...secondaryCidrs.map((within) => ({
        tier: 'pods' as const,
        zone,
        cidr: cidrSubnet(within, parseCidr(within)!.prefix + SLOT_BITS, slot),
        within,
      })),
    ].filter(({ tier }) => (tier === 'intra' ? intraZones : zones).includes(zone));
  });
}

/**
 * The addresses that resources can have. AWS keeps five. Source: "Subnet CIDR blocks",
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function subnetAddresses(cidr: string): number {
  return 2 ** (32 - parseCidr(cidr)!.prefix) - 5;
}

/** Validates the CIDRs of a VPC. */
export function cidrPlanProblems(cidr: string, secondaryCidrs: readonly string[]): readonly Problem[] {
  return [
    blockProblem(PRIMARY, cidr),
    quotaProblem(
      'secondaryCidrs',
      1 + secondaryCidrs.length,
      { limit: VPC_CIDRS, what: 'CIDR blocks of a VPC, with the first one' },
      `list at most ${VPC_CIDRS - 1}, such as larger ones`,
    ),
    ...secondaryCidrs.flatMap((secondary, index) => [
      blockProblem(SECONDARY, secondary),
      mixProblem(secondary, cidr),
      ...[cidr, ...secondaryCidrs.slice(0, index)].flatMap((other) => [
        cidrsOverlap(secondary, other) &&
          `secondaryCidrs '${secondary}' overlaps '${other}' of the same VPC: use a block in ${SHARED} that no other one overlaps`,
        restrictedProblem(secondary, other),
      ]),
    ]),
  ].filter((problem) => problem !== false);
}

/**
 * Blocks that have a meaning of their own everywhere. Source: "IANA IPv4 Special-Purpose Address Registry",
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const RESERVED = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4'];
/** Of that registry too, and not of the internet. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15'];

interface BlockRule {
  readonly prop: string;
  readonly smallest: number;
  readonly content: string;
  /** A block that nothing is wrong with. */
  readonly example: string;
}

const PRIMARY: BlockRule = {
  prop: 'cidr',
  smallest: SMALLEST_VPC,
  content: "every zone's public, private and intra subnet",
  example: '10.20.0.0/16',
};
/** A first CIDR block of any range may have blocks in it at its side. */
const SHARED = '100.64.0.0/10';
const SECONDARY: BlockRule = {
  prop: 'secondaryCidrs',
  smallest: SMALLEST_SUBNET - SLOT_BITS,
  content: "every zone's pods",
  example: '100.64.0.0/16',
};

/** The first problem of a block: what is said of its size holds for its remedy as well. */
function blockProblem({ prop, smallest, content, example }: BlockRule, cidr: string): Problem {
  if (Token.isUnresolved(cidr)) {
    return `${prop} is known after apply, but subnets are planned at synthesis: use a literal such as ${example}`;
  }
  const prefix = Number(/\/(\d+)$/.exec(cidr)?.[1]);
  const fitting = enclosingCidr(cidr, Math.min(Math.max(prefix, LARGEST_VPC), smallest));
  if (fitting === undefined) return cidrProblem(prop, cidr);
  const reserved = RESERVED.find((block) => cidrContains(block, fitting));
  if (reserved !== undefined)
    return `${prop} '${cidr}' is in ${reserved}, which is reserved: use a private block, such as ${example}`;
  if (prefix < LARGEST_VPC || prefix > smallest)
    return `${prop} '${cidr}' is not a valid size: use a /${LARGEST_VPC} (AWS maximum) to a /${smallest} (minimum for ${content}), such as ${isPrivate(fitting) ? fitting : example}`;
  return (
    cidrProblem(prop, cidr) ||
    (!isPrivate(cidr) && {
      code: 'public-cidr',
      problem: `${prop} '${cidr}' is public: what it stands for on the internet would be unreachable; use a private block, such as ${example}`,
    })
  );
}

/**
 * Source: "IPv4 VPC CIDR blocks",
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-sizing-ipv4
 */
const DOCKER = '172.17.0.0/16';

/** A warning about a block whose addresses some programs on nodes use for themselves. */
export function dockerWarning(prop: string, cidr: string): string | false {
  return (
    cidrsOverlap(cidr, DOCKER) &&
    `${prop} '${cidr}' has addresses of ${DOCKER}, which Docker and some AWS services use on their own hosts: they could not reach this VPC there`
  );
}

function isPrivate(cidr: string): boolean {
  return PRIVATE.some((block) => cidrContains(block, cidr));
}

function mixProblem(secondary: string, primary: string): Problem {
  const range = UNMIXABLE.find((one) => cidrContains(one, secondary));
  return (
    range !== undefined &&
    parseCidr(primary) !== undefined &&
    !cidrContains(range, primary) &&
    `secondaryCidrs '${secondary}' is in ${range}, which AWS does not allow alongside '${primary}': use a block in ${SHARED}`
  );
}

/** Blocks that AWS does not add to a VPC with a block of another range. Source: that of `UNMIXABLE`. */
const RESTRICTED = [
  { added: '10.0.0.0/16', existing: '10.0.0.0/15' },
  { added: '172.31.0.0/16', existing: '172.16.0.0/12' },
];

function restrictedProblem(secondary: string, other: string): Problem {
  const found = RESTRICTED.find(
    ({ added, existing }) => cidrContains(added, secondary) && cidrContains(existing, other),
  );
  return (
    found !== undefined &&
    !cidrsOverlap(secondary, other) &&
    `secondaryCidrs '${secondary}' is in ${found.added}, which AWS does not add to a VPC with '${other}' of ${found.existing}: use a block in ${SHARED}`
  );
}
