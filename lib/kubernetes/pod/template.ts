import type {
  DeploymentV1SpecTemplate,
  DeploymentV1SpecTemplateSpecAffinity as AffinityBlock,
  DeploymentV1SpecTemplateSpecTopologySpreadConstraint as SpreadBlock,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { Token } from 'cdktf';
import { sortedRecord } from '../../core/record';
import { anyText, construct, integer, list, object, oneOf, optional, record, text } from '../../core/shape';
import { CONTAINER_PROPS, containerBlock, TMP, type ContainerProps } from './container';
import { mirrored, type ImagePolicy } from '../image-policy';
import { parseImage } from '../image-ref';
import { ANNOTATIONS, APP_IDENTITY, labels, LABELS, selector, type AppIdentity, type Labels } from '../labels';
import { nodeAffinity, nodeSelector, PLACEMENT, tolerationBlocks, type Placement } from './placement';
import { POD_PRIVILEGES, POD_USER, podSecurityContext, type PodPrivileges, type PodUser } from './security';
import { parseQuantity } from '../quantity';
import type { ServiceAccount } from '../service-account';
import { VOLUME, volumeBlock, type Volume } from './volume';

/** What pods are made of, whatever controller runs them. */
export interface PodProps {
  readonly identity: AppIdentity;
  /** The first is the main one. */
  readonly containers: readonly ContainerProps[];
  /**
   * Run to completion, one after the other, before the others start.
   * @default none
   */
  readonly initContainers?: readonly ContainerProps[];
  /**
   * The identity of the pods at the API server.
   * @default the namespace's default account, without its token
   */
  readonly serviceAccount?: ServiceAccount;
  /** @default none besides /tmp */
  readonly volumes?: Readonly<Record<string, Volume>>;
  /** @default 65532 */
  readonly runAs?: PodUser;
  /** @default none: the restricted level */
  readonly privileges?: PodPrivileges;
  /** @default any node without taints */
  readonly placement?: Placement;
  /** `PriorityClass.priorityClassId`, or one of Kubernetes' own classes. */
  readonly priorityClass?: string;
  /**
   * `soft`: evenly over zones and nodes where there is room; `node`: never two on one node, and evenly over zones where there
   * is room.
   * @default 'soft'; 'none' for jobs, and always for a DaemonSet
   */
  readonly topologySpread?: 'soft' | 'node' | 'none';
  /**
   * From SIGTERM to SIGKILL.
   * @default 30
   */
  readonly terminationGraceSeconds?: number;
  /**
   * Where Prometheus scrapes metrics: a container's port, by name, and a path. The port is open to the scrapers of
   * `provideTrafficPeers`.
   * @default none
   */
  readonly metrics?: { readonly port: string; readonly path?: string };
  /**
   * `ConfigFiles.hash`, so that changed files replace the pods. Leave it out for a program that reloads its files.
   * @default none
   */
  readonly configHash?: string;
  /** @default none besides those of the props above */
  readonly annotations?: Readonly<Record<string, string>>;
  /** @default none besides the recommended ones */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default 'Always'; 'Never' for jobs */
  readonly restart?: 'Always' | 'OnFailure' | 'Never';
}

const CONTAINERS = list(CONTAINER_PROPS, 'a list of containers');

export const POD_PROPS = object<PodProps>({
  identity: APP_IDENTITY,
  containers: CONTAINERS,
  initContainers: optional(CONTAINERS),
  serviceAccount: optional(construct<ServiceAccount>('a service account, such as new ServiceAccount(...)')),
  volumes: optional(record(VOLUME, 'an object of volumes by name')),
  runAs: optional(POD_USER),
  privileges: optional(POD_PRIVILEGES),
  placement: optional(PLACEMENT),
  priorityClass: optional(text()),
  topologySpread: optional(oneOf('soft', 'node', 'none')),
  terminationGraceSeconds: optional(integer),
  metrics: optional(
    object<NonNullable<PodProps['metrics']>>({ port: text('the name of a port'), path: optional(text()) }),
  ),
  configHash: optional(anyText),
  annotations: optional(ANNOTATIONS),
  labels: optional(LABELS),
  restart: optional(oneOf('Always', 'OnFailure', 'Never')),
});

/**
 * The pod template of any of the provider's controllers, whose types all have this structure.
 */
export type PodTemplate = DeploymentV1SpecTemplate;

/**
 * With Kubernetes' default of 5, a name with fewer dots is first looked up in each of the cluster's search domains. Most names
 * outside of the cluster have two.
 */
const DNS_NDOTS = '2';
const TMP_SIZE = '64Mi';
/** The kubelet keeps five log files of 10 MiB for each container. */
const CONTAINER_STORAGE_MIB = 128;
const MIB = 2 ** 20;
const ZONE = 'topology.kubernetes.io/zone';
const NODE = 'kubernetes.io/hostname';
const DEFAULT_GRACE_SECONDS = 30;

/** The version defaults to the tag of the main image. */
export function podLabels({ identity, containers: [main] }: Pick<PodProps, 'identity' | 'containers'>): Labels {
  return labels({
    version: main && !Token.isUnresolved(main.image) ? parseImage(main.image)?.tag : undefined,
    ...identity,
  });
}

/** Expects props without problems: see `podProblems`. */
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
      // They would be environment variables for each Service of the namespace: thousands of them prevent a start.
      enableServiceLinks: false,
      ...(pod.restart && { restartPolicy: pod.restart }),
      ...(pod.priorityClass && { priorityClassName: pod.priorityClass }),
      terminationGracePeriodSeconds: pod.terminationGraceSeconds ?? DEFAULT_GRACE_SECONDS,
      // On the node's network the default is the node's resolver, which resolves no Service.
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

/** An update in place keeps the account of the last apply where none is written, though it may be deleted by then. */
const DEFAULT_ACCOUNT = 'default';

/** The template for a controller whose pods are updated in place. */
export function updatableTemplate({ metadata, spec }: PodTemplate): PodTemplate {
  return { metadata, spec: { serviceAccountName: DEFAULT_ACCOUNT, ...spec } };
}

/** In one order, whatever that of the props: it is part of the template. */
export function allVolumes({
  volumes,
  privileges,
}: Pick<PodProps, 'volumes' | 'privileges'>): Readonly<Record<string, Volume>> {
  const sorted = sortedRecord(volumes);
  return privileges?.writableRoot ? sorted : { [TMP]: { kind: 'empty-dir', sizeLimit: TMP_SIZE }, ...sorted };
}

/** `empty-dir` volumes count towards the limits of their pod's containers. */
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

/** The number of a container's port; undefined where no container has such a port. */
export function portNumber({ containers }: Pick<PodProps, 'containers'>, name: string): number | undefined {
  const port = containers
    .map(({ ports = {} }) => (Object.hasOwn(ports, name) ? ports[name] : undefined))
    .find((found) => found !== undefined);
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
