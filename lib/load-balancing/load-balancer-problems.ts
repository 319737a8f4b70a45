import { Token } from 'cdktf';
import { prefixProblems, type Problem } from '../core/check';
import { cidrContains } from '../core/cidr';
import { duplicates, repetitions } from '../core/duplicates';
import { count } from '../core/format';
import { isIpv6Cidr } from '../core/ipv6-cidr';
import { nameTooLong } from '../core/naming';
import { peerCidrProblem, publicCidrProblem } from '../core/peer-cidr';
import { quotaProblem, SECURITY_GROUP_RULES, securityGroupRules } from '../core/quotas';
import type { SubnetRef, VpcRef } from '../network/vpc-ref';
import { certificateKey, type ListenerCertificate } from './listener-certificate';
import { MAX_TARGET_GROUPS, ruleProblems, type ListenerRule } from './listener-rule';
import { loadBalancerSubnets, type LoadBalancerScheme } from './load-balancer-subnets';
import { planTargetGroups, targetGroupsOf } from './planned-target-group';
import type { AutoScalingTarget, TargetGroupOptions } from './target-group';
import type { TrafficContract } from './traffic-contract';
import { trafficProblems } from './traffic-problems';
import type { WebAclRef } from './web-acl-ref';

/**
 * Source: "Subnets for your load balancer",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
const MIN_ZONES = 2;
/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const NAME = /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;
/**
 * The key is part of the name. Source:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const TARGET_GROUP_KEY = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;
/**
 * Source: "Edit target group attributes",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
const SLOW_START_SECONDS = [30, 900] as const;
/** Region and account of a literal ARN. A certificate uploaded to IAM has no region. */
const ARN_HOME = /^arn:[a-z-]+:[a-z0-9]+:([a-z0-9-]*):(\d{12}):/;
const NODE_PORTS = [30000, 32767] as const;
/**
 * Source: "Quotas for your Application Load Balancers",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const CERTIFICATES = 25;
const RULES = 100;
const TARGET_GROUPS = 100;

export interface LoadBalancerDecisions {
  readonly name: string;
  readonly vpc: VpcRef;
  readonly scheme: LoadBalancerScheme;
  readonly region: string;
  readonly account: string;
  readonly certificates: readonly ListenerCertificate[];
  readonly clientCidrs?: readonly string[];
  readonly ipAddressType?: 'ipv4' | 'dualstack';
  readonly webAcl?: WebAclRef;
  readonly traffic: TrafficContract;
  readonly targets: readonly AutoScalingTarget[];
  readonly targetGroups: readonly TargetGroupOptions[];
  readonly rules: readonly ListenerRule[];
  readonly strictTransportSecurity?: string;
}

/** What AWS would reject, or what would drop requests. */
export function loadBalancerProblems(props: LoadBalancerDecisions): readonly Problem[] {
  const { scheme, traffic, targetGroups } = props;
  const subnets = loadBalancerSubnets(props.vpc, scheme);
  const certificateNames = props.certificates.flatMap(({ domainNames }) => domainNames);
  return [
    ...loadBalancerNameProblems(props.name),
    ...subnetProblems(subnets, scheme),
    ...prefixProblems('traffic: ', trafficProblems(traffic)),
    ...trustProblems(traffic, subnets),
    ...certificateProblems(props),
    ...clientProblems(props),
    addressProblem(props),
    hstsProblem(props.strictTransportSecurity),
    props.webAcl && homeProblem('webAcl is', props.webAcl.webAclArn, props, 'create'),
    ...targetProblems(props.targets),
    ...targetGroupProblems(targetGroups),
    quotaProblem(
      'rules',
      props.rules.length,
      { limit: RULES, what: "rules of a load balancer, with the ingress's" },
      'merge hosts or paths into fewer rules, or route in the ingress',
    ),
    // Without a certificate or a target group every rule would fail as well.
    ...(certificateNames.length > 0 && targetGroups.length > 0
      ? ruleProblems(props.rules, { certificateNames, targetGroupKeys: targetGroups.map(({ key }) => key) })
      : []),
    ...standbyProblems(props),
  ];
}

function loadBalancerNameProblems(name: string): readonly Problem[] {
  return [
    nameTooLong('load-balancer', 'name', name),
    !Token.isUnresolved(name) &&
      !NAME.test(name) &&
      `name '${name}' must consist of letters, digits and inner hyphens, and must not start with 'internal-'`,
  ];
}

