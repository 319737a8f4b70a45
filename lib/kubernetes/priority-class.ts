import { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import { Construct } from 'constructs';
import { check } from '../core/check';
import { nameProblem } from './object-name';

export interface PriorityClassProps {
  readonly name: string;
  /** Higher goes first, and drives lower ones away where there is no room. At most 1,000,000,000. */
  readonly value: number;
  readonly description: string;
  /**
   * Whether its pods may drive others away.
   * @default 'preempts'
   */
  readonly preemption?: 'preempts' | 'waits';
}

/** Source: "Pod Priority and Preemption", Kubernetes documentation: larger values are the system's. */
const LARGEST = 1_000_000_000;

/** Which pods run where there is no room for all. */
export class PriorityClass extends Construct {
  readonly priorityClass: PriorityClassV1;

  constructor(scope: Construct, id: string, { name, value, description, preemption = 'preempts' }: PriorityClassProps) {
    super(scope, id);
    check(
      this,
      nameProblem('name', name),
      name.startsWith('system-') &&
        `name '${name}' starts with system-, which Kubernetes keeps for itself: choose another`,
      (!Number.isInteger(value) || value > LARGEST) &&
        `value must be a whole number of at most ${LARGEST}, got ${value}`,
    );
    this.priorityClass = new PriorityClassV1(this, 'class', {
      metadata: { name },
      value,
      description,
      preemptionPolicy: preemption === 'waits' ? 'Never' : 'PreemptLowerPriority',
    });
  }

  /** For a pod's `priorityClassName`: made before the pod, destroyed after it. */
  get priorityClassId(): string {
    return this.priorityClass.metadata.name;
  }
}
