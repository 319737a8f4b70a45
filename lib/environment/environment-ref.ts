import type { Construct } from 'constructs';
import { versionProblem } from '../cluster/cluster-problems';
import type { ClusterRef } from '../cluster/cluster-ref';
import { check } from '../core/check';
import { object, shapeProblems, withoutNulls } from '../core/shape';
import { remoteState } from '../core/state-backend';
import type { HostedZoneRef } from '../dns/dns-ref';
import { pullThroughMirrors } from '../iam/pull-through';
import { reserveNodePorts } from '../kubernetes/object-claims';
import { trafficPeers } from '../kubernetes/traffic-peers';
import { INGRESS, MONITORING, type EnvironmentFacts } from '../platform/facts';
import { provideEnvironmentPeers, provideFacts } from '../platform/provide-facts';
import { readFacts, type FactsData } from '../platform/read-facts';
import { serviceCidr } from './cluster-settings';
import { ENVIRONMENT_PROPS, type EnvironmentProps } from './environment-props';
import {
  readCluster,
  readDrainingQueue,
  readEnvironment,
  readZone,
  type EnvironmentOutputs,
} from './infrastructure-outputs';

/** An environment, for another stack in the same repository. */
export interface EnvironmentRef {
  readonly cluster: ClusterRef;
  /** The hosted zone of the environment's domain. */
  readonly zone: HostedZoneRef;
  /** The event queue of self-managed nodes; undefined if no node group is self-managed. */
  readonly nodeDrainingQueueUrl?: string;
}

/** An environment, for a team in another repository: its facts, and the outputs of its infrastructure. */
export interface FullEnvironmentRef extends EnvironmentOutputs {
  readonly facts: EnvironmentFacts;
}

/** The props of an environment that locate its state. */
export type EnvironmentKey = Pick<
  EnvironmentProps,
  'name' | 'domain' | 'backend' | 'kubernetesVersion' | 'nodeGroups' | 'profile' | 'volumeAccess' | 'images' | 'cluster'
>;

/**
 * Combines the facts of an environment with the outputs of its infrastructure stack, which must be deployed. The facts'
 * image policy and traffic peers apply to the workloads below `scope`.
 * @param facts the output of `quayside facts`, or `environmentFacts(props)`
 * @throws ValidationError if the facts have another version or are incomplete
 */
export function environmentRef(scope: Construct, facts: EnvironmentFacts | FactsData): FullEnvironmentRef;
/** References an environment of the same repository through the state of its infrastructure stack. */
export function environmentRef(scope: Construct, environment: EnvironmentKey): EnvironmentRef;
export function environmentRef(
  scope: Construct,
  environment: EnvironmentFacts | FactsData | EnvironmentKey,
): EnvironmentRef {
  return isKey(environment) ? refOfKey(scope, environment) : refOfFacts(scope, readFacts(scope, environment));
}

/** Facts have no node groups. An environment's data may have custom properties, such as `version`. */
function isKey(environment: EnvironmentFacts | FactsData | EnvironmentKey): environment is EnvironmentKey {
  const { nodeGroups, profile } = (environment ?? {}) as Partial<EnvironmentKey>;
  return Array.isArray(nodeGroups ?? profile?.nodeGroups);
}

function refOfFacts(scope: Construct, facts: EnvironmentFacts): FullEnvironmentRef {
  const state = remoteState(scope, 'infrastructure', facts.backend, `${facts.name}-infrastructure`);
  provideFacts(scope, facts);
  reserveNodePorts(scope, `the ingress of environment '${facts.name}'`, ingressNodePorts(facts));
  return { facts, ...readEnvironment(state, facts) };
}

function ingressNodePorts({ traffic }: EnvironmentFacts): readonly number[] {
  const { httpNodePort, healthCheckNodePort, additionalNodePorts: { http = [], healthCheck = [] } = {} } = traffic;
  return [httpNodePort, healthCheckNodePort, ...http, ...healthCheck];
}

const { shapes } = ENVIRONMENT_PROPS;
const ENVIRONMENT_KEY = object<EnvironmentKey>({
  name: shapes.name,
  domain: shapes.domain,
  backend: shapes.backend,
  kubernetesVersion: shapes.kubernetesVersion,
  nodeGroups: shapes.nodeGroups,
  profile: shapes.profile,
  volumeAccess: shapes.volumeAccess,
  images: shapes.images,
  cluster: shapes.cluster,
});

function refOfKey(scope: Construct, given: EnvironmentKey): EnvironmentRef {
  const environment = withoutNulls(keyOf(given), ENVIRONMENT_KEY);
  check(scope, ...shapeProblems(environment, ENVIRONMENT_KEY));
  const { name, domain, backend = { kind: 'local' }, profile, nodeGroups = profile.nodeGroups } = environment;
  check(scope, versionProblem(environment.kubernetesVersion));
  const state = remoteState(scope, 'infrastructure', backend, `${name}-infrastructure`);
  if (!trafficPeers(scope)) provideEnvironmentPeers(scope, { ingress: INGRESS, monitoring: MONITORING });
  return {
    cluster: readCluster(state, {
      clusterName: name,
      kubernetesVersion: environment.kubernetesVersion,
      serviceCidr: serviceCidr(environment.cluster),
      volumeAccess: environment.volumeAccess,
      pullThroughCaches: pullThroughMirrors(environment.images),
    }),
    zone: readZone(state, domain),
    nodeDrainingQueueUrl: readDrainingQueue(state, nodeGroups),
  };
}

/** The other properties of an environment are checked where it is created. */
function keyOf(environment: EnvironmentKey): EnvironmentKey {
  const props = Object.keys(ENVIRONMENT_KEY.shapes) as (keyof EnvironmentKey)[];
  return Object.fromEntries(props.map((prop) => [prop, environment[prop]])) as unknown as EnvironmentKey;
}
