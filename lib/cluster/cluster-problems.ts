import { Token } from 'cdktf';
import type { AwsContext } from '../core/aws-context';
import { cidrContains, cidrProblem, cidrsOverlap, parseCidr } from '../core/cidr';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { isIpv6Cidr } from '../core/ipv6-cidr';
import { nameTooLong } from '../core/naming';
import { admitsEveryone, peerCidrProblem, publicCidrProblem } from '../core/peer-cidr';
import { shapeProblems } from '../core/shape';
import type { SubnetRef, VpcRef } from '../network/vpc-ref';
import { policyScopes, type ClusterAccessEntry } from './access-props';
import { KUBERNETES_VERSION, type EndpointAccess, type IpFamily } from './cluster-props';
import { principalId } from './principal';

/** Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const NAME = /^[0-9A-Za-z][A-Za-z0-9_-]*$/;

export function clusterNameProblems(name: string): readonly Problem[] {
  if (Token.isUnresolved(name)) return ['name must be a literal: names, tags and ARNs are derived from it'];
  return [
    nameTooLong('eks-cluster', 'name', name),
    !NAME.test(name) &&
      `name '${name}' must begin with a letter or digit and hold only letters, digits, hyphens and underscores`,
  ];
}

/** For data without a shape. */
export function versionProblem(version: unknown): Problem {
  return shapeProblems(version, KUBERNETES_VERSION, 'kubernetesVersion')[0];
}

/**
 * Zones without EKS control planes. Source: "View Amazon EKS networking requirements for VPC and subnets",
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const ZONES_WITHOUT_EKS: ReadonlySet<string> = new Set(['use1-az3', 'usw1-az2', 'cac1-az3']);
const MIN_ZONES = 2;

export function controlPlaneZoneProblems(subnets: readonly SubnetRef[]): readonly Problem[] {
  const zones = [...new Set(subnets.map(({ zone }) => zone))];
  return [
    zones.length < MIN_ZONES &&
      `vpc has control plane subnets in ${zones.length === 1 ? `one zone (${zones[0]})` : 'no zone'}: EKS requires at least ${MIN_ZONES} zones`,
    ...zones
      .filter((zone) => ZONES_WITHOUT_EKS.has(zone))
      .map((zone) => `vpc has a control plane subnet in ${zone}, which EKS does not support: use another zone`),
  ];
}

/** Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
const SERVICE_RANGES: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const SERVICE_PREFIX = { min: 12, max: 24 } as const;

export function serviceCidrProblems(cidr: string, vpc: VpcRef): readonly Problem[] {
  const malformed = cidrProblem('serviceCidr', cidr);
  if (malformed) return [malformed];
  const prefix = parseCidr(cidr)?.prefix;
  if (prefix === undefined) return [];
  const subnets = [...vpc.publicSubnets, ...vpc.privateSubnets, ...vpc.intraSubnets];
  const taken = [vpc.cidr, ...(vpc.secondaryCidrs ?? []), ...subnets.map((subnet) => subnet.cidr)].find((other) =>
    cidrsOverlap(cidr, other),
  );
  return [
    (prefix < SERVICE_PREFIX.min || prefix > SERVICE_PREFIX.max) &&
      `serviceCidr '${cidr}' must be between /${SERVICE_PREFIX.max} and /${SERVICE_PREFIX.min}`,
    !SERVICE_RANGES.some((range) => cidrContains(range, cidr)) &&
      `serviceCidr '${cidr}' must be within a private range: ${SERVICE_RANGES.join(', ')}`,
    taken !== undefined && `serviceCidr '${cidr}' overlaps the VPC's ${taken}: choose another CIDR block`,
  ];
}

/** Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
export function ipFamilyProblems(
  ipFamily: IpFamily,
  serviceCidr: string | undefined,
  { addressing }: Pick<VpcRef, 'addressing'>,
  { partition, region }: Pick<AwsContext, 'partition' | 'region'>,
): readonly Problem[] {
  if (ipFamily === 'ipv4') return [];
  return [
    serviceCidr !== undefined &&
      `serviceCidr '${serviceCidr}' cannot be set with ipFamily 'ipv6', EKS assigns it: remove it`,
    addressing === 'ipv4' &&
      "ipFamily 'ipv6' needs subnets with IPv6, and those of vpc have IPv4 addresses only: set the VPC's addressing to 'dual-stack', or ipFamily to 'ipv4'",
    partition === 'aws-cn' && `ipFamily 'ipv6' is not available in ${region}: use 'ipv4'`,
  ];
}

export function apiEndpointProblems(endpoint: EndpointAccess, vpcCidr: string, ipFamily: IpFamily): readonly Problem[] {
  const { privateCidrs = [vpcCidr] } = endpoint;
  const privateProblems = [
    ...privateCidrs.map((cidr) =>
      Token.isUnresolved(cidr)
        ? 'endpoint.privateCidrs has a CIDR block known only after apply: use a literal, it is part of a construct id'
        : isIpv6Cidr(cidr)
          ? cidrProblem('endpoint.privateCidrs', cidr)
          : peerCidrProblem('endpoint.privateCidrs', cidr),
    ),
    ...duplicates(privateCidrs).map((cidr) => `endpoint.privateCidrs has ${cidr} twice: remove one`),
  ];
  if (endpoint.kind === 'private') return privateProblems;
  const { allowedCidrs } = endpoint;
  return [
    ...privateProblems,
    allowedCidrs.length === 0 &&
      "endpoint.allowedCidrs is empty, which opens the endpoint to everyone: list the networks, or set kind to 'private'",
    ...allowedCidrs.map((cidr) => allowedCidrProblem(cidr, ipFamily)),
    ...allowedCidrs.filter(admitsEveryone).map(openToEveryone),
  ];
}

/**
 * Source: "VpcConfigRequest", publicAccessCidrs,
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html
 */
function allowedCidrProblem(cidr: string, ipFamily: IpFamily): Problem {
  if (isIpv6Cidr(cidr) && ipFamily === 'ipv4') {
    return `endpoint.allowedCidrs has ${cidr}, but only clusters with ipFamily 'ipv6' have a public endpoint with IPv6: remove it`;
  }
  const instead = 'move it to endpoint.privateCidrs, for clients that reach the VPC';
  return publicCidrProblem('endpoint.allowedCidrs', cidr, instead);
}

function openToEveryone(cidr: string): Problem {
  return {
    code: 'public-api-open',
    problem: `endpoint.allowedCidrs has ${cidr}: the Kubernetes API is open to everyone; list the networks that need access`,
  };
}

export function accessProblems(access: readonly ClusterAccessEntry[], account: string): readonly Problem[] {
  const idOf = ({ principalArn = '' }: ClusterAccessEntry) => principalId(principalArn, account);
  const namesOf = (id: string) => access.filter((entry) => idOf(entry) === id).map(({ name }) => `'${name}'`);
  return [
    !access
      .flatMap(policyScopes)
      .some(({ policy, namespaces }) => policy === 'cluster-admin' && namespaces === undefined) &&
      "access has no cluster-wide 'cluster-admin': nobody could administer the cluster, not even its creator; add an entry with that policy and without namespaces",
    ...duplicates(access.map(({ name }) => name)).map(
      (name) => `access has two entries named '${name}': give each a unique name`,
    ),
    ...duplicates(access.flatMap((entry) => idOf(entry) ?? [])).map(
      (id) =>
        `access has the entries ${namesOf(id).join(' and ')} for one principal, but EKS allows one: merge them, or remove one`,
    ),
  ];
}
