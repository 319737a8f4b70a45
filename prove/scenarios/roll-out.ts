import type { Ground } from '../ground/ground';

/** What `kubectl rollout restart` does; ends when the last old pod has. */
export async function restart(ground: Ground, kind: 'deployments' | 'daemonsets', namespace: string, name: string) {
  ground.event(`rollout of ${name}`);
  const path = `/apis/apps/v1/namespaces/${namespace}/${kind}/${name}`;
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
  await ground.api.patch(path, { spec: { template: { metadata: { annotations } } } });
  await ground.settle();
  ground.event(`rollout of ${name} is complete`);
}
