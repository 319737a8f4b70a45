import { Lazy } from 'cdktf';
import * as fc from 'fast-check';
import {
  trafficContract,
  type TrafficContract,
  type TrafficContractProps,
} from '../../../lib/load-balancing/traffic-contract';
import { trafficProblems } from '../../../lib/load-balancing/traffic-problems';

test('the defaults', () => {
  expect(trafficContract({ trustedCidrs: ['10.20.0.0/24'] })).toEqual({
    httpNodePort: 30080,
    healthCheckNodePort: 30081,
    healthCheckPath: '/ping',
    healthCheckIntervalSeconds: 5,
    healthCheckTimeoutSeconds: 2,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
    deregistrationDelaySeconds: 20,
    acceptGraceSeconds: 35,
    drainSeconds: 20,
    terminationGraceSeconds: 75,
    loadBalancerIdleSeconds: 60,
    ingressIdleSeconds: 180,
    minReadySeconds: 12,
    trustedCidrs: ['10.20.0.0/24'],
  });
});

test('is immutable, and independent of the props it was created from', () => {
  const trustedCidrs = ['10.20.0.0/24'];
  const contract = trafficContract({ trustedCidrs });
  trustedCidrs.push('10.20.1.0/24');
  expect(contract.trustedCidrs).toEqual(['10.20.0.0/24']);
  expect(Object.isFrozen(contract) && Object.isFrozen(contract.trustedCidrs)).toBe(true);
});

test.each<{ props: TrafficContractProps; problems: string[] }>([
  { props: {}, problems: [] },
  { props: { trustedCidrs: [Lazy.stringValue({ produce: () => '10.0.0.0/8' })] }, problems: [] },
  {
    props: { httpNodePort: 8080, healthyThreshold: 1, drainSeconds: -1 },
    problems: [
      'httpNodePort must be a whole number from 30000 to 32767, got 8080',
      'healthyThreshold must be a whole number from 2 to 10, got 1',
      'drainSeconds must be a whole number of at least 0, got -1',
    ],
  },
  {
    props: { healthCheckIntervalSeconds: 7.5, deregistrationDelaySeconds: 3601, loadBalancerIdleSeconds: 4001 },
    problems: [
      'healthCheckIntervalSeconds must be a whole number from 5 to 300, got 7.5',
      'deregistrationDelaySeconds must be a whole number from 0 to 3600, got 3601',
      'loadBalancerIdleSeconds must be a whole number from 1 to 4000, got 4001',
    ],
  },
  {
    props: { httpNodePort: 30081 },
    problems: ['healthCheckNodePort and httpNodePort are both 30081: use separate ports'],
  },
  {
    props: { healthCheckPath: '/a b' },
    problems: ["healthCheckPath '/a b' has white space: write %20 for a space"],
  },
  {
    props: { healthCheckPath: `/${'x'.repeat(1024)}` },
    problems: ['healthCheckPath has 1025 characters, AWS allows at most 1024: use a shorter one'],
  },
  { props: { healthCheckPath: 'ping' }, problems: ["healthCheckPath must start with '/', got 'ping'"] },
  {
    props: { healthCheckTimeoutSeconds: 5 },
    problems: ['healthCheckTimeoutSeconds (5) must be less than healthCheckIntervalSeconds (5)'],
  },
  {
    props: { deregistrationDelaySeconds: 40, acceptGraceSeconds: 40 },
    problems: [
      'deregistrationDelaySeconds (40) must be less than acceptGraceSeconds (40): the ingress would stop accepting requests that the load balancer still sends',
    ],
  },
  {
    props: { healthCheckIntervalSeconds: 10, unhealthyThreshold: 4, acceptGraceSeconds: 41 },
    problems: [
      'acceptGraceSeconds (41) must be at least 42, healthCheckIntervalSeconds x unhealthyThreshold + healthCheckTimeoutSeconds: the load balancer sends requests until it has seen the health checks fail',
    ],
  },
  {
    props: { terminationGraceSeconds: 55 },
    problems: [
      'terminationGraceSeconds (55) must be more than acceptGraceSeconds + drainSeconds (55): the ingress would be killed with requests in flight',
    ],
  },
  {
    props: { ingressIdleSeconds: 60 },
    problems: [
      'ingressIdleSeconds (60) must be more than loadBalancerIdleSeconds (60): the load balancer would reuse connections that the ingress is closing',
    ],
  },
  {
    props: { minReadySeconds: 11 },
    problems: [
      'minReadySeconds (11) must be at least 12, healthCheckIntervalSeconds x healthyThreshold + healthCheckTimeoutSeconds: the next pod would be replaced before the load balancer uses this one',
    ],
  },
  {
    props: { trustedCidrs: ['0.0.0.0/0', '10.20.0.1/24'] },
    problems: [
      "trustedCidrs has 0.0.0.0/0: anyone could spoof X-Forwarded-For; list the load balancer's subnets",
      "trustedCidrs '10.20.0.1/24' has host bits set: use 10.20.0.0/24",
    ],
  },
  {
    props: { additionalNodePorts: { http: [8080, 30080], healthCheck: [30082, 30082] } },
    problems: [
      'additionalNodePorts.http must be a whole number from 30000 to 32767, got 8080',
      'additionalNodePorts.http and httpNodePort are both 30080: use separate ports',
      'additionalNodePorts.healthCheck has 30082 twice: remove one',
    ],
  },
])('$props has the problems $problems', ({ props, problems }) => {
  expect(trafficProblems(trafficContract(props))).toEqual(problems);
});

