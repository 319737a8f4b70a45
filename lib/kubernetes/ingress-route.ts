import { isIP } from 'node:net';
import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { either, integer, object, oneOf, optional, ref, text } from '../core/shape';
import type { NamespaceRef } from './namespace-ref';
import { nameProblem } from './object-name';
import { portProblem } from './port';
import type { PodService } from './service';
import { useOneOf } from './use-one-of';

export interface IngressRoute {
  /** A domain name, or a wildcard for its leftmost label: `*.example.com`. */
  readonly host: string;
  /** @default '/' */
  readonly path?: string;
  /**
   * `Prefix`: the path and everything below it; `Exact`: the path alone.
   * @default 'Prefix'
   */
  readonly pathType?: 'Prefix' | 'Exact';
  /** One of the Ingress's namespace: created here, or an existing one by its name. */
  readonly service: PodService | string;
  /** The service's port, by name or number. */
  readonly port: string | number;
}

export const INGRESS_ROUTE = object<IngressRoute>(
  {
    host: text(),
    path: optional(text()),
    pathType: optional(oneOf('Prefix', 'Exact')),
    service: either(
      text('the name of an existing service'),
      ref<PodService>('a PodService, such as new PodService(...)'),
    ),
    port: either(integer, text("the service's port by name")),
  },
  { expected: 'a route, such as { host, service, port }' },
);

/** Its block in the rule of its host. */
export function pathBlock({ path = '/', pathType = 'Prefix', service, port }: IngressRoute) {
  const name = typeof service === 'string' ? service : service.serviceId;
  return {
    path,
    pathType,
    backend: { service: { name, port: typeof port === 'number' ? { number: port } : { name: port } } },
  };
}

/** To tell routes apart. */
export function formatRoute({ host, path = '/', pathType = 'Prefix' }: IngressRoute): string {
  return `${host}${path}${pathType === 'Exact' ? ' (Exact)' : ''}`;
}

/** @param namespace the Ingress's */
export function routeProblems(route: IngressRoute, namespace: NamespaceRef): readonly Problem[] {
  return [
    hostProblem(route.host),
    pathProblem(route.path),
    serviceProblem(route, namespace),
    portProblem(`route '${route.host}': port`, route.port) || podServicePortProblem(route),
  ];
}

const LABEL = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})*$`);
const LONGEST_HOST = 253;

function hostProblem(host: string): Problem {
  if (Token.isUnresolved(host)) return false;
  return (
    (!HOST.test(host) || host.length > LONGEST_HOST || isIP(host) !== 0) &&
    `host '${host}' is not valid: use a domain name in lower case, optionally with *. in front`
  );
}

/**
 * Source: `validateHTTPIngressPath`,
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go
 */
const NOT_IN_PATH = /\/\/|\/\.\.?(\/|$)|%2f/i;

/** Where the path of a URL ends, and a quote of Traefik's rules. */
const AFTER_PATH = /[?#`]/;

function pathProblem(path = '/'): Problem {
  if (Token.isUnresolved(path)) return false;
  const [after] = AFTER_PATH.exec(path) ?? [];
  return (
    (after !== undefined && `path '${path}' has '${after}', which no path of a request has: write the path alone`) ||
    ((!path.startsWith('/') || NOT_IN_PATH.test(path)) &&
      `path '${path}' is not valid: start it with '/', without '//', '.', '..' or '%2f'`)
  );
}

function serviceProblem({ host, service }: IngressRoute, namespace: NamespaceRef): Problem {
  if (typeof service === 'string') return nameProblem(`route '${host}': service`, service);
  const existing = podServiceOf(service);
  if (!existing) return `service of '${host}' is not a PodService: write one, or the name of an existing service`;
  const { namespaceName } = existing.namespace;
  return (
    namespaceName !== namespace.namespaceName &&
    `the service of '${host}' is in namespace '${namespaceName}', the Ingress in '${namespace.namespaceName}': create the Ingress in '${namespaceName}'`
  );
}

function podServicePortProblem({ host, service, port }: IngressRoute): Problem {
  const existing = podServiceOf(service);
  if (!existing || Token.isUnresolved(port)) return false;
  const ports = Object.entries(existing.ports);
  return (
    !ports.some(([name, { port: number }]) => port === name || port === number) &&
    `port '${port}' of '${host}' is not a port of ${existing.node.path}: ${useOneOf(
      ports.map(([name, { port: number }]) => `${name} (${number})`),
      'add it to its ports',
    )}`
  );
}

/** Not by its class, of which another copy of this package has its own. */
function podServiceOf(service: PodService | string): PodService | undefined {
  return typeof service === 'object' && 'serviceId' in service ? service : undefined;
}
