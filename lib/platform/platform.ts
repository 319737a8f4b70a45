import type { NamespaceRef } from '../kubernetes/namespace-ref';
import type { EnvironmentResources } from './infrastructure';
import type { PriorityClassName } from './priority-classes';

/** What the platform half of an add-on is given. Account, region and tags: `awsContext(scope)`. */
export interface Platform extends EnvironmentResources, PlatformServices {}

/** What the add-ons of a cluster share; each object is created the first time that an add-on asks for it. */
export interface PlatformServices {
  /** A namespace at the `restricted` level that denies traffic; `node-agents` is `privileged`, `kube-system` exists. */
  namespace(name: string): NamespaceRef;
  /** For a pod's `priorityClass`; the `system-` classes exist. */
  priorityClass(name: PriorityClassName): string;
}