describe('additional ports', () => {
  test('are part of the contract only if there are any', () => {
    expect(trafficContract({ additionalNodePorts: { http: [31000] } }).additionalNodePorts).toEqual({ http: [31000] });
    for (const additionalNodePorts of [undefined, {}, { http: [], healthCheck: [] }]) {
      expect(trafficContract({ additionalNodePorts })).toStrictEqual(trafficContract());
    }
  });

  test.each<[unknown, string]>([
    [[31000], 'additionalNodePorts must be an object, got [31000]'],
    [{ http: 31000 }, 'additionalNodePorts.http must be a list, got 31000'],
    [{ healthcheck: [31000] }, "unknown property 'additionalNodePorts.healthcheck': did you mean 'healthCheck'?"],
  ])('%j is rejected, which would be ignored', (additionalNodePorts, problem) => {
    expect(() => trafficContract({ additionalNodePorts: additionalNodePorts as never })).toThrow(problem);
  });
});

const intervalSeconds = fc.integer({ min: 5, max: 300 });
/** What a user may set, within AWS's ranges. */
const free = fc.record(
  {
    healthCheckIntervalSeconds: intervalSeconds,
    healthCheckTimeoutSeconds: fc.integer({ min: 2, max: 4 }),
    healthyThreshold: fc.integer({ min: 2, max: 10 }),
    unhealthyThreshold: fc.integer({ min: 2, max: 10 }),
    deregistrationDelaySeconds: fc.integer({ min: 0, max: 3600 }),
    drainSeconds: fc.integer({ min: 0, max: 900 }),
    loadBalancerIdleSeconds: fc.integer({ min: 1, max: 4000 }),
  },
  { requiredKeys: [] },
);
const seconds = fc.integer({ min: 0, max: 200 });
/** Arbitrary values, mostly invalid. */
const any = fc.record(
  {
    healthCheckIntervalSeconds: fc.integer({ min: 4, max: 40 }),
    healthCheckTimeoutSeconds: fc.integer({ min: 1, max: 20 }),
    healthyThreshold: fc.integer({ min: 1, max: 4 }),
    unhealthyThreshold: fc.integer({ min: 1, max: 4 }),
    deregistrationDelaySeconds: seconds,
    acceptGraceSeconds: seconds,
    drainSeconds: seconds,
    terminationGraceSeconds: fc.integer({ min: 0, max: 600 }),
    loadBalancerIdleSeconds: seconds,
    ingressIdleSeconds: seconds,
    minReadySeconds: seconds,
  },
  { requiredKeys: [] },
);

test('derived values always match the given ones', () => {
  fc.assert(fc.property(free, (props) => expect(trafficProblems(trafficContract(props))).toEqual([])));
});

/**
 * The second after SIGTERM at which the load balancer stops sending, if its first check comes after `phase` seconds.
 */
function stopsSending(contract: TrafficContract, phase: number): number {
  let failures = 0;
  for (let check = phase; ; check += contract.healthCheckIntervalSeconds) {
    failures += 1;
    if (failures === contract.unhealthyThreshold) return check + contract.healthCheckTimeoutSeconds;
  }
}

test('a valid contract drops no request, whenever the ingress receives SIGTERM', () => {
  fc.assert(
    fc.property(any, fc.double({ min: 0, max: 1, noNaN: true }), (props, share) => {
      const contract = trafficContract(props);
      fc.pre(trafficProblems(contract).length === 0);
      const lastRequest = stopsSending(contract, share * contract.healthCheckIntervalSeconds);
      expect(lastRequest).toBeLessThanOrEqual(contract.acceptGraceSeconds);
      // A deregistering node may be sent requests until its deregistration ends.
      expect(contract.deregistrationDelaySeconds).toBeLessThan(contract.acceptGraceSeconds);
      // The slowest accepted request is answered before SIGKILL.
      expect(contract.acceptGraceSeconds + contract.drainSeconds).toBeLessThan(contract.terminationGraceSeconds);
      // The load balancer always closes idle connections first.
      expect(contract.loadBalancerIdleSeconds).toBeLessThan(contract.ingressIdleSeconds);
      // The next pod is replaced only when this one receives requests.
      const healthy = contract.healthCheckIntervalSeconds * contract.healthyThreshold;
      expect(healthy).toBeLessThanOrEqual(contract.minReadySeconds);
    }),
    { numRuns: 300 },
  );
});
