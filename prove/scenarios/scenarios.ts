import { APPLICATION_ROLLOUTS } from './application-rollout';
import { NODE_KILLED, NODE_REPLACED, SCALE_IN } from './node-replacement';
import { PORT_CHANGED } from './port-changed';
import type { Scenario } from './scenario';
import { SLOW_API_SERVER } from './slow-api-server';
import { TRAEFIK_ROLLOUT } from './traefik-rollout';

export const SCENARIOS: readonly Scenario[] = [
  ...APPLICATION_ROLLOUTS,
  TRAEFIK_ROLLOUT,
  NODE_REPLACED,
  SLOW_API_SERVER,
  SCALE_IN,
  PORT_CHANGED,
  NODE_KILLED,
];
