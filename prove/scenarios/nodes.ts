import { ApiError, type Any } from '../cluster/api';
import type { Ground } from '../ground/ground';
import type { Kubelet } from '../kubelet/kubelet';
import { setTimeout as sleep } from 'node:timers/promises';

const EVICTION_RETRY_MS = 500;

const isOfDaemonSet = (pod: Any) =>
  (pod.metadata.ownerReferences ?? []).some((owner: Any) => owner.kind === 'DaemonSet');

async function podsOn(ground: Ground, node: string): Promise<readonly Any[]> {
  const { items } = await ground.api.get(`/api/v1/pods?fieldSelector=spec.nodeName%3D${node}`);
  return items;
}

/** Through the eviction API, which respects disruption budgets; waits until the pods are gone, but not for DaemonSets'. */
export async function evict(ground: Ground, node: string, which: 'all' | 'without daemon sets'): Promise<void> {
  const isWaitedFor = (pod: Any) => !isOfDaemonSet(pod);
  const pods = (await podsOn(ground, node)).filter((pod) => which === 'all' || isWaitedFor(pod));
  await Promise.all(pods.map((pod) => evictPod(ground, pod)));
  await ground.until(`the pods of ${node} are gone`, async () => !(await podsOn(ground, node)).some(isWaitedFor));
}

async function evictPod(ground: Ground, { metadata: { namespace, name } }: Any): Promise<void> {
  const metadata = { namespace, name };
  await ground.until(`${name} may be evicted`, async () => {
    try {
      await ground.api.post(`/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata,
      });
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return true;
      if (!(error instanceof ApiError && error.status === 429)) throw error;
      await sleep(EVICTION_RETRY_MS);
      return false;
    }
  });
}

export async function cordon(ground: Ground, node: string): Promise<void> {
  await ground.api.mergePatch(`/api/v1/nodes/${node}`, { spec: { unschedulable: true } });
}

export async function taint(ground: Ground, node: string, key: string): Promise<void> {
  const { spec } = await ground.api.get(`/api/v1/nodes/${node}`);
  const taints = [...(spec.taints ?? []), { key, effect: 'NoSchedule' }];
  await ground.api.mergePatch(`/api/v1/nodes/${node}`, { spec: { taints } });
}

/** What an Auto Scaling group does to an instance: deregisters it, waits for the delay, and terminates it. */
export async function terminateInstance(ground: Ground, kubelet: Kubelet): Promise<void> {
  ground.event(`${kubelet.name} is deregistered`);
  await ground.balancer.deregister(kubelet.name);
  ground.event(`${kubelet.name} is terminated`);
  await kubelet.remove();
  ground.forget(kubelet);
}

/** A further node of the same group. */
export async function addNodeLike(ground: Ground, kubelet: Kubelet): Promise<Kubelet> {
  const added = await ground.addNode({
    ...kubelet.node,
    name: kubelet.node.name.replace(/\d+$/, (number) => String(Number(number) + 1)),
  });
  ground.event(`${added.name} has joined`);
  return added;
}
