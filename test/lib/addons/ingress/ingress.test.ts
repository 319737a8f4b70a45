import { Token } from 'cdktf';
import { ingress, type IngressAddOnProps } from '../../../../lib/addons/ingress/ingress';
import { dynamicFile, weightedService } from '../../../../lib/addons/ingress/dynamic-configuration';
import type { NodePool } from '../../../../lib/kubernetes/pod/placement';
import { trafficContract } from '../../../../lib/load-balancing/traffic-contract';
import { describeAddOn } from '../../../support/add-on-contract';
import { install, NODE_POOLS, type PlatformOverrides } from '../../../support/platform';
import { refusal, synthStack } from '../../../support/stack';

describeAddOn('ingress', () => ingress({ dashboard: 'port-forward' }));

const synth = (props: IngressAddOnProps = {}, overrides: PlatformOverrides = {}) =>
  synthStack((stack) => install(stack, [ingress(props)], overrides));
const daemonSet = (props: IngressAddOnProps = {}, overrides: PlatformOverrides = {}) =>
  synth(props, overrides).getResource('kubernetes_daemon_set_v1').attributes['spec'];
const traefik = (props: IngressAddOnProps = {}, overrides: PlatformOverrides = {}) =>
  daemonSet(props, overrides).template.spec.container[0];

const TRAFFIC = trafficContract({
  httpNodePort: 31000,
  healthCheckNodePort: 31001,
  drainSeconds: 30,
  deregistrationDelaySeconds: 30,
  loadBalancerIdleSeconds: 100,
  trustedCidrs: ['10.20.16.0/24', '10.20.32.0/24'],
});

const GPU_TAINT = { key: 'gpu', effect: 'NoSchedule' } as const;

describe('the traffic contract', () => {
  test.each([
    '--entrypoints.web.transport.lifecycle.requestacceptgracetimeout=45s',
    '--entrypoints.web.transport.lifecycle.gracetimeout=30s',
    '--entrypoints.ping.transport.lifecycle.requestacceptgracetimeout=45s',
    '--entrypoints.web.transport.respondingtimeouts.idletimeout=300s',
    '--entrypoints.web.forwardedheaders.trustedips=10.20.16.0/24,10.20.32.0/24',
  ])('sets %s', (argument) => {
    expect(traefik({}, { traffic: TRAFFIC }).args).toContain(argument);
  });

  test('sets the timings of pods', () => {
    const { min_ready_seconds: ready, strategy, template } = daemonSet({}, { traffic: TRAFFIC });
    expect(ready).toBe(12);
    expect(strategy.rolling_update).toEqual({ max_surge: '1', max_unavailable: '0' });
    expect(template.spec.termination_grace_period_seconds).toBe(95);
  });

  test('sets the node ports, which only respond on nodes with a pod', () => {
    const { spec } = synth({}, { traffic: TRAFFIC }).getResource('kubernetes_service_v1').attributes;
    expect(spec).toMatchObject({ type: 'NodePort', external_traffic_policy: 'Local' });
    expect(spec.port).toEqual([
      { name: 'web', port: 80, target_port: 'web', protocol: 'TCP', node_port: 31000 },
      { name: 'ping', port: 8081, target_port: 'ping', protocol: 'TCP', node_port: 31001 },
    ]);
  });

  test('sets the additional node ports, in any order', () => {
    const ports = (http: number[], healthCheck: number[]) => {
      const traffic = trafficContract({
        additionalNodePorts: { http, healthCheck },
        trustedCidrs: TRAFFIC.trustedCidrs,
      });
      return synth({}, { traffic }).getResource('kubernetes_service_v1').attributes['spec'].port;
    };
    expect(ports([31002, 31000], [31001])).toEqual([
      { name: 'web', port: 80, target_port: 'web', protocol: 'TCP', node_port: 30080 },
      { name: 'ping', port: 8081, target_port: 'ping', protocol: 'TCP', node_port: 30081 },
      { name: 'web-31000', port: 31000, target_port: 'web', protocol: 'TCP', node_port: 31000 },
      { name: 'ping-31001', port: 31001, target_port: 'ping', protocol: 'TCP', node_port: 31001 },
      { name: 'web-31002', port: 31002, target_port: 'web', protocol: 'TCP', node_port: 31002 },
    ]);
    expect(ports([31000, 31002], [31001])).toEqual(ports([31002, 31000], [31001]));
  });

  test('sets who can reach the pods', () => {
    const policy = synth().getResource('kubernetes_network_policy_v1', 'traefik/network-policy/policy');
    expect(policy.attributes['spec'].ingress[0]).toEqual({
      from: ['10.20.16.0/24', '10.20.32.0/24'].map((cidr) => ({ ip_block: { cidr } })),
      ports: [
        { port: 'web', protocol: 'TCP' },
        { port: 'ping', protocol: 'TCP' },
      ],
    });
  });

  test('is rejected if it would drop requests', () => {
    const traffic = trafficContract({ acceptGraceSeconds: 10, healthCheckPath: '/health' });
    expect(refusal((stack) => install(stack, [ingress()], { traffic }))).toBe(
      [
        'test/ingress/traefik: 4 problems',
        '  - deregistrationDelaySeconds (20) must be less than acceptGraceSeconds (10): the ingress would stop accepting requests that the load balancer still sends',
        '  - acceptGraceSeconds (10) must be at least 12, healthCheckIntervalSeconds x unhealthyThreshold + healthCheckTimeoutSeconds: the load balancer sends requests until it has seen the health checks fail',
        "  - trustedCidrs is empty, so that nobody could reach the ingress: list the load balancer's subnets",
        "  - healthCheckPath is '/health', but Traefik only responds below /ping: omit it",
      ].join('\n'),
    );
  });
});

