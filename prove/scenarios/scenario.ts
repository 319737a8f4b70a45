import type { Ground } from '../ground/ground';
import type { RequestKind } from '../load/kinds';
import type { System } from '../stacks/system';

/** The same system with one protecting setting removed, which must drop requests. */
export interface Control {
  readonly name: string;
  /** @default as it is */
  change?(system: System): System;
  /** @default the scenario's */
  event?: Scenario['event'];
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Part of `--quick`. */
  readonly quick?: boolean;
  /** The application that gets the requests. */
  readonly application: string;
  readonly controls: readonly Control[];
  /** Why there is no control. */
  readonly withoutControl?: string;
  /** @default all */
  readonly kinds?: readonly RequestKind[];
  /** What happens before the load begins. */
  prepare?(ground: Ground): Promise<void>;
  /** What happens under load, until it is over. */
  event(ground: Ground, systems: Readonly<Record<string, System>>): Promise<void>;
  /**
   * Further states of the app that the event goes through.
   * @default none
   */
  readonly variants?: readonly string[];
  /**
   * Failures that a failure of the machine itself may cause.
   * @default none
   */
  readonly tolerated?: {
    readonly reason: string;
    /** The node that is lost, and for how long at most requests that it has got may fail. */
    readonly node: (ground: Ground) => string;
    readonly seconds: (system: System) => number;
  };
}
