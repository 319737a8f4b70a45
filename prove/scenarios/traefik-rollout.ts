import { withoutArguments } from './change-system';
import { restart } from './roll-out';
import type { Scenario } from './scenario';

export const TRAEFIK_ROLLOUT: Scenario = {
  name: 'traefik-rollout',
  title: 'Rolling update of Traefik',
  quick: true,
  application: 'well-behaved',
  controls: [
    {
      name: 'no accept grace',
      change: (system) => withoutArguments(system, 'entrypoints.web.transport.lifecycle.requestacceptgracetimeout'),
    },
  ],
  event: (ground) => restart(ground, 'daemonsets', 'ingress', 'traefik'),
};
