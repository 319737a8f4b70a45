import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { check, type Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { renamedProps } from '../core/renamed-props';
import { budgetBound, controllerProblems, JOB_DEFAULTS, type Controller } from './controllers/controller';
import { imagePolicy } from './image-policy';
import { labels, selector, type Labels } from './labels';
import { namespaceId, type NamespaceRef } from './namespace-ref';
import { NetworkPolicy, RENAMED_DIRECTIONS, toDns, type PodSelection, type TrafficRule } from './network-policy';
import { listed, podProblems, portNames } from './pod/problems';
import { PodController } from './controllers/pod-controller';
import { podLabels, podTemplate, portNumber, type PodProps } from './pod/template';
import { canonicalQuantity } from './quantity';
import { trafficPeers, type TrafficPeers } from './traffic-peers';
import type { Volume } from './pod/volume';

export type { Controller } from './controllers/controller';

export interface WorkloadProps extends PodProps {
  readonly namespace: NamespaceRef;
  /** @default identity.instance, or identity.name */
  readonly name?: string;
  readonly controller: Controller;
  /**
   * Ports of the containers, by name, that take requests from outside of the cluster: they are open to the request sources of
   * `provideTrafficPeers`.
   * @default none
   */
  readonly requestPorts?: readonly string[];
  /**
   * Who else may reach the pods. The port of `metrics` is open to the scrapers of `provideTrafficPeers`.
   * @default no peer
   */
  readonly ingress?: readonly TrafficRule[];
  /**
   * What the pods may reach, besides DNS.
   * @default nothing
   */
  readonly egress?: readonly TrafficRule[];
}

/** Longer than any image takes to pull, shorter than the time in which Terraform gives up without a reason. */
const PROGRESS_DEADLINE_SECONDS = 480;
const TIMEOUT = '10m';
/** Old revisions to go back to. */
const REVISIONS = 3;
const JOB_DEADLINE_SECONDS = 3600;
/** A run that could not start by then is left out: after 100 of them Kubernetes would start no more. */
const START_DEADLINE_SECONDS = 300;
/** Runs whose pods and logs can still be looked at. */
const HISTORY_LIMITS = { successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 3 };

/** Pods with their disruption budget and network policy. */
export class Workload extends Construct implements PodSelection {
  readonly workload: PodController;
  readonly disruptionBudget?: PodDisruptionBudgetV1;
  /** Undefined for pods on the node's network, for which no policy holds. */
  readonly networkPolicy?: NetworkPolicy;
  readonly namespace: NamespaceRef;
  /** The labels of its pods. */
  readonly selector: Labels;
  private readonly name: string;

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    this.name = props.name ?? props.identity.instance ?? props.identity.name;
    this.namespace = props.namespace;
    this.selector = selector(props.identity);
    const peers = trafficPeers(this);
    const pod = props.controller.kind === 'cron-job' ? { ...JOB_DEFAULTS, ...props } : props;
    check(
      this,
      ...renamedProps(props, RENAMED_DIRECTIONS),
      ...controllerProblems(this.name, props),
      ...podProblems(pod, imagePolicy(this)),
      ...trafficProblems(props, peers),
    );

    if (!props.privileges?.hostNetwork) this.networkPolicy = this.addNetworkPolicy(props, peers);
    this.workload = this.addController(props);
    this.disruptionBudget = this.addDisruptionBudget(props);
    dependsOn(this.workload, ...(props.serviceAccount?.access ?? []));
  }

  private addController(props: WorkloadProps): PodController {
    const { controller } = props;
    if (controller.kind === 'deployment') return this.addDeployment(props, controller);
    if (controller.kind === 'stateful-set') return this.addStatefulSet(props, controller);
    if (controller.kind === 'daemon-set') return this.addDaemonSet(props, controller);
    return this.addCronJob(props, controller);
  }

  private addDeployment(props: WorkloadProps, controller: Controller & { kind: 'deployment' }): PodController {
    const deployment = new PodController(this, 'deployment', 'kubernetes_deployment_v1', {
      metadata: this.metadata(props),
      spec: {
        ...this.commonSpec(props, controller),
        replicas: String(controller.replicas),
        progressDeadlineSeconds: PROGRESS_DEADLINE_SECONDS,
        strategy:
          controller.update === 'recreate'
            ? { type: 'Recreate' }
            : { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '0' } },
      },
      timeouts: { create: TIMEOUT, update: TIMEOUT },
    });
    acknowledgeScanner(deployment, props);
    return deployment;
  }

  private addStatefulSet(props: WorkloadProps, controller: Controller & { kind: 'stateful-set' }): PodController {
    const claims = claimTemplates(props.volumes);
    return new PodController(this, 'stateful-set', 'kubernetes_stateful_set_v1', {
      metadata: this.metadata(props),
      spec: {
        ...this.commonSpec(props, controller),
        replicas: String(controller.replicas),
        serviceName: controller.serviceId,
        podManagementPolicy: controller.podManagement === 'parallel' ? 'Parallel' : 'OrderedReady',
        updateStrategy: [{ type: 'RollingUpdate', rollingUpdate: [{ partition: 0 }] }],
        volumeClaimTemplate: claims,
        ...(claims.length > 0 && {
          persistentVolumeClaimRetentionPolicy: [
            { whenDeleted: controller.claimsOnDelete === 'delete' ? 'Delete' : 'Retain', whenScaled: 'Retain' },
          ],
        }),
      },
      timeouts: { create: TIMEOUT, update: TIMEOUT },
    });
  }

  private addDaemonSet(props: WorkloadProps, controller: Controller & { kind: 'daemon-set' }): PodController {
    const rollingUpdate =
      controller.update === 'surge' ? { maxSurge: '1', maxUnavailable: '0' } : { maxSurge: '0', maxUnavailable: '1' };
    return new PodController(this, 'daemon-set', 'kubernetes_daemon_set_v1', {
      metadata: this.metadata(props),
      spec: {
        ...this.commonSpec({ ...props, topologySpread: 'none' }, controller),
        strategy: { type: 'RollingUpdate', rollingUpdate },
      },
      // The provider's wait for a DaemonSet looks at the number of scheduled pods only, and that once.
      waitForRollout: false,
    });
  }

  private addCronJob(props: WorkloadProps, controller: Controller & { kind: 'cron-job' }): PodController {
    const { schedule, timeZone = 'Etc/UTC', deadlineSeconds = JOB_DEADLINE_SECONDS, retries = 0 } = controller;
    const template = podTemplate({ ...JOB_DEFAULTS, ...props }, imagePolicy(this));
    return new PodController(this, 'cron-job', 'kubernetes_cron_job_v1', {
      metadata: this.metadata(props),
      spec: {
        schedule,
        timezone: timeZone,
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: START_DEADLINE_SECONDS,
        ...HISTORY_LIMITS,
        jobTemplate: {
          metadata: { labels: { ...podLabels(props) } },
          spec: { activeDeadlineSeconds: deadlineSeconds, backoffLimit: retries, template },
        },
      },
    });
  }

  private metadata(props: WorkloadProps) {
    return { name: this.name, namespace: namespaceId(props.namespace), labels: { ...podLabels(props) } };
  }

  private commonSpec(props: WorkloadProps, { minReadySeconds = 0 }: { readonly minReadySeconds?: number }) {
    return {
      minReadySeconds,
      revisionHistoryLimit: REVISIONS,
      selector: { matchLabels: { ...this.selector } },
      template: podTemplate(props, imagePolicy(this)),
    };
  }

  private addDisruptionBudget({ namespace, identity, controller }: WorkloadProps): PodDisruptionBudgetV1 | undefined {
    const bound = budgetBound(controller);
    if (!bound) return undefined;
    return new PodDisruptionBudgetV1(this, 'disruption-budget', {
      metadata: { name: this.name, namespace: namespaceId(namespace), labels: { ...labels(identity) } },
      spec: { ...bound, selector: { matchLabels: { ...this.selector } } },
    });
  }

  private addNetworkPolicy(props: WorkloadProps, peers?: TrafficPeers): NetworkPolicy {
    const { namespace, metrics, requestPorts = [], ingress = [], egress = [] } = props;
    return new NetworkPolicy(this, 'network-policy', {
      namespace,
      name: this.name,
      pods: this.selector,
      ingress: [
        ...ingress,
        ...openTo(peers?.requestSources, requestPorts),
        ...openTo(peers?.scrapers, metrics ? [metrics.port] : []),
      ],
      egress: [toDns(), ...egress],
    });
  }
}

