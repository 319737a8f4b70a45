import type { NamespaceRef } from '../kubernetes/namespace-ref';
import type { EnvironmentResources } from './infrastructure';
import type { PriorityClassName } from './priority-classes';

/** The input of the platform half of an add-on. For account, region and tags, use `awsContext(scope)`. */
export interface Platform extends EnvironmentResources, PlatformServices {}

/** Objects that the add-ons of a cluster share, each created on first use. */
export interface PlatformServices {
  /** A `restricted` namespace that denies traffic; `node-agents` is `privileged`, `kube-system` already exists. */
  namespace(name: string): NamespaceRef;
  /** For a pod's `priorityClass`; the `system-` classes already exist. */
  priorityClass(name: PriorityClassName): string;
}
