import { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import { Construct } from 'constructs';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { anyText, integer, object, oneOf, optional, text } from '../core/shape';
import { claimName } from './object-claims';
import { subdomainProblem } from './object-name';
import { wholeNumberProblem } from './whole-number';

export interface PriorityClassProps {
  readonly name: string;
  /** Pods of a higher value are scheduled first, and preempt others where there is no room. At most 1,000,000,000. */
  readonly value: number;
  readonly description: string;
  /**
   * Whether its pods preempt others of a lower value.
   * @default 'preempts'
   */
  readonly preemption?: 'preempts' | 'waits';
}

export const PRIORITY_CLASS_PROPS = object<PriorityClassProps>({
  name: text(),
  value: integer,
  description: anyText,
  preemption: optional(oneOf('preempts', 'waits')),
});

/**
 * Larger values are the system's. Source: "Pod Priority and Preemption",
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
const LARGEST = 1_000_000_000;
const SMALLEST = -(2 ** 31);

/** Which pods are scheduled first. */
export class PriorityClass extends Construct {
  readonly priorityClass: PriorityClassV1;

  constructor(scope: Construct, id: string, props: PriorityClassProps) {
    super(scope, id);
    checkProps(this, props, PRIORITY_CLASS_PROPS);
    const { name, value, description, preemption = 'preempts' } = props;
    check(
      this,
      subdomainProblem('name', name),
      name.startsWith('system-') && `name '${name}' starts with system-, which Kubernetes reserves: choose another`,
      wholeNumberProblem('value', value, SMALLEST, LARGEST),
    );
    check(this, claimName(this, 'PriorityClass', name));
    this.priorityClass = new PriorityClassV1(this, 'class', {
      metadata: { name },
      value,
      description,
      preemptionPolicy: preemption === 'waits' ? 'Never' : 'PreemptLowerPriority',
    });
  }

  /** For a pod's `priorityClass`: a reference, so that the class is created before the pod and destroyed after it. */
  get priorityClassId(): string {
    return this.priorityClass.metadata.name;
  }
}