function subnetProblems(subnets: readonly SubnetRef[], scheme: LoadBalancerScheme): readonly Problem[] {
  const prop = scheme === 'internal' ? 'vpc.privateSubnets' : 'vpc.publicSubnets';
  const zones = [...new Set(subnets.map(({ zone }) => zone))];
  const isPrivateVpc = scheme !== 'internal' && zones.length === 0;
  return [
    zones.length < MIN_ZONES &&
      `${prop} has subnets in ${count(zones.length, 'zone')} (${zones.join(', ') || 'none'}): use a VPC that has them in at least ${MIN_ZONES} zones${isPrivateVpc ? ", or scheme 'internal'" : ''}`,
    ...zones.map((zone) => {
      const ids = subnets.filter((subnet) => subnet.zone === zone).map(({ subnetId }) => subnetId);
      return (
        ids.length > 1 &&
        `${prop} has ${ids.length} subnets in ${zone} (${ids.join(', ')}), a load balancer allows one per zone: list one of them`
      );
    }),
  ];
}

/** The ingress must trust the load balancer's `X-Forwarded-*` headers. */
function trustProblems({ trustedCidrs }: TrafficContract, subnets: readonly SubnetRef[]): readonly Problem[] {
  if (trustedCidrs.some((cidr) => Token.isUnresolved(cidr))) return [];
  return subnets
    .map(({ cidr }) => cidr)
    .filter((cidr) => !Token.isUnresolved(cidr) && !trustedCidrs.some((trusted) => cidrContains(trusted, cidr)))
    .map(
      (cidr) =>
        `traffic.trustedCidrs (${trustedCidrs.join(', ') || 'none'}) lacks the load balancer's subnet ${cidr}: the ingress would see the load balancer as the client; add it`,
    );
}

function certificateProblems({ certificates, ...home }: LoadBalancerDecisions): readonly Problem[] {
  const keys = certificates.map(certificateKey);
  return [
    // The default one counts too, as it is in the list as well.
    quotaProblem(
      'certificates',
      certificates.length,
      { limit: CERTIFICATES, what: 'certificates of a listener' },
      'use one certificate for several names',
    ),
    certificates.length === 0 && 'certificates is empty: list at least one, which HTTPS requires',
    ...certificates.map(
      ({ certificateArn, domainNames }) =>
        domainNames.length === 0 &&
        `certificates has ${Token.isUnresolved(certificateArn) ? 'one' : certificateArn} without domainNames: list the names that it covers`,
    ),
    ...duplicates(keys)
      .filter((key) => key !== '')
      .map((key) => `certificates has two with the key '${key}': remove one, or set another key`),
    ...repetitions(certificates, ({ certificateArn }) => certificateArn)
      .map(({ first, second }) => [certificateKey(first), certificateKey(second)] as const)
      .filter(([first, second]) => first !== second)
      .map(([first, second]) => `certificates '${first}' and '${second}' are the same certificate: remove one`),
    ...certificates.map(({ certificateArn }) => homeProblem('certificates has', certificateArn, home, 'request')),
  ];
}

/** Directives. Source: RFC 6797, section 6.1, https://www.rfc-editor.org/rfc/rfc6797#section-6.1 */
const HSTS = /^max-age="?\d+"?(\s*;\s*(includeSubDomains|preload))*$/i;

/** Browsers ignore a value of another form. An empty one is no header. */
function hstsProblem(value: string | undefined): Problem {
  return (
    !!value &&
    !Token.isUnresolved(value) &&
    !HSTS.test(value) &&
    `strictTransportSecurity '${value}' has no effect: use the form max-age=31536000; includeSubDomains`
  );
}

/** An existing VPC may not say which addresses its subnets have. */
function addressProblem({ ipAddressType, vpc }: LoadBalancerDecisions): Problem {
  return (
    ipAddressType === 'dualstack' &&
    vpc.addressing === 'ipv4' &&
    "ipAddressType is 'dualstack', but the subnets of vpc have IPv4 addresses only: set the VPC's addressing to 'dual-stack', or ipAddressType to 'ipv4'"
  );
}

/** A load balancer uses certificates and web ACLs of its own account and region only. */
function homeProblem(
  subject: string,
  arn: string,
  own: Pick<LoadBalancerDecisions, 'region' | 'account'>,
  verb: 'create' | 'request',
): Problem {
  const [, region, account] = (!Token.isUnresolved(arn) && ARN_HOME.exec(arn)) || [];
  if (region && region !== own.region) {
    return `${subject} ${arn} in ${region}: it must be in the load balancer's region, ${own.region}; ${verb} one there`;
  }
  return (
    account !== undefined &&
    account !== own.account &&
    `${subject} ${arn} of account ${account}: it must be of the load balancer's account, ${own.account}; ${verb} one there`
  );
}

