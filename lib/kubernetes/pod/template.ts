import type {
  DeploymentV1SpecTemplate,
  DeploymentV1SpecTemplateSpecAffinity as AffinityBlock,
  DeploymentV1SpecTemplateSpecTopologySpreadConstraint as SpreadBlock,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { Token } from 'cdktf';
import { containerBlock, TMP, type ContainerProps } from './container';
import { mirrored, type ImagePolicy } from '../image-policy';
import { parseImage } from '../image-ref';
import { labels, selector, type AppIdentity, type Labels } from '../labels';
import { nodeAffinity, nodeSelector, tolerationBlocks, type Placement } from './placement';
import { podSecurityContext, type PodPrivileges, type PodUser } from './security';
import { parseQuantity } from '../quantity';
import type { ServiceAccount } from '../service-account';
import { volumeBlock, type Volume } from './volume';

/** What every pod is made from, of an add-on or of a team, whatever controller runs it. */
export interface PodProps {
  readonly identity: AppIdentity;
  /** The first is the main one. */
  readonly containers: readonly ContainerProps[];
  /**
   * Run one after the other before the others start.
   * @default none
   */
  readonly initContainers?: readonly ContainerProps[];
  /**
   * What the pods are towards the API server.
   * @default the namespace's default account, without its token
   */
  readonly serviceAccount?: ServiceAccount;
  /** @default none but /tmp */
  readonly volumes?: Readonly<Record<string, Volume>>;
  /** @default 65532 */
  readonly runAs?: PodUser;
  /** @default none: the restricted level */
  readonly privileges?: PodPrivileges;
  /** @default any node without taints */
  readonly placement?: Placement;
  /** `PriorityClass.priorityClassId`, or a class of the system's. */
  readonly priorityClass?: string;
  /**
   * How the pods keep apart: `soft` evenly over zones and nodes as far as there is room; `node` never two on one node,
   * and evenly over zones; `none` for a DaemonSet and for pods that run once.
   * @default 'soft'
   */
  readonly topologySpread?: 'soft' | 'node' | 'none';
  /**
   * From being told to stop to being killed.
   * @default 30
   */
  readonly terminationGraceSeconds?: number;
  /**
   * Where Prometheus finds metrics: a port of a container, by name.
   * @default none
   */
  readonly metrics?: { readonly port: string; readonly path?: string };
  /**
   * `ConfigFiles.hash`, so that a change of configuration replaces the pods. For a program that reloads by itself: leave out.
   * @default none
   */
  readonly configHash?: string;
  /** @default none but those above */
  readonly annotations?: Readonly<Record<string, string>>;
  /** @default none but the recommended ones */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default 'Always' */
  readonly restart?: 'Always' | 'OnFailure' | 'Never';
}

/**
 * The pod template of every controller that the provider has: their types have one structure. Assign it to
 * `spec.template`, also of a StatefulSet, a DaemonSet or a Job.
 */
export type PodTemplate = DeploymentV1SpecTemplate;

/** Lookups of a name in a cluster's domain first try five others. Two dots are in every name outside of it. */
const DNS_NDOTS = '2';
const TMP_SIZE = '64Mi';
/** A kubelet keeps five log files of 10 MiB for each container. */
const CONTAINER_STORAGE_MIB = 128;
const MIB = 2 ** 20;
const ZONE = 'topology.kubernetes.io/zone';
const NODE = 'kubernetes.io/hostname';
const DEFAULT_GRACE_SECONDS = 30;

/** Without a version of its own, a pod has its main image's. */
export function podLabels({ identity, containers: [main] }: Pick<PodProps, 'identity' | 'containers'>): Labels {
  return labels({
    version: main && !Token.isUnresolved(main.image) ? parseImage(main.image)?.tag : undefined,
    ...identity,
  });
}

/** Decides nothing about mistakes: `podProblems` does. */
export function podTemplate(pod: PodProps, images: ImagePolicy): PodTemplate {
  const { privileges = {}, placement = {}, serviceAccount } = pod;
  const volumes = allVolumes(pod);
  const containers = (all: readonly ContainerProps[]) =>
    all.map((one) =>
      containerBlock(one, {
        privileges,
        volumes,
        pulledImage: mirrored(images, one.image),
        ephemeralStorage: one.resources.ephemeralStorage ?? ephemeralStorage(one === pod.containers[0] ? volumes : {}),
      }),
    );
  return {
    metadata: { labels: { ...pod.labels, ...podLabels(pod) }, annotations: annotations(pod) },
    spec: {
      ...(serviceAccount && { serviceAccountName: serviceAccount.serviceAccountId }),
      automountServiceAccountToken: serviceAccount?.hasToken ?? false,
      // One environment variable for each Service of the namespace, and a start that fails where there are thousands.
      enableServiceLinks: false,
      ...(pod.restart && { restartPolicy: pod.restart }),
      ...(pod.priorityClass && { priorityClassName: pod.priorityClass }),
      terminationGracePeriodSeconds: pod.terminationGraceSeconds ?? DEFAULT_GRACE_SECONDS,
      // With the node's network, the node's resolver is the default: it knows no Service.
      ...(privileges.hostNetwork && { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }),
      ...(privileges.hostPid && { hostPid: true }),
      dnsConfig: { option: [{ name: 'ndots', value: DNS_NDOTS }] },
      nodeSelector: nodeSelector(placement),
      affinity: affinity(pod),
      toleration: tolerationBlocks(placement),
      topologySpreadConstraint: spreadBlocks(pod),
      securityContext: podSecurityContext(pod.runAs, privileges),
      initContainer: containers(pod.initContainers ?? []),
      container: containers(pod.containers),
      volume: Object.entries(volumes).flatMap(([name, volume]) => volumeBlock(name, volume) ?? []),
    },
  };
}

function allVolumes({ volumes = {}, privileges }: PodProps): Readonly<Record<string, Volume>> {
  return privileges?.writableRoot ? volumes : { [TMP]: { kind: 'empty-dir', sizeLimit: TMP_SIZE }, ...volumes };
}

/** An `empty-dir` volume counts against the containers of its pod. */
function ephemeralStorage(volumes: Readonly<Record<string, Volume>>): string {
  const sizes = Object.values(volumes).map((volume) =>
    volume.kind === 'empty-dir' && volume.medium !== 'memory' ? (parseQuantity(volume.sizeLimit) ?? 0) : 0,
  );
  return `${CONTAINER_STORAGE_MIB + Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / MIB)}Mi`;
}

function annotations(pod: PodProps): Record<string, string> {
  const { metrics, configHash } = pod;
  return {
    ...(metrics && {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(portNumber(pod, metrics.port)),
      'prometheus.io/path': metrics.path ?? '/metrics',
    }),
    ...(configHash !== undefined && { 'checksum/config': configHash }),
    ...pod.annotations,
  };
}

/** The number of a container's port; undefined where no container has it. */
export function portNumber({ containers }: Pick<PodProps, 'containers'>, name: string): number | undefined {
  const port = containers.map(({ ports = {} }) => ports[name]).find((found) => found !== undefined);
  return typeof port === 'object' ? port.port : port;
}

function spreadBlocks({ identity, topologySpread = 'soft' }: PodProps): SpreadBlock[] {
  if (topologySpread === 'none') return [];
  const evenlyOver = (topologyKey: string): SpreadBlock => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: [{ matchLabels: { ...selector(identity) } }],
  });
  return topologySpread === 'node' ? [evenlyOver(ZONE)] : [evenlyOver(ZONE), evenlyOver(NODE)];
}

function affinity({ identity, topologySpread, placement = {} }: PodProps): AffinityBlock | undefined {
  const nodes = nodeAffinity(placement);
  if (topologySpread !== 'node') return nodes;
  const apart = { topologyKey: NODE, labelSelector: [{ matchLabels: { ...selector(identity) } }] };
  return { ...nodes, podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } };
}
