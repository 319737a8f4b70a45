import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
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

test.each<{ props: (stack: AwsStack) => Partial<IngressProps>; problem: string }>([
  { props: () => ({ routes: [] }), problem: 'routes is empty: an Ingress needs one' },
  {
    props: () => ({ routes: [route, { ...route, path: '/' }] }),
    problem: "routes has 'shop.example.com/' twice: leave one out",
  },
  ...['Shop.example.com', 'a.*.example.com', 'shop_1.example.com', '10.0.0.1', 'https://shop', ''].map((host) => ({
    props: () => ({ routes: [{ ...route, host }] }),
    problem: `host '${host}' is not valid: use a domain name in lower case, optionally with *. in front`,
  })),
  ...['api', '/a//b', '/a/../b', '/a/.', '/a%2Fb'].map((path) => ({
    props: () => ({ routes: [{ ...route, path }] }),
    problem: `path '${path}' is not valid: start it with '/', without '//', '.', '..' or '%2f'`,
  })),
  ...['https', 8080].map((port) => ({
    props: (stack: AwsStack) => ({ routes: [{ ...route, service: service(stack), port }] }),
    problem: `port '${port}' of 'shop.example.com' is not a port of test/service: there are http (80)`,
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
