import type {
  DeploymentV1SpecTemplateSpecContainer as ContainerBlock,
  DeploymentV1SpecTemplateSpecContainerEnv as EnvBlock,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { escapeTemplate } from '../../core/escape-template';
import { containerSecurityContext, type PodPrivileges } from './security';
import { probeBlock, type Probe } from './probe';
import { mountBlock, type Mount, type Volume } from './volume';

export interface ContainerProps {
  readonly name: string;
  /** As it is published; the image policy says where it is pulled from. */
  readonly image: string;
  /** @default the image's entry point */
  readonly command?: readonly string[];
  /** @default none */
  readonly args?: readonly string[];
  /** @default none */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /**
   * What it listens on, by name; a number alone is TCP.
   * @default nothing
   */
  readonly ports?: Readonly<Record<string, number | UdpPort>>;
  readonly resources: Resources;
  /** Whether it may be sent requests. */
  readonly readiness?: Probe;
  /**
   * Whether it must be restarted. Ask for what only a restart mends.
   * @default never
   */
  readonly liveness?: Probe;
  /**
   * Until it succeeds the others are not asked.
   * @default none
   */
  readonly startup?: Probe;
  /** @default none but /tmp */
  readonly mounts?: readonly Mount[];
  /** What the container is told before it is stopped. */
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
      /** @default 'required': the pod waits for it */
      readonly presence?: 'required' | 'optional';
    }
  /** Of the pod: `spec.nodeName`, `metadata.namespace`, `status.podIP`. */
  | { readonly field: string };

/** What the scheduler sets aside. There is no limit of CPU: a limit slows a program down beside an idle processor. */
export interface Resources {
  /** In cores: `200m` is a fifth of one. */
  readonly cpu: string;
  /** Both asked for and the most that it gets: `128Mi`. */
  readonly memory: string;
  /**
   * The most that it gets; more than `memory` only where being killed in need is acceptable.
   * @default memory
   */
  readonly memoryLimit?: string;
  /**
   * What it may write to the node's disk before the pod is evicted: its log files, and its own file system.
   * @default 128Mi; more, for the first container, by the size limits of the pod's `empty-dir` volumes
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

/** The volume that stands in for the writable folder of a read-only file system. */
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
    port: Object.entries(ports).map(([portName, port]) => portBlock(portName, port)),
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

function portBlock(name: string, port: number | UdpPort) {
  const { port: containerPort, protocol } = typeof port === 'number' ? { port, protocol: 'TCP' } : port;
  return { name, containerPort, protocol };
}
