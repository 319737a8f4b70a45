import { Token } from 'cdktf';
import type { Problem } from '../../core/check';
import { repetitions } from '../../core/duplicates';
import { imageProblems, type ImagePolicy } from '../image-policy';
import { isQualifiedName } from '../metadata';
import { nameProblem, subdomainProblem } from '../object-name';
import { portKeyProblem, portNumberProblem } from '../port';
import { bytesProblem, cpuProblem, parseQuantity, sizeProblem } from '../quantity';
import { useOneOf } from '../use-one-of';
import { numberAndProtocol, portNames, TMP, type ContainerProps, type EnvValue, type Resources } from './container';
import { absolutePathProblem } from './paths';
import { probedPort, probeProblems, type Probe } from './probe';
import { allVolumes, type PodProps } from './template';
import type { Volume } from './volume';

export function containerProblems(container: ContainerProps, pod: PodProps, images: ImagePolicy): readonly Problem[] {
  const subject = `container '${container.name}'`;
  const { env = {}, ports = {}, preStop } = container;
  return [
    nameProblem(`${subject} name`, container.name),
    ...imageProblems(images, `${subject} image`, container.image),
    ...resourceProblems(subject, container.resources),
    ...Object.entries(env).flatMap(([name, value]) => envProblems(subject, name, value)),
    ...Object.entries(ports).flatMap(([name, port]) => [
      portKeyProblem(`${subject} port`, name),
      portNumberProblem(`${subject} port '${name}'`, numberAndProtocol(port).port),
    ]),
    ...probesProblems(subject, container, pod),
    preStop?.command.length === 0 && `${subject} preStop.command is empty: write the program and its arguments`,
    ...mountProblems(subject, container, pod),
  ];
}

/** Less is a number without its unit: no program starts with it. A limit of zero is none. */
const SMALLEST_MEMORY = 2 ** 20;

function resourceProblems(
  subject: string,
  { cpu, memory, memoryLimit = memory, ephemeralStorage }: Resources,
): readonly Problem[] {
  const [request, limit] = [parseQuantity(memory), parseQuantity(memoryLimit)];
  return [
    cpuProblem(`${subject} cpu`, cpu),
    memoryProblem(`${subject} memory`, memory),
    memoryLimit !== memory && memoryProblem(`${subject} memoryLimit`, memoryLimit),
    ephemeralStorage !== undefined && sizeProblem(`${subject} ephemeralStorage`, ephemeralStorage, '512Mi'),
    request !== undefined &&
      limit !== undefined &&
      request > limit &&
      `${subject} memory (${memory}) exceeds memoryLimit (${memoryLimit}): raise memoryLimit`,
  ];
}

function memoryProblem(prop: string, text: string): Problem {
  const bytes = Token.isUnresolved(text) ? undefined : parseQuantity(text);
  return (
    (bytes !== undefined &&
      Number.isInteger(bytes) &&
      bytes < SMALLEST_MEMORY &&
      `${prop} '${text}' is ${bytes} bytes, with which no program starts: add the unit, such as 128Mi`) ||
    bytesProblem(prop, text, '128Mi')
  );
}

