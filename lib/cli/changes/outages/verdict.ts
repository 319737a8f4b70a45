import type { PlannedResource, PlannedResources } from '../planned-resources';
import type { Traffic } from './traffic';

/** What the loss of a resource does to requests: certain failure, or failure for as long as nothing orders two changes. */
export interface Verdict {
  readonly kind: 'outage' | 'note';
  readonly reason: string;
}

/** Judges one resource of a plan; undefined if requests are served all the time. */
export type Judge = (resource: PlannedResource, context: JudgeContext) => Verdict | undefined;

export interface JudgeContext {
  readonly resources: PlannedResources;
  readonly traffic: Traffic;
}

export function outage(reason: string): Verdict {
  return { kind: 'outage', reason };
}

/** Two changes of one apply that Terraform does not order. */
export function unordered(reason: string): Verdict {
  return {
    kind: 'note',
    reason: `${reason} in the same apply: Terraform does not order the two, so requests may fail for a moment`,
  };
}

/** `deleted`, or how a replacement begins. */
export function gone({ action }: PlannedResource): string {
  return action === 'destroy' ? 'deleted' : 'replaced, deleted first';
}
