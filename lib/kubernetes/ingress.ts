import { IngressV1, type IngressV1Config } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import type { Construct } from 'constructs';
import { check, checkData, type Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { literalText } from '../core/literal-text';
import { list, object, optional, shapeProblems, text } from '../core/shape';
import { formatRoute, INGRESS_ROUTE, pathBlock, routeProblems, type IngressRoute } from './ingress-route';
import { ANNOTATIONS, APP_IDENTITY, identityProblems, labels, LABELS, type AppIdentity } from './labels';
import { annotationProblems, ownLabelProblems } from './metadata';
import { NAMESPACE_REF, namespaceId, namespaceProblems, type NamespaceRef } from './namespace-ref';
import { claimName } from './object-claims';
import { subdomainProblem } from './object-name';

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

export const INGRESS_PROPS = object<IngressProps>({
  namespace: NAMESPACE_REF,
  identity: APP_IDENTITY,
  name: optional(text()),
  ingressClass: text('the name of the IngressClass whose controller serves it'),
  routes: list(INGRESS_ROUTE, 'a list of routes, such as [{ host, service, port }]'),
  annotations: optional(ANNOTATIONS),
  labels: optional(LABELS),
});

/** Routes requests by host and path to services. TLS is terminated before, at the load balancer. */
export class Ingress extends IngressV1 {
  constructor(scope: Construct, id: string, props: IngressProps) {
    // The provider's constructor takes the whole configuration: there is no construct yet that could be checked.
    const path = `${scope.node.path}/${id}`;
    checkData(path, ...shapeProblems(props, INGRESS_PROPS));
    checkData(path, ...ingressProblems(props));
    super(scope, id, ingressConfig(props));
    literalText(this);
    check(this, claimName(this, 'Ingress', nameOf(props), props.namespace));
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

/** The problems of props of the right shape. */
function ingressProblems(props: IngressProps): readonly Problem[] {
  const { namespace, identity, ingressClass, routes } = props;
  return [
    ...namespaceProblems(namespace),
    ...identityProblems(identity),
    subdomainProblem('name', nameOf(props)),
    subdomainProblem('ingressClass', ingressClass),
    ...annotationProblems(props.annotations),
    ...ownLabelProblems(props.labels),
    routes.length === 0 && 'routes is empty: list at least one route, such as { host, service, port }',
    ...duplicates(routes.map(formatRoute)).map((route) => `routes has '${route}' twice: leave one out`),
    ...routes.flatMap((route) => routeProblems(route, namespace)),
  ];
}