/** Clients connect to two ports, each of which is a rule per network. */
const CLIENT_PORTS = 2;

function clientProblems({ clientCidrs, scheme, ipAddressType = 'ipv4' }: LoadBalancerDecisions): readonly Problem[] {
  if (clientCidrs === undefined) return [];
  const cidrs = clientCidrs;
  const ipv6 = cidrs.filter(isIpv6Cidr);
  return [
    cidrs.length === 0 &&
      `clientCidrs is empty, so nobody could connect: list the networks of clients, or omit it for ${scheme === 'internal' ? 'the VPC' : 'everyone'}`,
    ipv6.length > 0 &&
      ipAddressType === 'ipv4' &&
      `clientCidrs has ${ipv6.join(', ')}, but the load balancer has IPv4 addresses only: remove ${ipv6.length === 1 ? 'it' : 'them'}, or set ipAddressType: 'dualstack'`,
    ...[cidrs.length - ipv6.length, ipv6.length].map((count, index) =>
      quotaProblem(
        'clientCidrs',
        count * CLIENT_PORTS,
        securityGroupRules('inbound', index === 0 ? 'IPv4' : 'IPv6'),
        `list at most ${SECURITY_GROUP_RULES / CLIENT_PORTS} networks, such as larger ones`,
      ),
    ),
    ...duplicates(cidrs).map((cidr) => `clientCidrs has ${cidr} twice: remove one`),
    ...cidrs.map((cidr) =>
      Token.isUnresolved(cidr)
        ? 'clientCidrs has a CIDR block known only after apply: use a literal, it is part of a construct id'
        : scheme === 'internal'
          ? peerCidrProblem('clientCidrs', cidr)
          : publicCidrProblem('clientCidrs', cidr, "set scheme to 'internal'"),
    ),
  ];
}

function targetGroupProblems(groups: readonly TargetGroupOptions[]): readonly Problem[] {
  return [
    groups.length === 0 && 'targetGroups is empty: omit it for the ingress only',
    groups.length > TARGET_GROUPS &&
      `targetGroups has ${groups.length} groups, AWS allows at most ${TARGET_GROUPS} per load balancer: remove ${groups.length - TARGET_GROUPS}`,
    ...duplicates(groups.map(({ key }) => key)).map((key) => `targetGroups has the key '${key}' twice: change one`),
    ...groups.flatMap(({ key, ...group }) => {
      const { algorithm = 'round_robin', slowStartSeconds: slow } = group;
      return [
        !TARGET_GROUP_KEY.test(key) && `target group '${key}' must have a key of letters, digits and inner hyphens`,
        slow !== undefined &&
          algorithm !== 'round_robin' &&
          `target group '${key}' has slowStartSeconds (${slow}) with ${algorithm}: use algorithm 'round_robin', or omit slowStartSeconds`,
        slow !== undefined &&
          !within(slow, SLOW_START_SECONDS) &&
          `target group '${key}' has slowStartSeconds ${slow}: it must be a whole number from ${SLOW_START_SECONDS.join(' to ')}`,
        ...(['nodePort', 'healthCheckNodePort'] as const).map((prop) => {
          const port = group[prop];
          return (
            port !== undefined &&
            !within(port, NODE_PORTS) &&
            `target group '${key}' has ${prop} ${port}: it must be a whole number from ${NODE_PORTS.join(' to ')}`
          );
        }),
        ...prefixProblems(`target group '${key}': `, targetProblems(group.targets ?? [])),
      ];
    }),
  ];
}

/** Groups that stand by count too. */
function standbyProblems({ rules, targetGroups, traffic }: LoadBalancerDecisions): readonly Problem[] {
  const planned = planTargetGroups(targetGroups, traffic);
  return rules.map(({ key, action }) => {
    const used = targetGroupsOf(action, planned);
    return (
      used.some(({ standby }) => standby) &&
      used.length > MAX_TARGET_GROUPS &&
      `rule '${key}' forwards to ${used.length} target groups, with those of traffic.additionalNodePorts.http (${traffic.additionalNodePorts?.http?.join(', ')}), AWS allows at most ${MAX_TARGET_GROUPS}: list fewer ports at a time`
    );
  });
}

function targetProblems(targets: readonly AutoScalingTarget[]): readonly Problem[] {
  return duplicates(targets.map(({ key }) => key)).map((key) => `targets has the key '${key}' twice: change one`);
}

function within(value: number, [min, max]: readonly [number, number]): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
