import type { Problem } from '../../core/check';
import { duplicates } from '../../core/duplicates';
import { renamedProps, renamedValue } from '../../core/renamed-props';
import { TMP, type ContainerProps, type Resources } from './container';
import { imageProblems, type ImagePolicy } from '../image-policy';
import { nameProblem } from '../object-name';
import { privilegeProblems } from './security';
import { portNumber, type PodProps } from './template';
import type { Probe } from './probe';
import { parseQuantity, quantityProblem } from '../quantity';
import type { Volume } from './volume';

/**
 * The name of a port is an IANA service name. Source: "Service",
 * https://kubernetes.io/docs/concepts/services-networking/service/
 */
const LONGEST_PORT_NAME = 15;

/** The problems of a pod. */
export function podProblems(pod: PodProps, images: ImagePolicy): readonly Problem[] {
  const all = [...(pod.initContainers ?? []), ...pod.containers];
  return [
    ...renamedProps(pod, { spread: 'topologySpread' }),
    pod.containers.length === 0 && 'containers is empty: a pod needs one',
    ...duplicates(all.map(({ name }) => name)).map((name) => `two containers are named '${name}': rename one`),
    ...all.flatMap((container) => containerProblems(container, pod, images)),
    ...readinessProblems(pod),
    pod.metrics &&
      portNumber(pod, pod.metrics.port) === undefined &&
      `metrics.port '${pod.metrics.port}' is not a port of a container: there are ${listed(pod.containers.flatMap(portNames))}`,
    ...privilegeProblems(pod.privileges),
    ...Object.entries(pod.volumes ?? {}).flatMap(volumeProblems),
  ];
}

function containerProblems(container: ContainerProps, pod: PodProps, images: ImagePolicy): readonly Problem[] {
  const subject = `container '${container.name}'`;
  return [
    nameProblem(`${subject} name`, container.name),
    ...imageProblems(images, `${subject} image`, container.image),
    ...renamedProps(container.resources, { storage: 'ephemeralStorage' }, `${subject} `),
    ...resourceProblems(subject, container.resources),
    ...portNames(container).map((name) => nameProblem(`${subject} port`, name, LONGEST_PORT_NAME)),
    ...probeProblems(subject, container),
    ...mountProblems(subject, container, pod),
  ];
}

function resourceProblems(
  subject: string,
  { cpu, memory, memoryLimit = memory, ephemeralStorage }: Resources,
): readonly Problem[] {
  const [request, limit] = [parseQuantity(memory), parseQuantity(memoryLimit)];
  return [
    quantityProblem(`${subject} cpu`, cpu, '200m'),
    quantityProblem(`${subject} memory`, memory, '128Mi'),
    memoryLimit !== memory && quantityProblem(`${subject} memoryLimit`, memoryLimit, '128Mi'),
    ephemeralStorage !== undefined && quantityProblem(`${subject} ephemeralStorage`, ephemeralStorage, '512Mi'),
    request !== undefined &&
      limit !== undefined &&
      request > limit &&
      `${subject} memory (${memory}) exceeds memoryLimit (${memoryLimit}): raise memoryLimit`,
  ];
}

function probeProblems(subject: string, container: ContainerProps): readonly Problem[] {
  const { readiness, liveness, startup } = container;
  return Object.entries({ readiness, liveness, startup }).map(([kind, probe]) => {
    const port = probe && namedPort(probe);
    return (
      port !== undefined &&
      !portNames(container).includes(port) &&
      `${subject} ${kind} probes port '${port}', which it does not have: there are ${listed(portNames(container))}`
    );
  });
}

function namedPort(probe: Probe): string | undefined {
  const port = 'path' in probe ? probe.port : 'tcp' in probe ? probe.tcp : undefined;
  return typeof port === 'string' ? port : undefined;
}

function mountProblems(
  subject: string,
  { mounts = [] }: ContainerProps,
  { volumes = {} }: PodProps,
): readonly Problem[] {
  const known = [...Object.keys(volumes), TMP];
  return mounts.map(
    ({ volume }) =>
      !known.includes(volume) &&
      `${subject} mounts '${volume}', which is not a volume of the pod: there are ${listed(known)}`,
  );
}

function readinessProblems({ containers: [main], restart = 'Always' }: PodProps): readonly Problem[] {
  if (!main || main.readiness || restart !== 'Always') return [];
  return [
    {
      code: 'no-readiness-probe',
      problem: `container '${main.name}' has no readiness probe: a rollout would not wait until it works`,
    },
  ];
}

const RENAMED_VOLUME_KINDS = { empty: 'empty-dir', claim: 'pvc' } as const;

function volumeProblems([name, volume]: [string, Volume]): readonly Problem[] {
  const subject = `volume '${name}'`;
  return [
    nameProblem(`${subject} name`, name),
    renamedValue(`${subject} kind`, volume.kind, RENAMED_VOLUME_KINDS),
    volume.kind === 'empty-dir' && quantityProblem(`${subject} sizeLimit`, volume.sizeLimit, '256Mi'),
    volume.kind === 'claim-template' && quantityProblem(`${subject} size`, volume.size, '20Gi'),
    volume.kind === 'host-path' && {
      code: 'host-path',
      problem: `${subject} is ${volume.path} of the node: remove it`,
    },
  ];
}

export function portNames({ ports = {} }: ContainerProps): string[] {
  return Object.keys(ports);
}

export function listed(names: readonly string[]): string {
  return names.length > 0 ? names.join(', ') : 'none';
}
