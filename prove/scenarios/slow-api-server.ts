import { setTimeout as sleep } from 'node:timers/promises';
import { changeTraefik } from './change-system';
import type { Scenario } from './scenario';

const FROZEN_SECONDS = 25;

/** New pods of Traefik start while the API server does not answer them. */
export const SLOW_API_SERVER: Scenario = {
  name: 'slow-api-server',
  title: `Traefik starts while the API server does not answer for ${FROZEN_SECONDS} s`,
  application: 'well-behaved',
  controls: [
    {
      name: 'no startup probe',
      change: (system) => changeTraefik(system, ({ startupProbe: _probe, ...container }) => container),
    },
  ],
  async event(ground) {
    ground.event('the API server does not answer pods');
    ground.gate.freeze();
    const path = '/apis/apps/v1/namespaces/ingress/daemonsets/traefik';
    const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
    ground.event('rollout of traefik');
    await ground.api.patch(path, { spec: { template: { metadata: { annotations } } } });
    await sleep(FROZEN_SECONDS * 1000);
    ground.event('the API server answers again');
    ground.gate.thaw();
    await ground.settle();
  },
};
