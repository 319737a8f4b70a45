import { withContainer } from '../stacks/kubernetes-objects';
import { changeObjects } from './change-system';
import { restart } from './roll-out';
import type { Control, Scenario } from './scenario';

const KINDS = {
  'well-behaved': 'that finishes what is in flight',
  abrupt: 'that exits on SIGTERM at once',
  distroless: 'without a shell, that exits at once',
  'slow-start': 'that is ready 5 s after it has started',
} as const;

/** Without a readiness probe, a pod gets requests before it can answer. */
const noReadiness: Control = {
  name: 'no readiness probe',
  change: (system) =>
    changeObjects(
      system,
      ({ kind }) => kind === 'Deployment',
      (object) => withContainer(object, ({ readinessProbe: _probe, ...container }) => container),
    ),
};

/** Traefik learns of the end of a pod later than the pod. */
const noPreStop: Control = {
  name: 'no preStop',
  change: (system) =>
    changeObjects(
      system,
      ({ kind }) => kind === 'Deployment',
      (object) => withContainer(object, ({ lifecycle: _lifecycle, ...container }) => container),
    ),
};

const CONTROLS: Readonly<Record<keyof typeof KINDS, readonly Control[]>> = {
  'well-behaved': [noPreStop],
  abrupt: [noPreStop],
  // Nothing protects it yet.
  distroless: [],
  'slow-start': [noReadiness],
};

export const APPLICATION_ROLLOUTS: readonly Scenario[] = Object.entries(KINDS).map(([name, what]) => ({
  name: `rollout-${name}`,
  title: `Rolling update of an application ${what}`,
  quick: name === 'well-behaved',
  application: name,
  controls: CONTROLS[name as keyof typeof KINDS],
  event: (ground) => restart(ground, 'deployments', name, name),
}));