/** Source: "Define Environment Variables", https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/ */
const ENV_NAME = /^[ -<>-~]+$/;
/** Source: "Downward API", https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ */
const FIELD =
  /^(metadata\.(name|namespace|uid|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;
function isField(field: string): boolean {
  const [key] = /(?<=\[').*(?='\])/.exec(field) ?? [];
  return (
    FIELD.test(field) && (key === undefined || isQualifiedName(field.includes('annotations') ? key.toLowerCase() : key))
  );
}

const SECRET_KEY = /^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/;

function envProblems(subject: string, name: string, value: EnvValue): readonly Problem[] {
  const prop = `${subject} env.${name}`;
  const nameOf =
    !Token.isUnresolved(name) &&
    !ENV_NAME.test(name) &&
    `${subject} env has '${name}': use ASCII characters without '='`;
  if (typeof value === 'string') return [nameOf];
  if ('field' in value) {
    const { field } = value;
    return [
      nameOf,
      !Token.isUnresolved(field) &&
        !isField(field) &&
        `${prop}.field '${field}' is not a field that a variable may have: use one such as metadata.name, metadata.labels['key'], spec.nodeName or status.podIP`,
    ];
  }
  return [
    nameOf,
    subdomainProblem(`${prop}.secret`, value.secret),
    !Token.isUnresolved(value.key) &&
      !SECRET_KEY.test(value.key) &&
      `${prop}.key '${value.key}' is not a key of a Secret: use letters, digits, '-', '_' and '.'`,
  ];
}

function probesProblems(subject: string, container: ContainerProps, pod: PodProps): readonly Problem[] {
  const { readiness, liveness, startup } = container;
  return Object.entries({ readiness, liveness, startup }).flatMap(([kind, probe]) =>
    probe
      ? [...probeProblems(`${subject} ${kind}`, probe), ...probedPortProblems(subject, kind, probe, container, pod)]
      : [],
  );
}

/** A number may be that of another container, or of none where the container lists no port. */
function probedPortProblems(
  subject: string,
  kind: string,
  probe: Probe,
  container: ContainerProps,
  pod: PodProps,
): readonly Problem[] {
  const port = probedPort(probe);
  if (port === undefined || Token.isUnresolved(port)) return [];
  const own = Object.entries(container.ports ?? {});
  const numbers = pod.containers
    .flatMap(({ ports = {} }) => Object.values(ports))
    .map((one) => numberAndProtocol(one).port);
  if (typeof port === 'string') {
    return [
      !portNames(container).includes(port) &&
        `${subject} ${kind} probes port '${port}', which it does not have: ${useOneOf(portNames(container), 'add it to ports')}`,
    ];
  }
  return [
    own.length > 0 &&
      !numbers.includes(port) &&
      `${subject} ${kind} probes port ${port}, which no container has: ${useOneOf(
        own.map(([name, one]) => `${name} (${numberAndProtocol(one).port})`),
        'add it to ports',
      )}`,
  ];
}

/** They are never writable. */
const READ_ONLY: ReadonlySet<Volume['kind']> = new Set(['config-map', 'secret']);

function mountProblems(subject: string, { mounts = [] }: ContainerProps, pod: PodProps): readonly Problem[] {
  const volumes = allVolumes(pod);
  const names = [...new Set([...Object.keys(pod.volumes ?? {}), ...Object.keys(volumes)])];
  const paths = [...mounts.map(({ path }) => path), ...(TMP in volumes ? ['/tmp'] : [])];
  return [
    ...mounts.flatMap(({ volume, path, access, subPath }) => {
      const prop = `${subject} mount '${path}'`;
      const kind = Object.hasOwn(volumes, volume) ? volumes[volume]?.kind : undefined;
      return [
        kind === undefined &&
          `${subject} mounts '${volume}', which is not a volume of the pod: ${useOneOf(names, 'add it to volumes')}`,
        absolutePathProblem(`${subject} mount`, path),
        /^\/+$/.test(path) && `${prop} hides the image, so that no program is found: write a directory in it`,
        !Token.isUnresolved(path) &&
          path.includes(':') &&
          `${prop} has a ':', which a path must not contain: rename it`,
        kind &&
          READ_ONLY.has(kind) &&
          access === 'read-write' &&
          `${prop} is 'read-write', a ${kind} is never writable: leave access out, or use an empty-dir`,
        subPath !== undefined &&
          !Token.isUnresolved(subPath) &&
          // The provider looks for '..' anywhere.
          (subPath.startsWith('/') || subPath.includes('..')) &&
          `${prop} has subPath '${subPath}': write it without '/' at the start and without '..'`,
      ];
    }),
    ...repetitions(paths, (path) => path.replace(/(?<=.)\/+$/, '')).map(({ second }) =>
      second === '/tmp'
        ? `${subject} mounts '/tmp' itself, where volume '${TMP}' is mounted: leave the mount out, and name the volume '${TMP}' for another one`
        : `${subject} mounts '${second}' twice: leave one out`,
    ),
  ];
}