test('a terminating pod stays ready while it accepts requests, only its ping fails', () => {
  const { readiness_probe: readiness, liveness_probe: liveness } = traefik();
  expect(readiness.tcp_socket).toEqual([{ port: 'web' }]);
  expect(liveness.http_get).toEqual({ path: '/ping', port: 'ping', scheme: 'HTTP' });
});

describe('the nodes', () => {
  test('are those that the load balancer targets', () => {
    const { node_selector: selector, toleration } = daemonSet().template.spec;
    expect(selector).toEqual({ pool: 'ingress' });
    expect(toleration).toEqual([{ key: 'pool', operator: 'Equal', value: 'ingress', effect: 'NoSchedule' }]);
  });

  test.each([
    [3, { min_available: '2' }],
    [2, { min_available: '1' }],
    [1, {}],
    [0, {}],
  ])('with at least %d, evictions must leave %j', (minNodes, bound) => {
    const nodePools = [{ ...NODE_POOLS[0]!, minNodes }];
    const [budget] = synth({}, { nodePools }).ofType('kubernetes_pod_disruption_budget_v1');
    const { selector: _, ...found } = budget?.attributes['spec'] ?? {};
    expect(found).toEqual(bound);
  });

  /** The ingress pool, and one of GPUs without labels. */
  const unlabelled = (gpu: Partial<NodePool>): readonly NodePool[] => {
    const apps: NodePool = { ...NODE_POOLS[1]!, ingress: true, labels: {} };
    return [apps, { ...apps, name: 'gpu', ingress: false, ...gpu }];
  };

  test('need no label where the taints of others repel the pods', () => {
    const spec = daemonSet({}, { nodePools: unlabelled({ taints: [GPU_TAINT] }) }).template.spec;
    expect(spec.toleration).toEqual([]);
    expect(spec.node_selector).toBeUndefined();
  });

  test('need a label where others accept the pods', () => {
    const nodePools = unlabelled({ taints: [{ ...GPU_TAINT, effect: 'PreferNoSchedule' }] });
    expect(refusal((stack) => install(stack, [ingress()], { nodePools }))).toBe(
      "test/ingress/traefik: node pool 'apps' has no label that 'gpu' lacks, so its pods would run on both: give it one, such as { pool: 'apps' }",
    );
  });

  test('must exist', () => {
    const nodePools = NODE_POOLS.map((pool) => ({ ...pool, ingress: false }));
    expect(refusal((stack) => install(stack, [ingress()], { nodePools }))).toBe(
      `test/ingress/traefik: ingress is false on every node pool (${NODE_POOLS.map(({ name }) => name).join(', ')}), so none receives requests from the load balancer: set ingress: true on a node group`,
    );
  });
});

test.each<[IngressAddOnProps, string]>([
  [{ logLevel: 'DEBUG' }, '--log.level=DEBUG'],
  [{ readTimeoutSeconds: 600 }, '--entrypoints.web.transport.respondingtimeouts.readtimeout=600s'],
  [{ middlewareNamespaces: ['a', 'b'] }, '--providers.kubernetesingress.crossprovidernamespaces=a,b'],
  [{ dashboard: 'port-forward' }, '--entrypoints.traefik.address=127.0.0.1:8080'],
])('%j adds %s', (props, argument) => {
  expect(traefik().args).not.toContain(argument);
  expect(traefik(props).args).toContain(argument);
});

test('the dashboard is off', () => {
  expect(traefik().args.filter((argument: string) => argument.startsWith('--api'))).toEqual([]);
});

test('it serves the default ingress class', () => {
  const { metadata } = synth().getResource('kubernetes_ingress_class_v1').attributes;
  expect(metadata.annotations).toEqual({ 'ingressclass.kubernetes.io/is-default-class': 'true' });
  expect(traefik().args).toContain(`--providers.kubernetesingress.ingressclass=${metadata.name}`);
});

