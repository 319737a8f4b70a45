import { renamedProps } from '../core/renamed-props';
import { checkData } from '../core/check';
import { integer, list, object, optional, shapeProblems, text } from '../core/shape';

/**
 * What load balancer, nodes and ingress must agree on so that no request is dropped while pods and nodes are replaced.
 * All times are whole seconds. Omitted values are derived from the given ones.
 */
export interface TrafficContractProps {
  /**
   * NodePort for requests on every ingress node.
   * @default 30080
   */
  readonly httpNodePort?: number;
  /**
   * NodePort for health checks on every ingress node, separate from the applications' paths.
   * @default 30081
   */
  readonly healthCheckNodePort?: number;
  /** @default '/ping' */
  readonly healthCheckPath?: string;
  /** @default 5 */
  readonly healthCheckIntervalSeconds?: number;
  /** @default 2 */
  readonly healthCheckTimeoutSeconds?: number;
  /**
   * Consecutive successes that make a target healthy.
   * @default 2
   */
  readonly healthyThreshold?: number;
  /**
   * Consecutive failures that make a target unhealthy.
   * @default 2
   */
  readonly unhealthyThreshold?: number;
  /**
   * How long in-flight requests of a deregistering node may take to finish.
   * @default 20
   */
  readonly deregistrationDelaySeconds?: number;
  /**
   * How long a terminating ingress fails its health check and still accepts new requests.
   * @default 15 more than deregistration and detection take
   */
  readonly acceptGraceSeconds?: number;
  /**
   * How long the ingress then finishes in-flight requests: as long as the slowest request.
   * @default 20
   */
  readonly drainSeconds?: number;
  /**
   * When Kubernetes kills the ingress, counted from SIGTERM.
   * @default 20 more than acceptGraceSeconds and drainSeconds together
   */
  readonly terminationGraceSeconds?: number;
  /**
   * Idle timeout of the load balancer's connections.
   * @default 60
   */
  readonly loadBalancerIdleSeconds?: number;
  /**
   * Idle timeout of the ingress's connections.
   * @default three times the load balancer's
   */
  readonly ingressIdleSeconds?: number;
  /**
   * How long a new ingress pod must be ready before the next one is replaced.
   * @default the time until the load balancer considers a target healthy
   */
  readonly minReadySeconds?: number;
  /**
   * IPv4 CIDR blocks whose `X-Forwarded-*` headers the ingress trusts: the load balancer's subnets.
   * @default none: the ingress trusts no one
   */
  readonly trustedCidrs?: readonly string[];
  /**
   * NodePorts that are also open, to change one of the above without interruption: list the new port, then make it the
   * port and list the old one, then drop the old one, and apply infrastructure and platform each time.
   * @default none
   */
  readonly additionalNodePorts?: AdditionalNodePorts;
}

/** The ingress listens on these ports too, and the load balancer may reach them. */
export interface AdditionalNodePorts {
  /**
   * Each has a target group that gets health checks, but no requests.
   * @default none
   */
  readonly http?: readonly number[];
  /** @default none */
  readonly healthCheck?: readonly number[];
}

/** A misspelled list of ports would be ignored. */
export const ADDITIONAL_NODE_PORTS = optional(
  object<AdditionalNodePorts>({ http: optional(list(integer)), healthCheck: optional(list(integer)) }),
);

/** Old prop names, and the new ones. */
export const RENAMED_TRAFFIC_PROPS = { pingNodePort: 'healthCheckNodePort', pingPath: 'healthCheckPath' } as const;

export const TRAFFIC_CONTRACT_PROPS = object<TrafficContractProps>(
  {
    httpNodePort: optional(integer),
    healthCheckNodePort: optional(integer),
    healthCheckPath: optional(text()),
    healthCheckIntervalSeconds: optional(integer),
    healthCheckTimeoutSeconds: optional(integer),
    healthyThreshold: optional(integer),
    unhealthyThreshold: optional(integer),
    deregistrationDelaySeconds: optional(integer),
    acceptGraceSeconds: optional(integer),
    drainSeconds: optional(integer),
    terminationGraceSeconds: optional(integer),
    loadBalancerIdleSeconds: optional(integer),
    ingressIdleSeconds: optional(integer),
    minReadySeconds: optional(integer),
    trustedCidrs: optional(list(text())),
    additionalNodePorts: ADDITIONAL_NODE_PORTS,
  },
  { renamed: RENAMED_TRAFFIC_PROPS },
);

