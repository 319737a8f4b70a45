import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { ref, Token } from 'cdktf';
import { Ingress, type IngressProps } from '../../../lib/kubernetes/ingress';
import { PodService } from '../../../lib/kubernetes/service';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { refusal } from '../../support/stack';
import { synth } from './fixtures';

const namespace = { namespaceName: 'shop' };
const identity = { name: 'shop', partOf: 'shop' };
const route = { host: 'shop.example.com', service: 'shop', port: 'http' };

const service = (stack: AwsStack) =>
  new PodService(stack, 'service', { namespace, identity, ports: { http: { port: 80, target: 8080 } } });

function place(props: (stack: AwsStack) => Partial<IngressProps>): (stack: AwsStack) => Ingress {
  return (stack) =>
    new Ingress(stack, 'ingress', { namespace, identity, ingressClass: 'traefik', routes: [route], ...props(stack) });
}

const synthIngress = (props: (stack: AwsStack) => Partial<IngressProps>) => synth(place(props));
const ingressOf = (props: (stack: AwsStack) => Partial<IngressProps>) =>
  synthIngress(props).getResource('kubernetes_ingress_v1').attributes;

test('a host has one rule with all of its paths', () => {
  const { rule } = ingressOf(() => ({
    routes: [route, { ...route, host: '*.example.com', port: 8080 }, { ...route, path: '/health', pathType: 'Exact' }],
  }))['spec'];
  const backend = (port: object) => ({ service: { name: 'shop', port } });
  expect(rule).toEqual([
    {
      host: 'shop.example.com',
      http: {
        path: [
          { path: '/', path_type: 'Prefix', backend: backend({ name: 'http' }) },
          { path: '/health', path_type: 'Exact', backend: backend({ name: 'http' }) },
        ],
      },
    },
    {
      host: '*.example.com',
      http: { path: [{ path: '/', path_type: 'Prefix', backend: backend({ number: 8080 }) }] },
    },
  ]);
});

test('it is created after the service that it refers to', () => {
  const stack = synthIngress((scope) => ({ routes: [{ ...route, service: service(scope) }] }));
  const [ingress, backend] = ['kubernetes_ingress_v1', 'kubernetes_service_v1'].map((type) => stack.getResource(type));
  expect(stack.isAfter(ingress!, backend!)).toBe(true);
});

test('it always has a class, and labels and annotations', () => {
  const { metadata, spec } = ingressOf(() => ({
    name: 'front',
    annotations: { 'traefik.ingress.kubernetes.io/router.middlewares': 'shop@file' },
    labels: { team: 'shop' },
  }));
  expect(spec.ingress_class_name).toBe('traefik');
  expect(metadata).toEqual({
    name: 'front',
    namespace: 'shop',
    annotations: { 'traefik.ingress.kubernetes.io/router.middlewares': 'shop@file' },
    labels: {
      team: 'shop',
      'app.kubernetes.io/name': 'shop',
      'app.kubernetes.io/instance': 'shop',
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/managed-by': 'quayside',
    },
  });
});

test("it has the address of the provider's own class", () => {
  const own = synth((stack) => new IngressV1(stack, 'ingress', { metadata: {}, spec: {} })).resources;
  const { address, path } = synthIngress(() => ({})).getResource('kubernetes_ingress_v1');
  expect(own).toMatchObject([{ address, path }]);
});

const HOST = 'is not valid: use a domain name in lower case, optionally with *. in front';
const PATH = "is not valid: start it with '/', without '//', '.', '..' or '%2f'";

