import { IngressV1, type IngressV1Config } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import type { Construct } from 'constructs';
import { checkData, type Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { escapeTemplate } from '../core/escape-template';
import { formatRoute, pathBlock, routeProblems, type IngressRoute } from './ingress-route';
import { labels, type AppIdentity } from './labels';
import { namespaceId, type NamespaceRef } from './namespace-ref';
import { nameProblem } from './object-name';

export type { IngressRoute } from './ingress-route';

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
    // The provider's constructor takes the whole configuration: there is no construct yet that could be checked.
    const path = `${scope.node.path}/${id}`;
    checkData(path, ...missingProps(props));
    checkData(path, ...ingressProblems(props));
    super(scope, id, ingressConfig(props));
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
      annotations:
        annotations &&
        Object.fromEntries(Object.entries(annotations).map(([key, text]) => [key, escapeTemplate(text)])),
    },
    spec: {
      ingressClassName: ingressClass,
      rule: [...new Set(routes.map(({ host }) => host))].map((host) => ({
        host: escapeTemplate(host),
        http: { path: routes.filter((route) => route.host === host).map(pathBlock) },
      })),
    },
  };
}

/** For data that is not type-checked: without these props no other problem can be looked for. */
function missingProps(props: Partial<IngressProps>): readonly Problem[] {
  const { namespace, identity, ingressClass, routes } = props;
  return [
    !namespace?.namespaceName &&
      "namespace is required: write a Namespace, or { namespaceName: '...' } of an existing one",
    !identity?.name && 'identity is required: write { name, partOf }',
    !ingressClass && 'ingressClass is required: write the name of the IngressClass whose controller serves it',
    !Array.isArray(routes) && 'routes is required: write [{ host, service, port }]',
    Array.isArray(routes) && !routes.every(Boolean) && 'routes has an empty item: leave it out',
  ];
}

/** The problems of props that are all there. */
function ingressProblems(props: IngressProps): readonly Problem[] {
  const { namespace, routes, annotations } = props;
  return [
    nameProblem('name', nameOf(props)),
    ...Object.entries(annotations ?? {}).map(
      ([key, text]: [string, unknown]) =>
        typeof text !== 'string' &&
        `annotation '${key}' must be a string, got ${String(text)}: write '${String(text)}'`,
    ),
    routes.length === 0 && 'routes is empty: an Ingress needs one',
    ...duplicates(routes.map(formatRoute)).map((route) => `routes has '${route}' twice: leave one out`),
    ...routes.flatMap((route) => routeProblems(route, namespace)),
  ];
}
