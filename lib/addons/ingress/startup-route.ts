import type { Construct } from 'constructs';
import type { Problem } from '../../core/check';
import { Ingress } from '../../kubernetes/ingress';
import type { AppIdentity } from '../../kubernetes/labels';
import type { NamespaceRef } from '../../kubernetes/namespace-ref';
import type { Probe } from '../../kubernetes/pod/probe';
import type { PodService } from '../../kubernetes/service';
import type { DynamicConfiguration } from './dynamic-configuration';

/** No name on the internet ends so (RFC 2606): the load balancer forwards no request for it. */
const HOST = 'startup.traefik.invalid';
const NAMES = { answer: 'startup-answer', stop: 'startup-stop' } as const;
const PERIOD_SECONDS = 1;
/** Until the container is restarted, which helps against nothing but a defect of its own. */
const MAX_SECONDS = 600;

/**
 * A route that exists only once Traefik has read Ingresses and files: its port accepts connections before that, and it
 * answers 404 to every known host. Nothing is forwarded: every request is rejected, and the rejection is answered with 200,
 * also while the ping fails.
 */
export const STARTUP_MIDDLEWARES: NonNullable<DynamicConfiguration['middlewares']> = {
  [NAMES.answer]: {
    errors: { status: ['400-599'], service: 'ping@internal', query: '/ping', statusRewrites: { '400-599': 200 } },
  },
  [NAMES.stop]: { ipAllowList: { sourceRange: ['255.255.255.255/32'] } },
};

export const STARTUP_PROBE: Probe = {
  path: '/',
  port: 'web',
  headers: { Host: HOST },
  periodSeconds: PERIOD_SECONDS,
  failureThreshold: MAX_SECONDS / PERIOD_SECONDS,
};

export function startupRouteProblems({ middlewares = {} }: DynamicConfiguration): readonly Problem[] {
  return Object.keys(STARTUP_MIDDLEWARES).map(
    (name) =>
      Object.hasOwn(middlewares, name) && `middlewares has '${name}', which the ingress uses: choose another name`,
  );
}

export interface StartupRouteProps {
  readonly namespace: NamespaceRef;
  readonly identity: AppIdentity;
  readonly ingressClass: string;
  /** Any of the namespace: it gets no request. */
  readonly service: PodService;
  readonly port: string;
}

export function addStartupRoute(scope: Construct, id: string, { service, port, ...props }: StartupRouteProps): Ingress {
  return new Ingress(scope, id, {
    ...props,
    name: 'traefik-startup',
    routes: [{ host: HOST, pathType: 'Exact', service, port }],
    annotations: {
      'traefik.ingress.kubernetes.io/router.middlewares': `${NAMES.answer}@file,${NAMES.stop}@file`,
      'traefik.ingress.kubernetes.io/router.observability.accesslogs': 'false',
    },
  });
}
