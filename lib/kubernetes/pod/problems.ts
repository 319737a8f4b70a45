import type { Problem } from '../../core/check';
import { duplicates, repetitions } from '../../core/duplicates';
import type { ImagePolicy } from '../image-policy';
import { identityProblems } from '../labels';
import { annotationProblems, ownLabelProblems } from '../metadata';
import type { NamespaceRef } from '../namespace-ref';
import { subdomainProblem } from '../object-name';
import { useOneOf } from '../use-one-of';
import { wholeNumberProblem } from '../whole-number';
import { numberAndProtocol, portNames } from './container';
import { containerProblems } from './container-problems';
import { absolutePathProblem } from './paths';
import { placementPropsProblems } from './placement';
import { privilegeProblems, userProblems } from './security';
import { portNumber, type PodProps } from './template';
import { volumesProblems } from './volume-problems';

/** The problems of a pod. */
export function podProblems(pod: PodProps, namespace: NamespaceRef, images: ImagePolicy): readonly Problem[] {
  const { containers, initContainers = [], priorityClass } = pod;
  const all = [...initContainers, ...containers];
  return [
    ...identityProblems(pod.identity),
    containers.length === 0 && 'containers is empty: list at least one container, such as { name, image, resources }',
    ...duplicates(all.map(({ name }) => name)).map((name) => `two containers are named '${name}': rename one`),
    ...all.flatMap((container) => containerProblems(container, pod, images)),
    ...initContainers.flatMap(({ name, readiness, liveness, startup, preStop }) =>
      Object.entries({ readiness, liveness, startup, preStop }).map(
        ([prop, given]) => given && `init container '${name}' has ${prop}, which Kubernetes does not allow: remove it`,
      ),
    ),
    ...portProblems(pod),
    ...readinessProblems(pod),
    ...metricsProblems(pod),
    ...accountProblems(pod, namespace),
    ...userProblems(pod.runAs, pod.privileges),
    ...privilegeProblems(pod.privileges),
    ...volumesProblems(pod),
    ...placementPropsProblems(pod.placement),
    ...annotationProblems(pod.annotations),
    ...ownLabelProblems(pod.labels),
    priorityClass !== undefined && subdomainProblem('priorityClass', priorityClass),
    wholeNumberProblem('terminationGraceSeconds', pod.terminationGraceSeconds, 0),
  ];
}

/** All containers of a pod share one network. */
function portProblems({ containers }: PodProps): readonly Problem[] {
  const ports = containers.flatMap(({ name: container, ports = {} }) =>
    Object.entries(ports).map(([name, port]) => ({ container, name, ...numberAndProtocol(port) })),
  );
  return [
    ...repetitions(ports, ({ port, protocol }) => `${port} ${protocol}`).map(
      ({ first, second }) =>
        `ports '${first.name}' of container '${first.container}' and '${second.name}' of '${second.container}' are both ${second.port}: write it once, or choose another number`,
    ),
    ...repetitions(ports, ({ name }) => name).map(
      ({ first, second }) =>
        first.port !== second.port &&
        `port '${second.name}' is of container '${first.container}' and of '${second.container}': rename one`,
    ),
  ];
}

function readinessProblems({ containers: [main], restart = 'Always' }: PodProps): readonly Problem[] {
  if (!main || main.readiness || restart !== 'Always') return [];
  const [port] = portNames(main);
  const probe = port === undefined ? "{ command: ['/ready'] }" : `{ path: '/ready', port: '${port}' }`;
  return [
    {
      code: 'no-readiness-probe',
      problem: `container '${main.name}' has no readiness probe: a rollout would not wait until it works; set readiness, such as ${probe}`,
    },
  ];
}

function metricsProblems(pod: PodProps): readonly Problem[] {
  const { metrics, containers } = pod;
  if (!metrics) return [];
  return [
    portNumber(pod, metrics.port) === undefined &&
      `metrics.port '${metrics.port}' is not a port of a container: ${useOneOf(containers.flatMap(portNames), 'add it to the ports of a container')}`,
    metrics.path !== undefined && absolutePathProblem('metrics.path', metrics.path),
  ];
}

function accountProblems({ serviceAccount }: PodProps, { namespaceName }: NamespaceRef): readonly Problem[] {
  const other = serviceAccount?.namespace?.namespaceName;
  return [
    other !== undefined &&
      other !== namespaceName &&
      `serviceAccount is of namespace '${other}', the pods are in '${namespaceName}': create an account in '${namespaceName}'`,
  ];
}
