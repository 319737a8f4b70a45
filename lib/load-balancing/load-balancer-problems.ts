import { Token } from 'cdktf';
import { prefixProblems, type Problem } from '../core/check';
import { cidrContains, cidrProblem } from '../core/cidr';
import { duplicates } from '../core/duplicates';
import { count } from '../core/format';
import { nameTooLong } from '../core/naming';
import { renamedProps } from '../core/renamed-props';
import type { CertificateRef } from '../dns/dns-ref';
import type { SubnetRef, VpcRef } from '../network/vpc-ref';
import { ruleProblems, type ListenerRule } from './listener-rule';
import { loadBalancerSubnets, type LoadBalancerScheme } from './load-balancer-subnets';
import type { AutoScalingTarget, TargetGroupOptions } from './target-group';
import type { TrafficContract } from './traffic-contract';
import { trafficProblems } from './traffic-problems';

/** Source: "Subnets for your load balancer", ALB guide. */
const MIN_ZONES = 2;
/** Source: CreateLoadBalancer. */
const NAME = /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;
/** The key becomes part of the name. Source: CreateTargetGroup. */
const TARGET_GROUP_KEY = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;
/** Source: "Edit target group attributes", ALB guide. */
const SLOW_START_SECONDS = [30, 900] as const;
/** Of a literal ARN. A certificate uploaded to IAM has none. */
const CERTIFICATE_REGION = /^arn:[a-z-]+:acm:([a-z0-9-]+):/;
const NODE_PORTS = [30000, 32767] as const;

export interface LoadBalancerDecisions {
  readonly name: string;
  readonly vpc: VpcRef;
  readonly scheme: LoadBalancerScheme;
  readonly region: string;
  readonly certificates: readonly CertificateRef[];
  readonly clientCidrs?: readonly string[];
  readonly traffic: TrafficContract;
  readonly targets: readonly AutoScalingTarget[];
  readonly targetGroups: readonly TargetGroupOptions[];
  readonly rules: readonly ListenerRule[];
}

/** What AWS would refuse, or what would lose requests. */
export function loadBalancerProblems(props: LoadBalancerDecisions): readonly Problem[] {
  const { scheme, traffic, targetGroups } = props;
  const subnets = loadBalancerSubnets(props.vpc, scheme);
  const certificateNames = props.certificates.flatMap(({ domainNames }) => domainNames);
  return [
    ...loadBalancerNameProblems(props.name),
    ...subnetProblems(subnets, scheme === 'internal' ? 'private' : 'public'),
    ...prefixProblems('traffic: ', trafficProblems(traffic)),
    ...trustProblems(traffic, subnets),
    ...certificateProblems(props),
    ...clientProblems(props.clientCidrs ?? []),
    ...targetProblems(props.targets),
    ...targetGroupProblems(targetGroups),
    // Without a certificate or a target group every rule would be wrong as well.
    ...(certificateNames.length > 0 && targetGroups.length > 0
      ? ruleProblems(props.rules, { certificateNames, targetGroupKeys: targetGroups.map(({ key }) => key) })
      : []),
  ];
}

function loadBalancerNameProblems(name: string): readonly Problem[] {
  return [
    nameTooLong('load-balancer', 'name', name),
    !Token.isUnresolved(name) &&
      !NAME.test(name) &&
      `name '${name}' must be letters, digits and inner hyphens, and not start with 'internal-'`,
  ];
}

function subnetProblems(subnets: readonly SubnetRef[], tier: string): readonly Problem[] {
  const zones = subnets.map(({ zone }) => zone);
  const distinct = [...new Set(zones)];
  const duplicated = distinct.filter((zone) => zones.filter((other) => other === zone).length > 1);
  return [
    distinct.length < MIN_ZONES &&
      `vpc has ${tier} subnets in ${count(distinct.length, 'zone')} (${distinct.join(', ') || 'none'}): a load balancer needs them in ${MIN_ZONES} or more`,
    ...duplicated.map((zone) => `vpc has several ${tier} subnets in ${zone}: a load balancer takes one in each zone`),
  ];
}

/** The ingress must believe the load balancer's word on who the client is. */
function trustProblems({ trustedCidrs }: TrafficContract, subnets: readonly SubnetRef[]): readonly Problem[] {
  if (trustedCidrs.some((cidr) => Token.isUnresolved(cidr))) return [];
  return subnets
    .map(({ cidr }) => cidr)
    .filter((cidr) => !Token.isUnresolved(cidr) && !trustedCidrs.some((trusted) => cidrContains(trusted, cidr)))
    .map(
      (cidr) =>
        `traffic.trustedCidrs (${trustedCidrs.join(', ') || 'none'}) lacks the load balancer's subnet ${cidr}: the ingress would take the load balancer for the client; add it`,
    );
}

function certificateProblems({ certificates, region }: LoadBalancerDecisions): readonly Problem[] {
  const firstNames = certificates.map(({ domainNames }) => domainNames[0] ?? '');
  return [
    certificates.length === 0 && 'certificates is empty: HTTPS needs one',
    firstNames.includes('') && 'certificates has one without domainNames: list the names that it covers',
    ...duplicates(firstNames)
      .filter((name) => name !== '')
      .map((name) => `certificates has two for ${name}: leave one out`),
    ...certificates
      .map(({ certificateArn }) => ({ arn: certificateArn, home: CERTIFICATE_REGION.exec(certificateArn)?.[1] }))
      .filter(({ home }) => home !== undefined && home !== region)
      .map(
        ({ arn, home }) =>
          `certificates has ${arn} of ${home}: a load balancer takes those of its own region, ${region}; issue one there`,
      ),
  ];
}

function clientProblems(cidrs: readonly string[]): readonly Problem[] {
  return [
    ...duplicates(cidrs).map((cidr) => `clientCidrs has ${cidr} twice: leave one out`),
    ...cidrs.map((cidr) =>
      Token.isUnresolved(cidr)
        ? 'clientCidrs has a block that Terraform has yet to compute: write it out, since it names a rule'
        : !cidr.includes(':') && cidrProblem('clientCidrs', cidr),
    ),
  ];
}

function targetGroupProblems(groups: readonly TargetGroupOptions[]): readonly Problem[] {
  return [
    groups.length === 0 && 'targetGroups is empty: leave it out for the ingress alone',
    ...duplicates(groups.map(({ key }) => key)).map((key) => `targetGroups has the key '${key}' twice: change one`),
    ...groups.flatMap(({ key, ...group }) => {
      const { algorithm = 'round_robin', slowStartSeconds: slow } = group;
      return [
        ...renamedProps(group, { pingNodePort: 'healthCheckNodePort' }, `target group '${key}': `),
        !TARGET_GROUP_KEY.test(key) && `target group '${key}' must have a key of letters, digits and inner hyphens`,
        slow !== undefined &&
          algorithm !== 'round_robin' &&
          `target group '${key}' has slowStartSeconds (${slow}) with ${algorithm}: slow start works with round_robin only`,
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

function targetProblems(targets: readonly AutoScalingTarget[]): readonly Problem[] {
  return duplicates(targets.map(({ key }) => key)).map((key) => `targets has the key '${key}' twice: change one`);
}

function within(value: number, [min, max]: readonly [number, number]): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
