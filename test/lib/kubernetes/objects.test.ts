import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { acknowledge } from '../../../lib/core/acknowledge';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { ConfigFiles } from '../../../lib/kubernetes/config-files';
import { Namespace } from '../../../lib/kubernetes/namespace';
import { NetworkPolicy, toHttpsAnywhere, toPodIdentity } from '../../../lib/kubernetes/network-policy';
import { PriorityClass } from '../../../lib/kubernetes/priority-class';
import { PodService } from '../../../lib/kubernetes/service';
import { ServiceAccount } from '../../../lib/kubernetes/service-account';
import { refusal, synthStack } from '../../support/stack';

const namespace = { namespaceName: 'shop' };
const identity = { name: 'api', partOf: 'shop' };

const synth = (build: (stack: AwsStack) => void) =>
  synthStack((stack) => {
    new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
    build(stack);
  });

describe('a namespace', () => {
  test("gives a container's defaults as the API server would complete and write them, so that no plan differs", () => {
    const containerDefaults = { requests: { cpu: '0.1' }, limits: { memory: '1024Mi' } };
    const stack = synth((scope) => new Namespace(scope, 'namespace', { name: 'shop', containerDefaults }));
    expect(stack.getResource('kubernetes_limit_range_v1').attributes['spec'].limit).toEqual([
      { type: 'Container', default_request: { cpu: '100m', memory: '1Gi' }, default: { memory: '1Gi' } },
    ]);
  });

  test('waits longer than the provider by itself for what goes with it', () => {
    const stack = synth((scope) => new Namespace(scope, 'namespace', { name: 'shop' }));
    expect(stack.getResource('kubernetes_namespace_v1').attributes['timeouts']).toEqual({ delete: '20m' });
  });

  test('is restricted and denies traffic but to DNS', () => {
    const stack = synth((scope) => new Namespace(scope, 'shop', { name: 'shop' }));
    const { labels } = stack.getResource('kubernetes_namespace_v1').attributes['metadata'];
    expect(labels).toEqual({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
    const policy = stack.getResource('kubernetes_network_policy_v1', 'default-deny/policy');
    const { spec } = policy.attributes;
    expect(spec.pod_selector).toEqual({ match_labels: {} });
    expect(spec.policy_types).toEqual(['Ingress', 'Egress']);
    expect(spec.ingress).toEqual([]);
    expect(spec.egress).toHaveLength(1);
    expect(spec.egress[0].ports).toEqual([
      { port: '53', protocol: 'UDP' },
      { port: '53', protocol: 'TCP' },
    ]);
    expect(stack.isAfter(policy, stack.getResource('kubernetes_namespace_v1'))).toBe(true);
  });

  test('may have totals and defaults', () => {
    const stack = synth(
      (scope) =>
        new Namespace(scope, 'shop', {
          name: 'shop',
          podSecurity: 'baseline',
          traffic: 'allow',
          quota: { 'requests.cpu': '20', pods: '200' },
          containerDefaults: { requests: { cpu: '50m' }, limits: { memory: '64Mi' } },
        }),
    );
    expect(stack.ofType('kubernetes_network_policy_v1')).toEqual([]);
    expect(stack.getResource('kubernetes_resource_quota_v1').attributes['spec']).toEqual({
      hard: { 'requests.cpu': '20', pods: '200' },
    });
    expect(stack.getResource('kubernetes_limit_range_v1').attributes['spec'].limit).toEqual([
      { type: 'Container', default_request: { cpu: '50m', memory: '64Mi' }, default: { memory: '64Mi' } },
    ]);
  });

  test('refuses what Kubernetes would', () => {
    expect(refusal((scope) => new Namespace(scope, 'shop', { name: 'Shop', quota: { pods: 'many' } }))).toBe(
      [
        'test/shop: 2 problems',
        "  - name 'Shop' is not a valid name of a Kubernetes object: use lower-case letters, digits and '-', with a letter or digit at both ends",
        "  - 'many' for pods is not a valid quantity: write it like 500m, 20 or 8Gi",
      ].join('\n'),
    );
  });
});

describe('a network policy', () => {
  test('names peers by pods, namespaces and addresses', () => {
    const stack = synth(
      (scope) =>
        new NetworkPolicy(scope, 'policy', {
          namespace,
          name: 'api',
          pods: { app: 'api' },
          ingress: [
            { peers: [{ namespace: 'ingress' }, { pods: { app: 'web' } }], ports: ['http', 9090] },
            { peers: [{ namespace: 'any' }, { pods: { app: 'x' }, namespace: 'other' }] },
            { ports: [{ port: 53, protocol: 'UDP' }] },
          ],
          egress: [toPodIdentity(), toHttpsAnywhere()],
        }),
    );
    const { ingress, egress } = stack.getResource('kubernetes_network_policy_v1').attributes['spec'];
    const byName = (name: string) => ({ match_labels: { 'kubernetes.io/metadata.name': name } });
    expect(ingress).toEqual([
      {
        from: [{ namespace_selector: byName('ingress') }, { pod_selector: { match_labels: { app: 'web' } } }],
        ports: [
          { port: 'http', protocol: 'TCP' },
          { port: '9090', protocol: 'TCP' },
        ],
      },
      {
        from: [
          { namespace_selector: {} },
          { namespace_selector: byName('other'), pod_selector: { match_labels: { app: 'x' } } },
        ],
      },
      { ports: [{ port: '53', protocol: 'UDP' }] },
    ]);
    expect(egress).toEqual([
      { to: [{ ip_block: { cidr: '169.254.170.23/32' } }], ports: [{ port: '80', protocol: 'TCP' }] },
      { to: [{ ip_block: { cidr: '0.0.0.0/0' } }], ports: [{ port: '443', protocol: 'TCP' }] },
    ]);
  });

  test('refuses an address for a block', () => {
    const egress = [{ peers: [{ cidr: '10.0.0.1/24' }] }];
    expect(refusal((scope) => new NetworkPolicy(scope, 'policy', { namespace, name: 'api', pods: {}, egress }))).toBe(
      "test/policy: cidr '10.0.0.1/24' is an address inside 10.0.0.0/24: write 10.0.0.0/24",
    );
  });
});

describe('a service account', () => {
  const rules = [{ resources: ['pods'], verbs: ['get'] }];

  test('without rules has no role, and never mounts a token by itself', () => {
    const stack = synth((scope) => new ServiceAccount(scope, 'account', { namespace, identity }));
    expect(stack.getResource('kubernetes_service_account_v1').attributes['automount_service_account_token']).toBe(
      false,
    );
    expect(stack.ofType('kubernetes_role_binding_v1')).toEqual([]);
  });

  test('is bound to what its rules say, in its namespace or in the cluster', () => {
    const paths = [{ nonResourceUrls: ['/metrics'], verbs: ['get'] }];
    const stack = synth(
      (scope) => new ServiceAccount(scope, 'account', { namespace, identity, rules, clusterRules: paths }),
    );
    expect(stack.getResource('kubernetes_role_v1').attributes['rule']).toEqual([
      { api_groups: [''], resources: ['pods'], verbs: ['get'] },
    ]);
    const role = stack.getResource('kubernetes_cluster_role_v1');
    expect(role.attributes['metadata'].name).toBe('shop:api');
    expect(role.attributes['rule']).toEqual([{ non_resource_urls: ['/metrics'], verbs: ['get'] }]);
    const binding = stack.getResource('kubernetes_cluster_role_binding_v1');
    expect(binding.attributes['subject'][0]).toMatchObject({ kind: 'ServiceAccount', namespace: 'shop' });
    expect(stack.isAfter(binding, stack.getResource('kubernetes_service_account_v1'))).toBe(true);
    expect(stack.isAfter(binding, role)).toBe(true);
  });

  test('with a wildcard needs a reason', () => {
    const clusterRules = [
      { apiGroups: ['*'], resources: ['secrets'], verbs: ['*'] },
      { resources: ['secrets'], resourceNames: ['one'], verbs: ['get'] },
    ];
    const build = (scope: AwsStack) => new ServiceAccount(scope, 'account', { namespace, identity, clusterRules });
    expect(refusal(build)).toBe(
      [
        'test/account/cluster-access: 3 problems',
        "  - rules has '*' in apiGroups: list what is needed (on purpose? acknowledge(scope, 'rbac-wildcard', 'the reason'))",
        "  - rules has '*' in verbs: list what is needed (on purpose? acknowledge(scope, 'rbac-wildcard', 'the reason'))",
        "  - rules allows * on the secrets of every namespace: grant it in the namespaces concerned, with RoleGrant (on purpose? acknowledge(scope, 'rbac-all-secrets', 'the reason'))",
      ].join('\n'),
    );
    const stack = synth((scope) => {
      acknowledge(scope, 'rbac-wildcard', 'a test');
      acknowledge(scope, 'rbac-all-secrets', 'a test');
      build(scope);
    });
    expect(stack.ofType('kubernetes_cluster_role_v1')).toHaveLength(1);
  });
});

describe('a service', () => {
  test.each([
    { kind: 'cluster-ip', spec: { type: 'ClusterIP' } },
    { kind: 'headless', spec: { type: 'ClusterIP', cluster_ip: 'None', publish_not_ready_addresses: true } },
    { kind: 'node-port', spec: { type: 'NodePort', external_traffic_policy: 'Local' } },
  ] as const)('$kind', ({ kind, spec }) => {
    const ports = { http: { port: 80, target: 'http' } };
    const stack = synth((scope) => new PodService(scope, 'service', { namespace, identity, kind, ports }));
    expect(stack.getResource('kubernetes_service_v1').attributes['spec']).toEqual({
      ...spec,
      selector: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'api' },
      port: [{ name: 'http', port: 80, target_port: 'http', protocol: 'TCP' }],
    });
  });

  test('refuses a node port without nodes', () => {
    const ports = { http: { port: 80, nodePort: 30080 } };
    expect(refusal((scope) => new PodService(scope, 'service', { namespace, identity, ports }))).toBe(
      "test/service: port 'http' has nodePort 30080 and kind is 'cluster-ip': make it 'node-port', or drop nodePort",
    );
  });
});

test('a priority class is not one of the system', () => {
  const props = { name: 'system-mine', value: 2e9, description: '' };
  expect(refusal((scope) => new PriorityClass(scope, 'class', props))).toBe(
    [
      'test/class: 2 problems',
      "  - name 'system-mine' starts with system-, which Kubernetes reserves: choose another",
      '  - value must be a whole number of at most 1000000000, got 2000000000',
    ].join('\n'),
  );
});

describe('configuration files', () => {
  const build = (files: Record<string, string>) => {
    let hash = '';
    const stack = synth((scope) => {
      hash = new ConfigFiles(scope, 'files', { namespace, identity, files }).hash;
    });
    return { stack, hash };
  };

  test('have a hash that changes with them', () => {
    expect(build({ a: '1' }).hash).toBe(build({ a: '1' }).hash);
    expect(build({ a: '1' }).hash).not.toBe(build({ a: '2' }).hash);
  });

  test('refuse names that are no files, and more than fits', () => {
    expect(
      refusal(
        (scope) => new ConfigFiles(scope, 'files', { namespace, identity, files: { 'a/b': 'x'.repeat(1048577) } }),
      ),
    ).toBe(
      [
        'test/files: 2 problems',
        "  - files has 'a/b': use letters, digits, '-', '_' and '.'",
        '  - files has 1048577 bytes, Kubernetes allows at most 1048576: use several',
      ].join('\n'),
    );
  });
});
