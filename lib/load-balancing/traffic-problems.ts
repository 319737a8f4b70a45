import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { cidrProblem } from '../core/cidr';
import { admitsEveryone, peerCidrProblem } from '../core/peer-cidr';
import { repetitions } from '../core/duplicates';
import { shapeProblems } from '../core/shape';
import { TRAFFIC_CONTRACT, healthyAfterSeconds, unhealthyAfterSeconds, type TrafficContract } from './traffic-contract';

/**
 * Valid ranges. Sources: "Health checks for your target groups",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html, "Edit target
 * group attributes",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html, and "Load
 * balancer attributes",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html; the API server's
 * default `--service-node-port-range`,
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
 */
const RANGES = {
  httpNodePort: [30000, 32767],
  healthCheckNodePort: [30000, 32767],
  healthCheckIntervalSeconds: [5, 300],
  healthCheckTimeoutSeconds: [2, 120],
  healthyThreshold: [2, 10],
  unhealthyThreshold: [2, 10],
  deregistrationDelaySeconds: [0, 3600],
  acceptGraceSeconds: [0, Infinity],
  drainSeconds: [0, Infinity],
  terminationGraceSeconds: [0, Infinity],
  loadBalancerIdleSeconds: [1, 4000],
  ingressIdleSeconds: [1, Infinity],
  minReadySeconds: [0, Infinity],
} as const satisfies Partial<Record<keyof TrafficContract, readonly [number, number]>>;

/** What would drop requests, or what AWS or Kubernetes would reject. Empty for a safe contract. */
export function trafficProblems(contract: TrafficContract): readonly Problem[] {
  const malformed = shapeProblems(contract, TRAFFIC_CONTRACT);
  if (malformed.length > 0) return malformed;
  const outside = (Object.keys(RANGES) as (keyof typeof RANGES)[]).flatMap((key) =>
    outsideRange(key, contract[key], RANGES[key]),
  );
  return [
    ...outside,
    ...(outside.length > 0 ? [] : timingProblems(contract)),
    ...nodePortProblems(contract),
    ...healthCheckPathProblems(contract.healthCheckPath),
    ...contract.trustedCidrs.map(trustProblem),
  ].filter((problem) => problem !== false);
}

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const MAX_PATH = 1024;

function healthCheckPathProblems(path: string): readonly Problem[] {
  if (Token.isUnresolved(path)) return [];
  return [
    !path.startsWith('/') && `healthCheckPath must start with '/', got '${path}'`,
    /\s/.test(path) && `healthCheckPath '${path}' has white space: write %20 for a space`,
    path.length > MAX_PATH &&
      `healthCheckPath has ${path.length} characters, AWS allows at most ${MAX_PATH}: use a shorter one`,
  ];
}

/** A NodePort belongs to one port of one Service. */
function nodePortProblems({ httpNodePort, healthCheckNodePort, additionalNodePorts }: TrafficContract): Problem[] {
  const { http = [], healthCheck = [] } = additionalNodePorts ?? {};
  const additional = [
    ...http.map((port) => ({ prop: 'additionalNodePorts.http', port })),
    ...healthCheck.map((port) => ({ prop: 'additionalNodePorts.healthCheck', port })),
  ];
  const used = [
    { prop: 'httpNodePort', port: httpNodePort },
    { prop: 'healthCheckNodePort', port: healthCheckNodePort },
    ...additional,
  ];
  return [
    ...additional.flatMap(({ prop, port }) => outsideRange(prop, port, RANGES.httpNodePort)),
    ...repetitions(used, ({ port }) => port).map(({ first, second }) =>
      first.prop === second.prop
        ? `${first.prop} has ${first.port} twice: remove one`
        : `${second.prop} and ${first.prop} are both ${first.port}: use separate ports`,
    ),
  ];
}

function outsideRange(key: string, value: number, [min, max]: readonly [number, number]): readonly Problem[] {
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  const range = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
  return [`${key} must be a whole number ${range}, got ${value}`];
}

/** The inequalities that keep requests from reaching a node or connection that is already gone. */
function timingProblems(contract: TrafficContract): readonly Problem[] {
  const { acceptGraceSeconds: accept, drainSeconds: drain, terminationGraceSeconds: kill } = contract;
  const { healthCheckIntervalSeconds: interval, healthCheckTimeoutSeconds: timeout } = contract;
  const { deregistrationDelaySeconds: deregistration, minReadySeconds: minReady } = contract;
  const { loadBalancerIdleSeconds: idle, ingressIdleSeconds: ingressIdle } = contract;
  const [unhealthy, healthy] = [unhealthyAfterSeconds(contract), healthyAfterSeconds(contract)];
  return [
    timeout >= interval &&
      `healthCheckTimeoutSeconds (${timeout}) must be less than healthCheckIntervalSeconds (${interval})`,
    deregistration >= accept &&
      `deregistrationDelaySeconds (${deregistration}) must be less than acceptGraceSeconds (${accept}): the ingress would stop accepting requests that the load balancer still sends`,
    unhealthy > accept &&
      `acceptGraceSeconds (${accept}) must be at least ${unhealthy}, healthCheckIntervalSeconds x unhealthyThreshold + healthCheckTimeoutSeconds: the load balancer sends requests until it has seen the health checks fail`,
    accept + drain >= kill &&
      `terminationGraceSeconds (${kill}) must be more than acceptGraceSeconds + drainSeconds (${accept + drain}): the ingress would be killed with requests in flight`,
    idle >= ingressIdle &&
      `ingressIdleSeconds (${ingressIdle}) must be more than loadBalancerIdleSeconds (${idle}): the load balancer would reuse connections that the ingress is closing`,
    healthy > minReady &&
      `minReadySeconds (${minReady}) must be at least ${healthy}, healthCheckIntervalSeconds x healthyThreshold + healthCheckTimeoutSeconds: the next pod would be replaced before the load balancer uses this one`,
  ];
}

function trustProblem(cidr: string): Problem {
  if (admitsEveryone(cidr)) {
    return `trustedCidrs has ${cidr}: anyone could spoof X-Forwarded-For; list the load balancer's subnets`;
  }
  return cidrProblem('trustedCidrs', cidr) || peerCidrProblem('trustedCidrs', cidr);
}
