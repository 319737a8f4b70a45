import type {
  DeploymentV1SpecTemplateSpecContainer as ContainerBlock,
  DeploymentV1SpecTemplateSpecContainerEnv as EnvBlock,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { sortedRecord } from '../../core/record';
import { anyText, either, integer, list, object, oneOf, optional, record, text } from '../../core/shape';
import { quantity } from '../quantity';
import { byKey } from '../shape-by-key';
import { PROBE, probeBlock, type Probe } from './probe';
import { containerSecurityContext, type PodPrivileges } from './security';
import { MOUNT, mountBlock, type Mount, type Volume } from './volume';

export interface ContainerProps {
  readonly name: string;
  /** As it is published; the image policy may pull it from a mirror. */
  readonly image: string;
  /** @default the image's entry point */
  readonly command?: readonly string[];
  /** @default none */
  readonly args?: readonly string[];
  /**
   * In this order: a value may contain `$(NAME)` of a variable before it.
   * @default none
   */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /**
   * The ports that it listens on, by name; a plain number is TCP.
   * @default none
   */
  readonly ports?: Readonly<Record<string, number | UdpPort>>;
  readonly resources: Resources;
  /** Whether it receives requests. */
  readonly readiness?: Probe;
  /**
   * Whether it is kept running. Probe only what a restart repairs.
   * @default never
   */
  readonly liveness?: Probe;
  /**
   * The other probes begin after it has succeeded.
   * @default none
   */
  readonly startup?: Probe;
  /** @default none besides /tmp */
  readonly mounts?: readonly Mount[];
  /** Runs in the container before it receives SIGTERM. */
  readonly preStop?: { readonly command: readonly string[] };
}

export interface UdpPort {
  readonly port: number;
  readonly protocol: 'UDP';
}

export type EnvValue =
  | string
  | {
      readonly secret: string;
      readonly key: string;
      /** @default 'required': the pod does not start without it */
      readonly presence?: 'required' | 'optional';
    }
  /** A field of the pod: `spec.nodeName`, `metadata.namespace`, `status.podIP`. */
  | { readonly field: string };

/** Requests and limits. There is no CPU limit, which would throttle a container while CPU is idle. */
export interface Resources {
  /** The request, in cores: `200m` is a fifth of one. */
  readonly cpu: string;
  /** Both request and limit: `128Mi`. */
  readonly memory: string;
  /**
   * The limit; above `memory` only where being killed under memory pressure is acceptable.
   * @default memory
   */
  readonly memoryLimit?: string;
  /**
   * What it may write to the node's disk before the pod is evicted: its logs and its root file system.
   * @default 128Mi, and for the first container in addition the size limits of the pod's `empty-dir` volumes
   */
  readonly ephemeralStorage?: string;
}

export const RESOURCES = object<Resources>(
  {
    cpu: quantity('200m'),
    memory: quantity('128Mi'),
    memoryLimit: optional(quantity('256Mi')),
    ephemeralStorage: optional(quantity('512Mi')),
  },
  { expected: 'requests, such as { cpu, memory }', renamed: { storage: 'ephemeralStorage' } },
);

const UDP_PORT = object<UdpPort>({ port: integer, protocol: oneOf('UDP') }, { expected: "{ port, protocol: 'UDP' }" });

type Reference = Extract<EnvValue, object>;

const ENV_VALUE = either(
  anyText,
  byKey<Reference, 'secret' | 'field'>('a reference { secret, key } or { field }', {
    secret: object<Extract<Reference, { readonly secret: string }>>({
      secret: text(),
      key: text(),
      presence: optional(oneOf('required', 'optional')),
    }),
    field: object<Extract<Reference, { readonly field: string }>>({ field: text() }),
  }),
);

const COMMAND = list(anyText, 'a list of texts');

export const CONTAINER_PROPS = object<ContainerProps>(
  {
    name: text(),
    image: text('an image, such as registry/repository:tag'),
    command: optional(COMMAND),
    args: optional(COMMAND),
    env: optional(record(ENV_VALUE, 'an object of values by name')),
    ports: optional(record(either(integer, UDP_PORT), 'an object of ports by name, such as { http: 8080 }')),
    resources: RESOURCES,
    readiness: optional(PROBE),
    liveness: optional(PROBE),
    startup: optional(PROBE),
    mounts: optional(list(MOUNT, 'a list of mounts')),
    preStop: optional(object<NonNullable<ContainerProps['preStop']>>({ command: COMMAND })),
  },
  { expected: 'a container, such as { name, image, resources }' },
);

export interface ContainerContextProps {
  readonly privileges: PodPrivileges;
  readonly volumes: Readonly<Record<string, Volume>>;
  /** The image to pull. */
  readonly pulledImage: string;
  readonly ephemeralStorage: string;
}

/** The volume that is mounted at /tmp, since the root file system is read-only. */
export const TMP = 'tmp';

export function containerBlock(
  container: ContainerProps,
  { privileges, volumes, pulledImage, ephemeralStorage }: ContainerContextProps,
): ContainerBlock {
  const { name, command, args, env = {}, ports = {}, resources, mounts = [] } = container;
  const { readiness, liveness, startup, preStop } = container;
  const tmp = TMP in volumes ? [{ volume: TMP, path: '/tmp' }] : [];
  return {
    name,
    image: pulledImage,
    imagePullPolicy: 'IfNotPresent',
    ...(command && { command: [...command] }),
    ...(args && { args: [...args] }),
    env: Object.entries(env).map(([key, value]) => envBlock(key, value)),
    port: portBlocks(ports),
    resources: {
      requests: { cpu: resources.cpu, memory: resources.memory, 'ephemeral-storage': ephemeralStorage },
      limits: { memory: resources.memoryLimit ?? resources.memory, 'ephemeral-storage': ephemeralStorage },
    },
    ...(readiness && { readinessProbe: probeBlock(readiness) }),
    ...(liveness && { livenessProbe: probeBlock(liveness) }),
    ...(startup && { startupProbe: probeBlock(startup) }),
    ...(preStop && { lifecycle: { preStop: [{ exec: { command: [...preStop.command] } }] } }),
    securityContext: containerSecurityContext(privileges),
    volumeMount: [...mounts, ...tmp].map((mount) => mountBlock(mount, volumes[mount.volume])),
  };
}

function envBlock(name: string, value: EnvValue): EnvBlock {
  if (typeof value === 'string') return { name, value };
  if ('field' in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
  const { secret, key, presence } = value;
  return { name, valueFrom: { secretKeyRef: { name: secret, key, optional: presence === 'optional' } } };
}

export function portNames({ ports = {} }: ContainerProps): string[] {
  return Object.keys(ports);
}

/** By number, then name: their order is part of the pod. */
function portBlocks(ports: NonNullable<ContainerProps['ports']>) {
  return Object.entries(sortedRecord(ports))
    .map(([name, port]) => portBlock(name, port))
    .sort((a, b) => a.containerPort - b.containerPort);
}

function portBlock(name: string, port: number | UdpPort) {
  const { port: containerPort, protocol } = numberAndProtocol(port);
  return { name, containerPort, protocol };
}

export function numberAndProtocol(port: number | UdpPort): { readonly port: number; readonly protocol: 'TCP' | 'UDP' } {
  return typeof port === 'number' ? { port, protocol: 'TCP' } : port;
}
