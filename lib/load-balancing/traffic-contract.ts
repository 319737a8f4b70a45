import { renamedProps } from '../core/renamed-props';
import { checkData } from '../core/check';

/**
 * What load balancer, nodes and ingress must agree on so that no request is lost while pods and nodes come and go. All
 * times are whole seconds. What is left out follows from what is given.
 */
export interface TrafficContractProps {
  /**
   * Port of every ingress node that takes requests.
   * @default 30080
   */
  readonly httpNodePort?: number;
  /**
   * Port of every ingress node that answers health checks, apart from the applications' own paths.
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
   * Answers in a row that make a target healthy.
   * @default 2
   */
  readonly healthyThreshold?: number;
  /**
   * Failures in a row that make a target unhealthy.
   * @default 2
   */
  readonly unhealthyThreshold?: number;
  /**
   * For how long a node that leaves the target group may finish what it was sent.
   * @default 20
   */
  readonly deregistrationDelaySeconds?: number;
  /**
   * For how long an ingress that was told to stop fails its ping and still takes new requests.
   * @default 15 more than deregistration and detection take
   */
  readonly acceptGraceSeconds?: number;
  /**
   * For how long the ingress then finishes what it has taken: as long as the slowest request.
   * @default 20
   */
  readonly drainSeconds?: number;
  /**
   * When Kubernetes kills the ingress, counted from telling it to stop.
   * @default 20 more than accept-grace and drain
   */
  readonly terminationGraceSeconds?: number;
  /**
   * When the load balancer closes a silent connection.
   * @default 60
   */
  readonly loadBalancerIdleSeconds?: number;
  /**
   * When the ingress closes a silent connection.
   * @default three times the load balancer's
   */
  readonly ingressIdleSeconds?: number;
  /**
   * How long a new ingress pod counts as starting: the next one is not replaced before.
   * @default the time in which the load balancer finds a target healthy
   */
  readonly minReadySeconds?: number;
  /**
   * IPv4 blocks whose `X-Forwarded-*` headers the ingress believes: the load balancer's subnets.
   * @default none: the ingress believes nobody
   */
  readonly trustedCidrs?: readonly string[];
}

/** Old names of its props, and the new ones. */
export const RENAMED_TRAFFIC_PROPS = { pingNodePort: 'healthCheckNodePort', pingPath: 'healthCheckPath' } as const;

/** Plain data: made by `trafficContract`, judged by `trafficProblems`. */
export type TrafficContract = Readonly<Required<TrafficContractProps>>;

/** What is set aside for a busy node that does things late. */
const ACCEPT_MARGIN_SECONDS = 15;
const KILL_MARGIN_SECONDS = 20;
/** The load balancer must be the one to close: a request that meets a closing connection is answered 502. */
const IDLE_FACTOR = 3;

/**
 * Fills in what is left out. It judges no value: the constructs that read the contract report its problems.
 * @throws ValidationError where a prop has its old name, which the contract would silently lack
 */
export function trafficContract(props: TrafficContractProps = {}): TrafficContract {
  checkData('trafficContract', ...renamedProps(props, RENAMED_TRAFFIC_PROPS));
  const given = {
    httpNodePort: props.httpNodePort ?? 30080,
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
  });
}

type Detection = Pick<
  TrafficContract,
  'healthCheckIntervalSeconds' | 'healthCheckTimeoutSeconds' | 'healthyThreshold' | 'unhealthyThreshold'
>;

/** The longest time in which the load balancer still sends requests to a target whose ping fails. */
export function unhealthyAfterSeconds(contract: Detection): number {
  return contract.healthCheckIntervalSeconds * contract.unhealthyThreshold + contract.healthCheckTimeoutSeconds;
}

/** The longest time until the load balancer sends requests to a target whose ping answers. */
export function healthyAfterSeconds(contract: Detection): number {
  return contract.healthCheckIntervalSeconds * contract.healthyThreshold + contract.healthCheckTimeoutSeconds;
}