/** No rule at all where there is no port or no peer: Kubernetes takes an empty list for any. */
function openTo(peers: TrafficRule['peers'] = [], ports: readonly string[]): TrafficRule[] {
  return peers.length > 0 && ports.length > 0 ? [{ peers, ports }] : [];
}

function trafficProblems(props: WorkloadProps, peers?: TrafficPeers): Problem[] {
  const { requestPorts = [], metrics, containers, privileges } = props;
  const opened = peers || privileges?.hostNetwork ? {} : { requestPorts: requestPorts[0], metrics };
  return [
    ...requestPorts.map(
      (port) =>
        portNumber(props, port) === undefined &&
        `requestPorts has '${port}', which is not a port of a container: there are ${listed(containers.flatMap(portNames))}`,
    ),
    ...Object.entries(opened).map(
      ([prop, used]) =>
        used !== undefined &&
        `${prop} needs to know its peers: call provideTrafficPeers(stack, { scrapers, requestSources }) first`,
    ),
  ];
}

function claimTemplates(volumes: Readonly<Record<string, Volume>> = {}) {
  return Object.entries(volumes).flatMap(([name, volume]) =>
    volume.kind === 'claim-template'
      ? [
          {
            metadata: { name },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: volume.storageClass,
              resources: { requests: { storage: canonicalQuantity(volume.size) } },
            },
          },
        ]
      : [],
  );
}

/** What the scanner asks of Deployments (it looks at no other controller) and is not done here. */
function acknowledgeScanner(deployment: PodController, { containers }: WorkloadProps): void {
  acknowledge(deployment, 'CKV_K8S_11', 'A limit of CPU slows a program down beside an idle processor');
  acknowledge(deployment, 'CKV_K8S_15', 'An image never changes under its tag, and a node has it without its registry');
  if (containers.some(({ liveness }) => !liveness)) {
    acknowledge(deployment, 'CKV_K8S_8', 'It has nothing that tells whether a restart would help');
  }
  if (containers.some(({ image }) => !image.includes('@sha256:'))) {
    acknowledge(deployment, 'CKV_K8S_43', "A version's tag will do unless images.pin is 'digest'");
  }
}
