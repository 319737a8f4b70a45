import type { Problem } from '../../core/check';
import { renamedProps } from '../../core/renamed-props';
import { nameProblem } from '../object-name';
import type { PodProps } from '../pod/template';
import { parseQuantity } from '../quantity';
import type { ControllerKind } from './controller-kind';
import { cronJob, type CronJobController } from './cron-job';
import { daemonSet, type DaemonSetController } from './daemon-set';
import { deployment, type DeploymentController } from './deployment';
import { job, type JobController } from './job';
import { isRange, type ReplicaRange } from './replicas';
import { statefulSet, type StatefulSetController } from './stateful-set';

/** What runs the pods. */
export type Controller =
  DeploymentController | StatefulSetController | DaemonSetController | JobController | CronJobController;

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

/** For data that is not type-checked. */
export function controllerKindProblem(controller: Controller | null | undefined): Problem {
  if (!controller) return "controller is required: write { kind: 'deployment', replicas: 2 }, or another kind";
  const { kind } = controller;
  return !Object.hasOwn(KINDS, kind) && `controller.kind '${kind}' is not valid: use ${Object.keys(KINDS).join(', ')}`;
}

/** The problems of a controller, and of pods under it. */
export function controllerProblems(name: string, controller: Controller, pod: PodProps): readonly Problem[] {
  const kind = controllerKind(controller);
  return [
    ...renamedProps(controller, { start: 'podManagement' }, 'controller.'),
    nameProblem('name', name, kind.longestName),
    ...(kind.problems?.(controller) ?? []),
    replicasProblem(controller),
    ...claimTemplates(pod).map(
      (volume) =>
        controller.kind !== 'stateful-set' &&
        `volume '${volume}' is a claim-template, which only a stateful-set has: use kind 'pvc', or controller 'stateful-set'`,
    ),
    restartProblem(kind, pod),
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

function replicasProblem(controller: Controller): Problem {
  if (hasReplicas(controller) || !('replicas' in controller)) return false;
  return `controller.replicas is not a property of a ${controller.kind}: leave it out`;
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
