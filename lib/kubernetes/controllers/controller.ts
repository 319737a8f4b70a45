import type { Problem } from '../../core/check';
import { renamedProps } from '../../core/renamed-props';
import { nameProblem } from '../object-name';
import type { PodProps } from '../pod/template';

/** What runs the pods. */
export type Controller =
  | {
      readonly kind: 'deployment';
      readonly replicas: number;
      /**
       * `rolling`: the new pod works before the old one goes; `recreate`: never two at once, for a claim that only one may use.
       * @default 'rolling'
       */
      readonly update?: 'rolling' | 'recreate';
      /** @default 0 */
      readonly minReadySeconds?: number;
    }
  | {
      readonly kind: 'stateful-set';
      readonly replicas: number;
      /** The headless service that gives the pods their names: `PodService.serviceId`. */
      readonly serviceId: string;
      /** @default 'ordered' */
      readonly podManagement?: 'ordered' | 'parallel';
      /**
       * What becomes of its claims when the StatefulSet is deleted.
       * @default 'retain'
       */
      readonly claimsOnDelete?: 'retain' | 'delete';
      /** @default 0 */
      readonly minReadySeconds?: number;
    }
  | {
      readonly kind: 'daemon-set';
      /**
       * `surge`: the new pod works before the old one of its node goes; `replace`: the old one goes first, for what the
       * node has only once.
       * @default 'replace'
       */
      readonly update?: 'surge' | 'replace';
      /** @default 0 */
      readonly minReadySeconds?: number;
      /**
       * Pods that an eviction must leave ready. Kubernetes counts a DaemonSet's pods only against a number, never
       * against "all but one".
       * @default no disruption budget
       */
      readonly minAvailable?: number;
    }
  | {
      /** Pods that run at times and end. */
      readonly kind: 'cron-job';
      /** In the words of cron: `0 3 * * *`. */
      readonly schedule: string;
      /** @default 'Etc/UTC' */
      readonly timeZone?: string;
      /**
       * Runs that take longer are ended. The next one waits for that.
       * @default 3600
       */
      readonly deadlineSeconds?: number;
      /**
       * How often a run that failed is tried again before it counts as failed.
       * @default 0
       */
      readonly retries?: number;
    };

/** The pods of a cron-job. */
export const JOB_DEFAULTS = { restart: 'Never', topologySpread: 'none' } as const;
/** Source: "CronJob", Kubernetes documentation: its runs' names are longer by 11. */
const LONGEST_CRON_JOB_NAME = 52;
/** Five fields, or a name such as @hourly. What stands in a field, the API server checks. */
const CRON = /^(@[a-z]+|\S+(\s+\S+){4})$/;

/** The bound of a disruption budget. One pod alone has none: a budget would keep its node from ever being drained. */
export function budgetBound(controller: Controller): { maxUnavailable: string } | { minAvailable: string } | undefined {
  if (controller.kind === 'cron-job') return undefined;
  if (controller.kind !== 'daemon-set') return controller.replicas > 1 ? { maxUnavailable: '1' } : undefined;
  return controller.minAvailable ? { minAvailable: String(controller.minAvailable) } : undefined;
}

/** What is wrong with how pods are run. */
export function controllerProblems(
  name: string,
  { controller, volumes = {} }: { readonly controller: Controller; readonly volumes?: PodProps['volumes'] },
): readonly Problem[] {
  const templates = Object.entries(volumes).filter(([, { kind }]) => kind === 'claim-template');
  return [
    ...renamedProps(controller, { start: 'podManagement' }, 'controller.'),
    nameProblem('name', name, controller.kind === 'cron-job' ? LONGEST_CRON_JOB_NAME : undefined),
    'replicas' in controller &&
      (!Number.isInteger(controller.replicas) || controller.replicas < 0) &&
      `replicas must be a whole number, got ${controller.replicas}`,
    controller.kind === 'cron-job' &&
      !CRON.test(controller.schedule) &&
      `schedule '${controller.schedule}' is no cron schedule: give minute, hour, day, month and weekday, such as '0 3 * * *'`,
    ...templates.map(
      ([name]) =>
        controller.kind !== 'stateful-set' &&
        `volume '${name}' is a claim-template, which only a stateful-set has: use kind 'pvc', or controller 'stateful-set'`,
    ),
  ];
}
