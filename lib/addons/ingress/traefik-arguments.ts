import type { TrafficContract } from '../../load-balancing/traffic-contract';

export interface TraefikSettings {
  readonly traffic: TrafficContract;
  readonly ingressClass: string;
  /** What an Ingress shows as its address. */
  readonly statusHost: string;
  readonly readTimeoutSeconds: number;
  readonly dashboard: 'off' | 'port-forward';
  /** @default every namespace */
  readonly middlewareNamespaces?: readonly string[];
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
}

/** Container ports, by the name of Traefik's entry point. */
export const PORTS = { web: 8000, ping: 8081, metrics: 9101 } as const;
/** Reached through `kubectl port-forward` only: it listens on the pod's loopback. */
export const DASHBOARD_PORT = 8080;
export const DYNAMIC_FOLDER = '/etc/traefik/dynamic';

/** Traefik's static configuration. Source: "Configuration Options" of Traefik 3.7. */
export function traefikArguments(settings: TraefikSettings): string[] {
  const { traffic, ingressClass, statusHost, middlewareNamespaces } = settings;
  return Object.entries({
    'global.checknewversion': false,
    'global.sendanonymoususage': false,
    ...logging(settings),
    ...entryPoint('web', traffic),
    'entrypoints.web.asdefault': true,
    'entrypoints.web.transport.respondingtimeouts.idletimeout': `${traffic.ingressIdleSeconds}s`,
    'entrypoints.web.transport.respondingtimeouts.readtimeout': `${settings.readTimeoutSeconds}s`,
    ...(traffic.trustedCidrs.length > 0 && {
      'entrypoints.web.forwardedheaders.trustedips': traffic.trustedCidrs.join(','),
    }),
    // On the entry point of the applications it would hide their own /ping.
    ...entryPoint('ping', traffic),
    'ping.entrypoint': 'ping',
    'entrypoints.metrics.address': `:${PORTS.metrics}`,
    'metrics.prometheus.entrypoint': 'metrics',
    'metrics.prometheus.addrouterslabels': true,
    'providers.kubernetesingress.ingressclass': ingressClass,
    'providers.kubernetesingress.ingressendpoint.hostname': statusHost,
    // By path elements: /shop is not /shopping.
    'providers.kubernetesingress.strictprefixmatching': true,
    // A host whose pods are all gone is known, and answers 503 rather than 404.
    'providers.kubernetesingress.allowemptyservices': true,
    ...(middlewareNamespaces && {
      'providers.kubernetesingress.crossprovidernamespaces': middlewareNamespaces.join(','),
    }),
    'providers.file.directory': DYNAMIC_FOLDER,
    'providers.file.watch': true,
    ...(settings.dashboard === 'port-forward' && {
      'api.insecure': true,
      'entrypoints.traefik.address': `127.0.0.1:${DASHBOARD_PORT}`,
    }),
  }).map(([option, value]) => `--${option}=${value}`);
}

/** Told to stop, it still takes requests while its ping fails, then finishes what it has. */
function entryPoint(name: keyof typeof PORTS, { acceptGraceSeconds, drainSeconds }: TrafficContract) {
  return {
    [`entrypoints.${name}.address`]: `:${PORTS[name]}`,
    [`entrypoints.${name}.transport.lifecycle.requestacceptgracetimeout`]: `${acceptGraceSeconds}s`,
    [`entrypoints.${name}.transport.lifecycle.gracetimeout`]: `${drainSeconds}s`,
  };
}

/** One line of JSON for each request. Query strings and headers hold what no log may: sessions, keys, names. */
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