test.each<{ props: (stack: AwsStack) => Partial<IngressProps>; problem: string }>([
  {
    props: () => ({ routes: [] }),
    problem: 'routes is empty: list at least one route, such as { host, service, port }',
  },
  {
    props: () => ({ routes: [route, { ...route, path: '/' }] }),
    problem: "routes has 'shop.example.com/' twice: leave one out",
  },
  ...['Shop.example.com', 'a.*.example.com', 'shop_1.example.com', '10.0.0.1', 'https://shop'].map((host) => ({
    props: () => ({ routes: [{ ...route, host }] }),
    problem: `host '${host}' ${HOST}`,
  })),
  ...['api', '/a//b', '/a/../b', '/a/.', '/a%2Fb'].map((path) => ({
    props: () => ({ routes: [{ ...route, path }] }),
    problem: `path '${path}' ${PATH}`,
  })),
  ...['?', '#', '`'].map((mark) => ({
    props: () => ({ routes: [{ ...route, path: `/api${mark}x` }] }),
    problem: `path '/api${mark}x' has '${mark}', which no path of a request has: write the path alone`,
  })),
  ...[undefined, ''].map((host) => ({
    props: () => ({ routes: [{ ...route, host: host as never }] }),
    problem: 'routes[0].host is required: a string',
  })),
  { props: () => ({ routes: [{ ...route, path: 1 as never }] }), problem: 'routes[0].path must be a string, got 1' },
  {
    props: () => ({ routes: [{ ...route, pathType: 'prefix' as never }] }),
    problem: "routes[0].pathType must be one of Prefix, Exact, got 'prefix'",
  },
  ...[0, 65536].map((port) => ({
    props: () => ({ routes: [{ ...route, port }] }),
    problem: `route 'shop.example.com': port ${port} is not valid: use a whole number from 1 to 65535`,
  })),
  ...[80.5, NaN].map((port) => ({
    props: () => ({ routes: [{ ...route, port }] }),
    problem: `routes[0].port must be a whole number or the service's port by name, got ${port}`,
  })),
  ...['HTTP', '80', 'a--b', '-http', 'p'.repeat(16)].map((port) => ({
    props: () => ({ routes: [{ ...route, port }] }),
    problem: `route 'shop.example.com': port '${port}' is not valid: use a number, or a name of at most 15 lower-case letters, digits and single '-', with at least one letter`,
  })),
  ...[undefined, ''].map((port) => ({
    props: () => ({ routes: [{ ...route, port: port as never }] }),
    problem: "routes[0].port is required: a whole number or the service's port by name",
  })),
  {
    props: () => ({ routes: [{ ...route, service: 'Shop' }] }),
    problem:
      "route 'shop.example.com': service 'Shop' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends",
  },
  {
    props: () => ({ routes: [{ ...route, service: undefined as never }] }),
    problem: 'routes[0].service is required, such as new PodService(...)',
  },
  {
    props: () => ({ routes: [{ ...route, service: null as never }] }),
    problem:
      'routes[0].service must be the name of an existing service or a PodService, such as new PodService(...), got null',
  },
  {
    props: () => ({ routes: [{ ...route, service: { name: 'shop' } as never }] }),
    problem: "service of 'shop.example.com' is not a PodService: write one, or the name of an existing service",
  },
  ...[undefined, ''].map((ingressClass) => ({
    props: () => ({ ingressClass: ingressClass as never }),
    problem: 'ingressClass is required: the name of the IngressClass whose controller serves it',
  })),
  {
    props: () => ({ routes: undefined as never }),
    problem: 'routes is required, such as [{ host, service, port }]',
  },
  {
    props: () => ({ routes: [route, undefined as never] }),
    problem: 'routes[1] is required, such as { host, service, port }',
  },
  {
    props: () => ({ namespace: undefined as never }),
    problem: "namespace is required, such as new Namespace(...), or { namespaceName: '...' } of an existing one",
  },
  { props: () => ({ namespace: {} as never }), problem: 'namespace.namespaceName is required: a string' },
  {
    props: () => ({ identity: undefined as never }),
    problem: 'identity is required, such as { name, partOf }',
  },
  {
    props: () => ({ annotations: { timeout: 30 as never } }),
    problem: 'annotations.timeout must be a string, got 30',
  },
  ...['https', 8080].map((port) => ({
    props: (stack: AwsStack) => ({ routes: [{ ...route, service: service(stack), port }] }),
    problem: `port '${port}' of 'shop.example.com' is not a port of test/service: use http (80), or add it to its ports`,
  })),
  {
    props: (stack) => ({ namespace: { namespaceName: 'other' }, routes: [{ ...route, service: service(stack) }] }),
    problem:
      "the service of 'shop.example.com' is in namespace 'shop', the Ingress in 'other': create the Ingress in 'shop'",
  },
])('$problem', ({ props, problem }) => {
  expect(refusal(place(props))).toBe(`test/ingress: ${problem}`);
});

test.each(['shop.example.com', '*.example.com', 'localhost'])('%s is a host', (host) => {
  expect(ingressOf(() => ({ routes: [{ ...route, host }] }))['spec'].rule[0].host).toBe(host);
});

test("one host and path may have both types, and a service's port its number", () => {
  const stack = synthIngress((scope) => ({
    routes: [
      { ...route, service: service(scope), port: 80 },
      { ...route, pathType: 'Exact' },
    ],
  }));
  expect(stack.getResource('kubernetes_ingress_v1').attributes['spec'].rule[0].http.path).toHaveLength(2);
});

test('all that is missing is reported at once, and so are all other problems', () => {
  const nothing = () => ({ routes: undefined, namespace: undefined, ingressClass: undefined }) as never;
  expect(refusal(place(nothing))).toContain('test/ingress: 3 problems');
  expect(refusal(place(() => ({ name: 'Shop', routes: [] })))).toContain('test/ingress: 2 problems');
});

test('template marks in annotations and paths are literal; references stay', () => {
  const annotations = { marks: '${host} %{path}', reference: `a ${Token.asString(ref('aws_eip.one.public_ip'))}` };
  const { metadata, spec } = ingressOf(() => ({ annotations, routes: [{ ...route, path: '/${id}' }] }));
  expect(metadata.annotations).toEqual({ marks: '$${host} %%{path}', reference: 'a ${aws_eip.one.public_ip}' });
  expect(spec.rule[0].http.path[0].path).toBe('/$${id}');
});

test('what is known only after apply is taken for each part of a route', () => {
  const [host, path, port] = ['host', 'path', 'port'].map((name) => Token.asString(ref(`local.${name}`)));
  const { rule } = ingressOf(() => ({
    routes: [{ host: `${host}.${'$'}{x}`, path: path!, port: port!, service: Token.asString(ref('local.service')) }],
    ingressClass: Token.asString(ref('local.class')),
  }))['spec'];
  expect(rule).toEqual([
    {
      host: '${local.host}.$${x}',
      http: {
        path: [
          {
            path: '${local.path}',
            path_type: 'Prefix',
            backend: { service: { name: '${local.service}', port: { name: '${local.port}' } } },
          },
        ],
      },
    },
  ]);
});

test('a service of another copy of this package is one', () => {
  const stack = synthIngress((scope) => {
    const { serviceId, ports, namespace: own, node } = service(scope);
    return { routes: [{ ...route, service: { serviceId, ports, namespace: own, node } as never }] };
  });
  const { backend } = stack.getResource('kubernetes_ingress_v1').attributes['spec'].rule[0].http.path[0];
  expect(backend.service.name).toBe(`\${${stack.getResource('kubernetes_service_v1').address}.metadata[0].name}`);
});
