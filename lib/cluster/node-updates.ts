/**
 * How the nodes of one zone's group are replaced, by its size: small groups one by one, large ones in at least ten
 * batches, within a timeout that they can meet.
 */

/** Of a large group, about one node in ten is replaced at a time: the others have room for its pods. */
const BATCHES = 10;
/** So that a group of any size needs few batches. */
export const LEAST_PERCENT_AT_ONCE = 100 / BATCHES;
/**
 * For a batch: launch and join take 3 minutes, eviction the pods' grace period, 2 minutes by default, and what their
 * disruption budgets make it wait; EKS then waits another minute.
 */
const MINUTES_PER_BATCH = 10;
/** Enough for groups of up to six nodes, one by one. */
const MIN_TIMEOUT_MINUTES = 60;

/** How many nodes of a group of this size are replaced at a time. */
export function nodesAtOnce(maxSize: number): number {
  return Math.max(1, Math.ceil(maxSize / BATCHES));
}

/** The same in percent of the group, for a group that may have fewer nodes; undefined if it is one node. */
export function percentAtOnce(maxSize: number): number | undefined {
  const nodes = nodesAtOnce(maxSize);
  return nodes === 1 ? undefined : Math.ceil((100 * nodes) / maxSize);
}

/**
 * Timeout of an update that replaces this share of the nodes at a time.
 * @param percent undefined: one node
 */
export function updateTimeoutMinutes(maxSize: number, percent: number | undefined): number {
  return Math.max(MIN_TIMEOUT_MINUTES, MINUTES_PER_BATCH * mostBatches(maxSize, percent));
}

/** Of a group with any number of nodes up to `maxSize`: percentages are rounded down, but to one node at least. */
function mostBatches(maxSize: number, percent = 0): number {
  let most = 0;
  for (let nodes = 1; nodes <= maxSize; nodes += 1) {
    most = Math.max(most, Math.ceil(nodes / Math.max(1, Math.floor((nodes * percent) / 100))));
  }
  return most;
}
