import { sortedCidrs } from '../../core/cidr';
import type { TrafficContract } from '../../load-balancing/traffic-contract';

export interface TraefikSettings {
  readonly traffic: TrafficContract;
  readonly ingressClass: string;
  /** Address in the status of Ingresses. */
  readonly statusHost: string;
  readonly readTimeoutSeconds: number;
  readonly dashboard: 'off' | 'port-forward';
  /** @default every namespace */
  readonly middlewareNamespaces?: readonly string[];
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
}

/** Container ports, by Traefik entry point. */
export const PORTS = { web: 8000, ping: 8081, metrics: 9101 } as const;
/** Only reachable with `kubectl port-forward`: listens on the pod's loopback interface. */
export const DASHBOARD_PORT = 8080;
export const DYNAMIC_DIRECTORY = '/etc/traefik/dynamic';

/** Traefik's static configuration. Source: "Configuration Options" of Traefik 3.7. */
export function traefikArguments(settings: TraefikSettings): string[] {
  const { traffic, ingressClass, statusHost, middlewareNamespaces } = settings;
  return Object.entries({
    'global.checknewversion': false,
    'global.sendanonymoususage': false,
    ...logging(settings),
    ...entryPoint('web', traffic),
    'entrypoints.web.asdefault': true,
    'entrypoints.web.transport.keepalivemaxtime': `${keepAliveSeconds(traffic)}s`,
    'entrypoints.web.transport.respondingtimeouts.idletimeout': `${traffic.ingressIdleSeconds}s`,
    'entrypoints.web.transport.respondingtimeouts.readtimeout': `${settings.readTimeoutSeconds}s`,
    ...(traffic.trustedCidrs.length > 0 && {
      'entrypoints.web.forwardedheaders.trustedips': sortedCidrs(traffic.trustedCidrs).join(','),
    }),
    // On the web entry point it would shadow the applications' own /ping.
    ...entryPoint('ping', traffic),
    'ping.entrypoint': 'ping',
    'entrypoints.metrics.address': `:${PORTS.metrics}`,
    'metrics.prometheus.entrypoint': 'metrics',
    'metrics.prometheus.addrouterslabels': true,
    'providers.kubernetesingress.ingressclass': ingressClass,
    'providers.kubernetesingress.ingressendpoint.hostname': statusHost,
    // Matches path elements: /shop does not match /shopping.
    'providers.kubernetesingress.strictprefixmatching': true,
    // A service without ready pods returns 503 instead of 404.
    'providers.kubernetesingress.allowemptyservices': true,
    ...(middlewareNamespaces && {
      'providers.kubernetesingress.crossprovidernamespaces': [...middlewareNamespaces].sort().join(','),
    }),
    'providers.file.directory': DYNAMIC_DIRECTORY,
    'providers.file.watch': true,
    ...(settings.dashboard === 'port-forward' && {
      'api.insecure': true,
      'entrypoints.traefik.address': `127.0.0.1:${DASHBOARD_PORT}`,
    }),
  }).map(([option, value]) => `--${option}=${value}`);
}

/** Renewals of a connection within the accept grace. */
const RENEWALS = 3;

/**
 * When Traefik asks the load balancer to renew a connection. A pod that terminates has none in use any more when its accept
 * grace ends: it would close them while the load balancer sends a request.
 */
function keepAliveSeconds({ acceptGraceSeconds }: TrafficContract): number {
  return Math.max(1, Math.floor(acceptGraceSeconds / RENEWALS));
}

/** On SIGTERM it still accepts requests while its ping fails, then completes those in flight. */
function entryPoint(name: keyof typeof PORTS, { acceptGraceSeconds, drainSeconds }: TrafficContract) {
  return {
    [`entrypoints.${name}.address`]: `:${PORTS[name]}`,
    [`entrypoints.${name}.transport.lifecycle.requestacceptgracetimeout`]: `${acceptGraceSeconds}s`,
    [`entrypoints.${name}.transport.lifecycle.gracetimeout`]: `${drainSeconds}s`,
  };
}

/** One line of JSON per request, without query strings and headers, which may contain sessions, keys and names. */
function logging({ logLevel }: TraefikSettings) {
  return {
    'log.level': logLevel,
    'log.format': 'json',
    accesslog: true,
    'accesslog.format': 'json',
    'accesslog.fields.queryparameters.defaultmode': 'drop',
    'accesslog.fields.headers.defaultmode': 'drop',
    'accesslog.fields.headers.names.User-Agent': 'keep',
    'accesslog.fields.headers.names.X-Request-Id': 'keep',
  };
}
