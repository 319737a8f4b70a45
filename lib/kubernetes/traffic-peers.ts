import type { IConstruct } from 'constructs';
import { check } from '../core/check';
import { list, object, shapeProblems } from '../core/shape';
import { PEER, peerProblems, type Peer } from './peer';

/** Who reaches the pods of every workload that says so. */
export interface TrafficPeers {
  /** Who reads the port of `metrics`. */
  readonly scrapers: readonly Peer[];
  /** Who sends requests to `requestPorts`: what passes them on from the load balancer. */
  readonly requestSources: readonly Peer[];
}

export const TRAFFIC_PEERS = object<TrafficPeers>(
  { scrapers: list(PEER, 'a list of peers'), requestSources: list(PEER, 'a list of peers') },
  { expected: 'an object { scrapers, requestSources }' },
);

/** By the construct that they were provided on. A stack already has children, which rules cdktf's context out. */
const provided = new WeakMap<IConstruct, TrafficPeers>();

/** Sets who may reach the workloads below `scope`. Call it before they are created. */
export function provideTrafficPeers(scope: IConstruct, peers: TrafficPeers): void {
  check(scope, ...shapeProblems(peers, TRAFFIC_PEERS, 'trafficPeers'));
  check(
    scope,
    ...Object.entries(peers).flatMap(([prop, each]: [string, readonly Peer[]]) =>
      each.flatMap((peer, index) => peerProblems(`trafficPeers.${prop}[${index}]`, peer)),
    ),
  );
  provided.set(scope, peers);
}

/** The peers of the nearest scope that has some; undefined where none were provided. */
export function trafficPeers(scope: IConstruct): TrafficPeers | undefined {
  const provider = scope.node.scopes.findLast((one) => provided.has(one));
  return provider && provided.get(provider);
}
