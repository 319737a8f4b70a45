import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { perStack } from '../core/claims';
import type { Labels } from './labels';
import type { PodSelection } from './peer';

/** The pods of a workload. */
export interface KnownPods extends PodSelection {
  /** Of the workload. */
  readonly path: string;
  /** All labels of the pods. */
  readonly labels: Labels;
  /** Of all containers. */
  readonly portNames: readonly string[];
  /** Whether they run until they are replaced. */
  readonly longRunning: boolean;
}

const known = perStack((): KnownPods[] => []);

/** Records the pods that a stack creates, for checks of what selects them. */
export function recordPods(scope: IConstruct, pods: KnownPods): void {
  known(scope).push(pods);
}

/** The pods of the stack that a service or another object selects. */
export function selectedPods(scope: IConstruct, { selector, namespace }: PodSelection): readonly KnownPods[] {
  if (Token.isUnresolved(namespace.namespaceName)) return [];
  return known(scope).filter(
    (pods) =>
      pods.namespace.namespaceName === namespace.namespaceName &&
      Object.entries(selector).every(([key, value]) => pods.labels[key] === value),
  );
}
