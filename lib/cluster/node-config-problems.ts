import type { Problem } from '../core/check';

/** A new node registers with both. */
export const TAINTS = 'taints/startupTaints';

/** @param prop that sets the same; undefined for what a node group sets without one */
export function setTwiceProblem(key: string, prop: string | undefined): Problem {
  return prop === undefined
    ? `nodeConfig sets ${key}, which the node group sets itself: remove it from nodeConfig`
    : `nodeConfig sets ${key}, which is also set by ${prop}: remove one of the two`;
}
