import type {
  DeploymentV1SpecTemplateSpecContainer as ContainerBlock,
  DeploymentV1SpecTemplateSpecContainerEnv as EnvBlock,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { escapeTemplate } from '../../core/escape-template';
import { sortedRecord } from '../../core/record';
import { containerSecurityContext, type PodPrivileges } from './security';
import { probeBlock, type Probe } from './probe';
import { mountBlock, type Mount, type Volume } from './volume';

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
    ...(command && { command: command.map(escapeTemplate) }),
    ...(args && { args: args.map(escapeTemplate) }),
    env: Object.entries(env).map(([key, value]) => envBlock(key, value)),
    port: portBlocks(ports),
    resources: {
      requests: { cpu: resources.cpu, memory: resources.memory, 'ephemeral-storage': ephemeralStorage },
      limits: { memory: resources.memoryLimit ?? resources.memory, 'ephemeral-storage': ephemeralStorage },
    },
    ...(readiness && { readinessProbe: probeBlock(readiness) }),
    ...(liveness && { livenessProbe: probeBlock(liveness) }),
    ...(startup && { startupProbe: probeBlock(startup) }),
    ...(preStop && { lifecycle: { preStop: [{ exec: { command: preStop.command.map(escapeTemplate) } }] } }),
    securityContext: containerSecurityContext(privileges),
    volumeMount: [...mounts, ...tmp].map((mount) => mountBlock(mount, volumes[mount.volume])),
  };
}

function envBlock(name: string, value: EnvValue): EnvBlock {
  if (typeof value === 'string') return { name, value: escapeTemplate(value) };
  if ('field' in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
  const { secret, key, presence } = value;
  return { name, valueFrom: { secretKeyRef: { name: secret, key, optional: presence === 'optional' } } };
}

/** By number, then name: their order is part of the pod. */
function portBlocks(ports: NonNullable<ContainerProps['ports']>) {
  return Object.entries(sortedRecord(ports))
    .map(([name, port]) => portBlock(name, port))
    .sort((a, b) => a.containerPort - b.containerPort);
}

function portBlock(name: string, port: number | UdpPort) {
  const { port: containerPort, protocol } = typeof port === 'number' ? { port, protocol: 'TCP' } : port;
  return { name, containerPort, protocol };
}