/** Plain data, created by `trafficContract` and validated by the constructs that use it. */
export type TrafficContract = Readonly<Required<Omit<TrafficContractProps, 'additionalNodePorts'>>> &
  Pick<TrafficContractProps, 'additionalNodePorts'>;

export const DEFAULT_HTTP_NODE_PORT = 30080;

/** Margins for a busy node that lags behind. */
const ACCEPT_MARGIN_SECONDS = 15;
const KILL_MARGIN_SECONDS = 20;
/** The load balancer must close first: a request on a connection that the ingress is closing gets a 502. */
const IDLE_FACTOR = 3;

/**
 * Fills in defaults. Values are not validated here: the constructs that use the contract report its problems.
 * @throws ValidationError if a prop has its old name or additional ports their wrong form: they would be ignored
 */
export function trafficContract(props: TrafficContractProps = {}): TrafficContract {
  checkData(
    'trafficContract',
    ...renamedProps(props, RENAMED_TRAFFIC_PROPS),
    ...shapeProblems(props.additionalNodePorts, ADDITIONAL_NODE_PORTS, 'additionalNodePorts'),
  );
  const given = {
    httpNodePort: props.httpNodePort ?? DEFAULT_HTTP_NODE_PORT,
    healthCheckNodePort: props.healthCheckNodePort ?? 30081,
    healthCheckPath: props.healthCheckPath ?? '/ping',
    healthCheckIntervalSeconds: props.healthCheckIntervalSeconds ?? 5,
    healthCheckTimeoutSeconds: props.healthCheckTimeoutSeconds ?? 2,
    healthyThreshold: props.healthyThreshold ?? 2,
    unhealthyThreshold: props.unhealthyThreshold ?? 2,
    deregistrationDelaySeconds: props.deregistrationDelaySeconds ?? 20,
    drainSeconds: props.drainSeconds ?? 20,
    loadBalancerIdleSeconds: props.loadBalancerIdleSeconds ?? 60,
    trustedCidrs: Object.freeze([...(props.trustedCidrs ?? [])]),
  };
  const additional = frozenPorts(props.additionalNodePorts);
  const acceptGraceSeconds =
    props.acceptGraceSeconds ??
    Math.max(given.deregistrationDelaySeconds, unhealthyAfterSeconds(given)) + ACCEPT_MARGIN_SECONDS;
  return Object.freeze({
    ...given,
    acceptGraceSeconds,
    terminationGraceSeconds:
      props.terminationGraceSeconds ?? acceptGraceSeconds + given.drainSeconds + KILL_MARGIN_SECONDS,
    ingressIdleSeconds: props.ingressIdleSeconds ?? given.loadBalancerIdleSeconds * IDLE_FACTOR,
    minReadySeconds: props.minReadySeconds ?? healthyAfterSeconds(given),
    ...(additional && { additionalNodePorts: additional }),
  });
}

/** Undefined without ports, so that a contract is the same before and after a change of ports. */
function frozenPorts({ http = [], healthCheck = [] }: AdditionalNodePorts = {}): AdditionalNodePorts | undefined {
  if (http.length === 0 && healthCheck.length === 0) return undefined;
  return Object.freeze({
    ...(http.length > 0 && { http: Object.freeze([...http]) }),
    ...(healthCheck.length > 0 && { healthCheck: Object.freeze([...healthCheck]) }),
  });
}

type Detection = Pick<
  TrafficContract,
  'healthCheckIntervalSeconds' | 'healthCheckTimeoutSeconds' | 'healthyThreshold' | 'unhealthyThreshold'
>;

/** Maximum time for which the load balancer still sends requests to a target whose health check fails. */
export function unhealthyAfterSeconds(contract: Detection): number {
  return contract.healthCheckIntervalSeconds * contract.unhealthyThreshold + contract.healthCheckTimeoutSeconds;
}

/** Maximum time until the load balancer sends requests to a target whose health check succeeds. */
export function healthyAfterSeconds(contract: Detection): number {
  return contract.healthCheckIntervalSeconds * contract.healthyThreshold + contract.healthCheckTimeoutSeconds;
}