describe('the configuration file', () => {
  const http = {
    middlewares: { compress: { compress: {} } },
    services: { split: weightedService({ 'shop-stable-80': 90, 'shop-canary-80': 10 }) },
  };

  test('is mounted as a directory, so that Traefik reloads it without replacing pods', () => {
    const one = daemonSet({ http });
    expect(one.template).toEqual(daemonSet().template);
    expect(one.template.spec.container[0].volume_mount[0]).toEqual({
      name: 'dynamic',
      mount_path: '/etc/traefik/dynamic',
      read_only: true,
    });
  });

  test('contains the given configuration in Traefik’s syntax', () => {
    const { data } = synth({ http }).getResource('kubernetes_config_map_v1').attributes;
    expect(JSON.parse(data['http.yaml'])).toEqual({
      http: {
        middlewares: { compress: { compress: {} } },
        services: {
          split: {
            weighted: {
              services: [
                { name: 'shop-canary-80@kubernetes', weight: 10 },
                { name: 'shop-stable-80@kubernetes', weight: 90 },
              ],
            },
          },
        },
      },
    });
  });

  test('has no empty section', () => {
    expect(dynamicFile({})).toBe('{}\n');
    expect(dynamicFile({ middlewares: {} })).toBe('{}\n');
  });

  test('is rejected if it is not valid for Traefik', () => {
    const weighted = (...weights: readonly number[]) => ({
      weighted: { services: weights.map((weight) => ({ name: 'a@kubernetes', weight })) },
    });
    const invalid = {
      middlewares: { 'compress@file': {} },
      services: { none: weighted(0, 0), half: weighted(0.5) },
    };
    expect(() => ingress({ http: invalid })).toThrow(
      [
        'ingress: 3 problems',
        "  - middlewares 'compress@file': remove the suffix from '@', Traefik appends @file",
        "  - services 'none': every weight is 0: set at least one above 0",
        "  - services 'half': a weight must be a whole number of at least 0, got 0.5",
      ].join('\n'),
    );
  });
});

describe('options', () => {
  test.each<{ options: string; problems: readonly string[] }>([
    {
      options: '{"readTimeoutSeconds":-1,"logLevel":"debug","dashboard":"on","middlewareNamespaces":["Shop"]}',
      problems: [
        "middlewareNamespaces[0] 'Shop' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends",
        "dashboard must be one of off, port-forward, got 'on'",
        'readTimeoutSeconds must be a whole number of at least 0, got -1',
        "logLevel must be one of DEBUG, INFO, WARN, ERROR, got 'debug'",
      ],
    },
    {
      options: '{"readTimeoutSeconds":0.5}',
      problems: ['readTimeoutSeconds must be a whole number of at least 0, got 0.5'],
    },
    {
      options: '{"middlewareNamespace":[],"http":{"middleware":{},"routers":null,"services":{"a":"b"}}}',
      problems: [
        "unknown property 'middlewareNamespace': did you mean 'middlewareNamespaces'?",
        "unknown property 'http.middleware': did you mean 'middlewares'?",
        'http.routers must be definitions by name, got null',
        "http.services.a must be a definition in Traefik's syntax, got 'b'",
      ],
    },
    { options: 'null', problems: ['the value must be an object, got null'] },
  ])('$options are rejected when they are given', ({ options, problems }) => {
    const [problem, ...others] = problems;
    expect(() => ingress(JSON.parse(options) as IngressAddOnProps)).toThrow(
      others.length === 0
        ? `ingress: ${problem}`
        : `ingress: ${problems.length} problems\n  - ${problems.join('\n  - ')}`,
    );
  });

  test.each<{ of: string; weights: unknown; problem: string }>([
    { of: 'zero', weights: { a: 0, b: 0 }, problem: 'every weight is 0: set at least one above 0' },
    { of: 'none', weights: {}, problem: 'every weight is 0: set at least one above 0' },
    { of: 'a fraction', weights: { a: 0.5 }, problem: 'a must be a whole number of at least 0, got 0.5' },
    { of: 'null', weights: null, problem: 'weights by service, got null' },
  ])('weights of a service are rejected: $of', ({ weights, problem }) => {
    expect(() => weightedService(weights as Record<string, number>)).toThrow(problem);
  });

  test.each<IngressAddOnProps>([
    {},
    { http: {}, readTimeoutSeconds: 0 },
    { http: { services: { a: { weighted: { services: [{ name: 'a@kubernetes' }] } } } } },
    { http: { services: { a: { weighted: null, other: [1] } } } },
    { http: { serversTransports: { tls: { serverName: 'api.internal' } }, middlewares: {} } },
  ])('%j is accepted', (props) => {
    expect(synth(props).ofType('kubernetes_daemon_set_v1')).toHaveLength(1);
  });

  test('an empty list of namespaces is none, which Traefik would take for all', () => {
    expect(traefik({ middlewareNamespaces: [] }).args).toContain(
      '--providers.kubernetesingress.crossprovidernamespaces=ingress',
    );
  });

  test('text of the configuration is literal, tokens stay references', () => {
    const http = {
      middlewares: {
        regex: { redirectRegex: { regex: '^/(.*)', replacement: '/x/${1}' } },
        user: { basicAuth: { realm: Token.asString({ resolve: () => '${var.realm}' }) } },
      },
    };
    const { data } = synth({ http }).getResource('kubernetes_config_map_v1').attributes;
    expect(data['http.yaml']).toContain('/x/$${1}');
    expect(data['http.yaml']).toContain('"${var.realm}"');
  });
});
