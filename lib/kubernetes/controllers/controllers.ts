import type { Problem } from '../../core/check';
import { union, type Shape } from '../../core/shape';
import { nameProblem } from '../object-name';
import type { PodProps } from '../pod/template';
import { parseQuantity } from '../quantity';
import type { ControllerKind } from './controller-kind';
import { CRON_JOB_CONTROLLER, cronJob, type CronJobController } from './cron-job';
import { DAEMON_SET_CONTROLLER, daemonSet, type DaemonSetController } from './daemon-set';
import { DEPLOYMENT_CONTROLLER, deployment, type DeploymentController } from './deployment';
import { job, JOB_CONTROLLER, type JobController } from './job';
import { isRange, type ReplicaRange } from './replicas';
import { STATEFUL_SET_CONTROLLER, statefulSet, type StatefulSetController } from './stateful-set';

/** What runs the pods. */
export type Controller =
  DeploymentController | StatefulSetController | DaemonSetController | JobController | CronJobController;

export const CONTROLLER: Shape<Controller> = union<Controller, 'kind'>('kind', {
  deployment: DEPLOYMENT_CONTROLLER,
  'stateful-set': STATEFUL_SET_CONTROLLER,
  'daemon-set': DAEMON_SET_CONTROLLER,
  job: JOB_CONTROLLER,
  'cron-job': CRON_JOB_CONTROLLER,
});

/** Getters: only the kinds in use are loaded. */
const KINDS: { readonly [K in Controller['kind']]: ControllerKind<Extract<Controller, { readonly kind: K }>> } = {
  get deployment() {
    return deployment;
  },
  get 'stateful-set'() {
    return statefulSet;
  },
  get 'daemon-set'() {
    return daemonSet;
  },
  get job() {
    return job;
  },
  get 'cron-job'() {
    return cronJob;
  },
};

export function controllerKind(controller: Controller): ControllerKind<Controller> {
  return KINDS[controller.kind];
}

/** The problems of a controller, and of pods under it. */
export function controllerProblems(name: string, controller: Controller, pod: PodProps): readonly Problem[] {
  const kind = controllerKind(controller);
  return [
    nameProblem('name', name, kind.longestName),
    ...(kind.problems?.(controller) ?? []),
    surgeProblem(controller, pod),
    ...claimTemplates(pod).map(
      (volume) =>
        controller.kind !== 'stateful-set' &&
        `volume '${volume}' is a claim-template, which only a stateful-set has: use kind 'pvc', or controller 'stateful-set'`,
    ),
    restartProblem(kind, pod),
    retentionProblem(controller, pod),
    ...shareProblems(controller, pod),
  ];
}

/** Undefined where Terraform sets the number, or none is set. */
export function replicaRange(controller: Controller): ReplicaRange | undefined {
  return hasReplicas(controller) && isRange(controller.replicas) ? controller.replicas : undefined;
}

function hasReplicas(controller: Controller): controller is DeploymentController | StatefulSetController {
  return controller.kind === 'deployment' || controller.kind === 'stateful-set';
}

/** On the node's network the new pod needs the port of the old one, which is not terminated before the new one is ready. */
function surgeProblem(controller: Controller, { privileges, containers }: PodProps): Problem {
  return (
    controller.kind === 'daemon-set' &&
    controller.update === 'surge' &&
    privileges?.hostNetwork &&
    containers.some(({ ports = {} }) => Object.keys(ports).length > 0) &&
    "controller.update 'surge' needs the ports of the node's network twice: use 'replace'"
  );
}

function retentionProblem(controller: Controller, pod: PodProps): Problem {
  return (
    controller.kind === 'stateful-set' &&
    controller.claimsOnDelete === 'delete' &&
    claimTemplates(pod).length === 0 &&
    "controller.claimsOnDelete 'delete' has no effect without a volume of kind 'claim-template': remove it"
  );
}

function claimTemplates({ volumes = {} }: PodProps): string[] {
  return Object.keys(volumes).filter((name) => volumes[name]?.kind === 'claim-template');
}

function restartProblem({ pods }: ControllerKind<Controller>, { restart = 'Always' }: PodProps): Problem {
  if (pods === 'to-completion') {
    return (
      restart === 'Always' &&
      "restart 'Always' is not valid for pods that run to completion: use 'OnFailure' or 'Never'"
    );
  }
  return (
    restart !== 'Always' && `restart '${restart}' is not valid for pods that run until they are replaced: leave it out`
  );
}

/** An autoscaler's percentages are shares of each container's request. */
function shareProblems(controller: Controller, { containers }: PodProps): readonly Problem[] {
  if (!replicaRange(controller)) return [];
  return containers.map(
    ({ name, resources }) =>
      parseQuantity(resources.cpu) === 0 &&
      `container '${name}' requests no CPU, of which the autoscaler's cpuPercent is a share: raise cpu`,
  );
}
