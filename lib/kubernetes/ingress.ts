import { isIP } from 'node:net';
import { IngressV1, type IngressV1Config } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { check, type Problem } from '../core/check';
import { labels, type AppIdentity } from './labels';
import { namespaceId, type NamespaceRef } from './namespace-ref';
import { nameProblem } from './object-name';
import { duplicates } from '../core/duplicates';
import { listed } from './pod/problems';
import { PodService } from './service';

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

export interface IngressProps {
  readonly namespace: NamespaceRef;
  readonly identity: AppIdentity;
  /** @default identity.instance, or identity.name */
  readonly name?: string;
  /**
   * The IngressClass, whose controller serves it. There is no default: an Ingress that is created before the cluster's default
   * class would never get one.
   */
  readonly ingressClass: string;
  readonly routes: readonly IngressRoute[];
  /**
   * What the class's controller reads: middlewares, timeouts.
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /** @default none besides the recommended ones */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Routes requests by host and path to services. TLS is terminated before, at the load balancer. */
export class Ingress extends IngressV1 {
  constructor(scope: Construct, id: string, props: IngressProps) {
    super(scope, id, ingressConfig(props));
    check(this, nameProblem('name', nameOf(props)), ...routesProblems(props));
  }

  /** Its name, as a reference. */
  get ingressId(): string {
    return this.metadata.name;
  }
}

function nameOf({ name, identity }: IngressProps): string {
  return name ?? identity.instance ?? identity.name;
}

function ingressConfig(props: IngressProps): IngressV1Config {
  const { namespace, identity, ingressClass, routes, annotations } = props;
  return {
    metadata: {
      name: nameOf(props),
      namespace: namespaceId(namespace),
      labels: { ...props.labels, ...labels(identity) },
      annotations: annotations && { ...annotations },
    },
    spec: {
      ingressClassName: ingressClass,
      rule: [...new Set(routes.map(({ host }) => host))].map((host) => ({
        host,
        http: { path: routes.filter((route) => route.host === host).map(pathBlock) },
      })),
    },
  };
}

function pathBlock({ path = '/', pathType = 'Prefix', service, port }: IngressRoute) {
  const name = service instanceof PodService ? service.serviceId : service;
  return {
    path,
    pathType,
    backend: { service: { name, port: typeof port === 'number' ? { number: port } : { name: port } } },
  };
}

function routesProblems({ namespace, routes }: IngressProps): readonly Problem[] {
  return [
    routes.length === 0 && 'routes is empty: an Ingress needs one',
    ...duplicates(routes.map(routeOf)).map((route) => `routes has '${route}' twice: leave one out`),
    ...routes.flatMap((route) => [
      hostProblem(route.host),
      pathProblem(route.path),
      ...(route.service instanceof PodService ? serviceProblems(route, route.service, namespace) : []),
    ]),
  ];
}

function routeOf({ host, path = '/', pathType = 'Prefix' }: IngressRoute): string {
  return `${host}${path}${pathType === 'Exact' ? ' (Exact)' : ''}`;
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

function pathProblem(path = '/'): Problem {
  if (Token.isUnresolved(path)) return false;
  return (
    (!path.startsWith('/') || NOT_IN_PATH.test(path)) &&
    `path '${path}' is not valid: start it with '/', without '//', '.', '..' or '%2f'`
  );
}

function serviceProblems(
  { host, port }: IngressRoute,
  service: PodService,
  namespace: NamespaceRef,
): readonly Problem[] {
  const { namespaceName } = service.namespace;
  const ports = Object.entries(service.ports);
  return [
    namespaceName !== namespace.namespaceName &&
      `the service of '${host}' is in namespace '${namespaceName}', the Ingress in '${namespace.namespaceName}': create the Ingress in '${namespaceName}'`,
    !ports.some(([name, { port: number }]) => port === name || port === number) &&
      `port '${port}' of '${host}' is not a port of ${service.node.path}: there are ${listed(ports.map(([name, { port: number }]) => `${name} (${number})`))}`,
  ];
}
