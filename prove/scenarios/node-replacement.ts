import { changeTargetGroups, withoutArguments } from './change-system';
import { addNodeLike, cordon, evict, taint, terminateInstance } from './nodes';
import type { Scenario } from './scenario';

/**
 * What EKS does to a node of a managed group: a new one joins, the old one is cordoned and drained, then deregistered and
 * terminated. EKS waits for another minute after the drain, which is left out here. Source: "Understand each phase of node updates",
 * https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export const NODE_REPLACED: Scenario = {
  name: 'node-drained',
  title: 'A node is replaced: a new one joins, the old one is drained and terminated',
  quick: true,
  application: 'well-behaved',
  controls: [
    {
      name: 'no deregistration delay',
      change: (system) => changeTargetGroups(system, { deregistrationDelaySeconds: 0 }),
    },
  ],
  async event(ground) {
    const old = ground.kubelets[0]!;
    await addNodeLike(ground, old);
    await ground.settle();
    ground.event(`${old.name} is drained`);
    await cordon(ground, old.name);
    await evict(ground, old.name, 'without daemon sets');
    await terminateInstance(ground, old);
    await ground.settle();
  },
};

/** A taint of the cluster autoscaler's. */
const TO_BE_DELETED = 'ToBeDeletedByClusterAutoscaler';

/**
 * What the cluster autoscaler does: taints the node, evicts its pods, also those of DaemonSets but without waiting for
 * them, and terminates the instance. Source: "Frequently Asked Questions", `--daemonset-eviction-for-occupied-nodes`,
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md
 */
export const SCALE_IN: Scenario = {
  name: 'scale-in',
  title: 'The autoscaler removes a node',
  application: 'well-behaved',
  controls: [
    {
      name: 'no accept grace',
      change: (system) => withoutArguments(system, 'entrypoints.web.transport.lifecycle.requestacceptgracetimeout'),
    },
  ],
  async prepare(ground) {
    await addNodeLike(ground, ground.kubelets[0]!);
    await ground.settle();
  },
  async event(ground) {
    const removed = ground.kubelets[0]!;
    ground.event(`${removed.name} is removed`);
    await taint(ground, removed.name, TO_BE_DELETED);
    await evict(ground, removed.name, 'all');
    await terminateInstance(ground, removed);
    await ground.settle();
  },
};

/** From the last answer of a node that is gone to the load balancer's last request to it. */
const MARGIN_SECONDS = 1;

export const NODE_KILLED: Scenario = {
  name: 'node-killed',
  title: 'A node loses power',
  application: 'well-behaved',
  controls: [],
  withoutControl: 'no setting protects the requests on a node that is gone: they fail, and how long is what is checked',
  tolerated: {
    reason: 'a request on a node that loses power fails until the load balancer has noticed',
    node: (ground) => ground.kubelets[0]!.name,
    seconds: ({ loadBalancer: { targetGroups } }) =>
      MARGIN_SECONDS +
      Math.max(
        ...targetGroups.map(
          ({ healthCheck: { intervalSeconds, unhealthyThreshold, timeoutSeconds } }) =>
            intervalSeconds * unhealthyThreshold + timeoutSeconds,
        ),
      ),
  },
  async event(ground) {
    const lost = ground.kubelets[0]!;
    ground.event(`${lost.name} loses power`);
    await lost.fail();
    await ground.until('the load balancer has noticed', () =>
      ground.balancer.states(lost.name).every((state) => state === 'unhealthy'),
    );
    await terminateInstance(ground, lost);
    await ground.settle();
  },
};
