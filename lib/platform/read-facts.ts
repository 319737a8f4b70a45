import type { IConstruct } from 'constructs';
import { REGION } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { IPV4_CIDR as CIDR, parseCidr } from '../core/cidr';
import { formatValue } from '../core/format';
import { STATE_BACKEND } from '../core/state-backend';
import {
  anyText,
  bool,
  integer,
  list,
  object,
  oneOf,
  optional,
  record,
  shapeProblems,
  text,
  value,
  type Shape,
  type Shapes,
} from '../core/shape';
import { IMAGE_POLICY } from '../kubernetes/image-policy';
import type { NodePool } from '../kubernetes/pod/placement';
import type { Taint } from '../kubernetes/taint';
import { ADDITIONAL_NODE_PORTS, type TrafficContract } from '../load-balancing/traffic-contract';
import {
  ENVIRONMENT_NAME,
  FACTS_VERSION,
  type EnvironmentFacts,
  type NetworkFacts,
  type ProfileFacts,
  type SubnetFacts,
} from './facts';
import { objectName } from '../kubernetes/object-name';

/** Facts from a JSON file, whose literals TypeScript widens. */
export interface FactsData {
  readonly version: number;
  readonly name: string;
}

const SERVICE_CIDR: Shape<string> = value(
  'a CIDR such as 172.20.0.0/16, or the IPv6 range that EKS chooses from, fc00::/7',
  (given) => typeof given === 'string' && (parseCidr(given) !== undefined || given === 'fc00::/7'),
);

const DOMAIN = text('a domain name', /^[a-z0-9-]+(\.[a-z0-9-]+)+$/);

/** Nested objects are closed: a misspelled optional property would otherwise be ignored. */
export const FACTS: Shapes<EnvironmentFacts> = {
  version: oneOf(FACTS_VERSION),
  name: text('an environment name of lowercase letters, digits and hyphens', ENVIRONMENT_NAME),
  account: text('twelve digits', /^\d{12}$/),
  region: text('a region such as eu-west-1', REGION),
  domain: DOMAIN,
  domains: optional(list(DOMAIN)),
  kubernetesVersion: text('a minor version such as 1.35', /^\d+\.\d+$/),
  profile: object<ProfileFacts>({
    name: text(),
    replicas: integer,
    toleratedNodeLosses: integer,
    deletionProtection: bool,
    prefixDelegation: bool,
    namespaceQuota: optional(record(text())),
  }),
  network: object<NetworkFacts>({
    cidr: CIDR,
    secondaryCidrs: list(CIDR),
    subnets: list(object<SubnetFacts>({ tier: oneOf('public', 'private', 'intra'), zone: text(), cidr: CIDR })),
    serviceCidr: SERVICE_CIDR,
    controlPlaneCidrs: list(CIDR),
  }),
  nodePools: list(
    object<NodePool>({
      name: text(),
      kind: oneOf('managed', 'auto-scaling'),
      labels: record(anyText),
      taints: list(
        object<Taint>({
          key: text(),
          value: optional(anyText),
          effect: oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
        }),
      ),
      startupTaints: optional(list(text())),
      architecture: oneOf('amd64', 'arm64'),
      zones: list(text()),
      minNodes: integer,
      maxNodes: integer,
      ingress: bool,
    }),
  ),
  eksAddOnRoleNames: record(text()),
  ingress: object<EnvironmentFacts['ingress']>({ className: objectName(), namespace: objectName() }),
  monitoring: object<EnvironmentFacts['monitoring']>({ namespace: objectName() }),
  traffic: object<TrafficContract>({
    httpNodePort: integer,
    healthCheckNodePort: integer,
    healthCheckPath: text(),
    healthCheckIntervalSeconds: integer,
    healthCheckTimeoutSeconds: integer,
    healthyThreshold: integer,
    unhealthyThreshold: integer,
    deregistrationDelaySeconds: integer,
    acceptGraceSeconds: integer,
    drainSeconds: integer,
    terminationGraceSeconds: integer,
    loadBalancerIdleSeconds: integer,
    ingressIdleSeconds: integer,
    minReadySeconds: integer,
    trustedCidrs: list(CIDR),
    additionalNodePorts: ADDITIONAL_NODE_PORTS,
  }),
  images: IMAGE_POLICY,
  volumeAccess: optional(oneOf('account', 'cluster')),
  addOns: list(text()),
  backend: STATE_BACKEND,
};

/**
 * Validates facts from data. Additional top-level properties, of later releases with the same version, are ignored.
 * @throws ValidationError if they have another version or are not valid
 */
export function readFacts(scope: IConstruct, data: EnvironmentFacts | FactsData): EnvironmentFacts {
  const isData = typeof data === 'object' && data !== null && !Array.isArray(data);
  check(scope, !isData && `facts must be the object that npx quayside facts writes, got ${formatValue(data)}`);
  check(scope, versionProblem(data));
  check(
    scope,
    ...factsProblems(data).map((problem) => problem && `${subject(data)}: ${String(problem)}; ${regenerate(data)}`),
  );
  return data as EnvironmentFacts;
}

/** Deviations of facts from their shape, in all or some parts. Additional top-level properties are ignored. */
export function factsProblems(
  data: object,
  parts: readonly (keyof EnvironmentFacts)[] = Object.keys(FACTS) as (keyof EnvironmentFacts)[],
): readonly Problem[] {
  const given = data as Partial<EnvironmentFacts>;
  return parts.flatMap((part) => shapeProblems(given[part], FACTS[part], part));
}

function versionProblem(data: FactsData): Problem {
  const { version } = data;
  if (version === FACTS_VERSION) return false;
  if (typeof version !== 'number') return `${subject(data)} have no version: ${regenerate(data)}`;
  const remedy =
    version > FACTS_VERSION
      ? 'upgrade quayside'
      : `regenerate them with the installed version: npx quayside facts ${data.name}`;
  return `${subject(data)} have version ${version}, but the installed quayside supports version ${FACTS_VERSION}: ${remedy}`;
}

function subject({ name }: FactsData): string {
  return typeof name === 'string' ? `the facts of environment '${name}'` : 'the facts';
}

function regenerate({ name }: FactsData): string {
  return `regenerate them where the environment is defined: npx quayside facts ${typeof name === 'string' ? name : '<environment>'}`;
}
