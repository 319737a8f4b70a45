import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { App } from 'cdktf';
import { AwsStack } from '../../../../lib/core/aws-stack';
import { offlinePlan, type StackPlan } from '../../../../lib/offline';
import { PLACE, synthesize } from '../../offline/support/app';

type Arguments = Record<string, unknown>;
/** Terraform's `resource` object: arguments by type and name. */
export type Resources = Record<string, Record<string, Arguments>>;

const CREATE_FIRST = { create_before_destroy: true };
const HOST = (...values: readonly string[]) => [{ host_header: [{ values }] }];
const FORWARD = (group: string) => [{ type: 'forward', target_group_arn: `\${aws_lb_target_group.${group}.arn}` }];

/** A site as anyone would write it in Terraform: nothing of it knows quayside. */
export function site(): Resources {
  return {
    aws_security_group: { lb: { name: 'lb' }, nodes: { name: 'nodes' } },
    aws_lb: {
      main: {
        name: 'site',
        internal: false,
        load_balancer_type: 'application',
        subnets: ['subnet-1', 'subnet-2'],
        security_groups: ['${aws_security_group.lb.id}'],
      },
    },
    aws_vpc_security_group_ingress_rule: {
      clients: ingressRule('lb', 443, { cidr_ipv4: '0.0.0.0/0' }),
      node_port: ingressRule('nodes', 30080, { referenced_security_group_id: '${aws_security_group.lb.id}' }),
      node_port_of_others: ingressRule('nodes', 30099, { referenced_security_group_id: '${aws_security_group.lb.id}' }),
    },
    aws_acm_certificate: {
      shop: { domain_name: 'shop.example.com', lifecycle: CREATE_FIRST },
      blog: { domain_name: 'blog.example.com', lifecycle: CREATE_FIRST },
      unused: { domain_name: 'unused.example.com' },
    },
    aws_lb_listener: {
      https: {
        load_balancer_arn: '${aws_lb.main.arn}',
        port: 443,
        protocol: 'HTTPS',
        certificate_arn: '${aws_acm_certificate.shop.arn}',
        default_action: [
          { type: 'fixed-response', fixed_response: [{ content_type: 'text/plain', status_code: '404' }] },
        ],
      },
    },
    aws_lb_listener_certificate: {
      blog: { listener_arn: '${aws_lb_listener.https.arn}', certificate_arn: '${aws_acm_certificate.blog.arn}' },
    },
    aws_lb_target_group: {
      ingress: targetGroup('ingress', 30080),
      unused: targetGroup('unused', 30081),
    },
    aws_lb_listener_rule: {
      shop: rule(10, HOST('shop.example.com', 'blog.example.com'), FORWARD('ingress')),
    },
    aws_autoscaling_group: { a: autoScalingGroup('a'), b: autoScalingGroup('b') },
    aws_autoscaling_attachment: { a: attachment('a', 'ingress') },
    aws_route53_record: {
      shop: alias('shop.example.com', 'A'),
      shop6: alias('shop.example.com', 'AAAA'),
      text: { zone_id: 'Z1', name: 'shop.example.com', type: 'TXT', ttl: 60, records: ['v=1'] },
    },
    kubernetes_service_v1: {
      traefik: {
        metadata: [{ name: 'traefik', namespace: 'ingress' }],
        spec: [
          {
            type: 'NodePort',
            selector: { app: 'traefik' },
            port: [{ name: 'web', port: 80, target_port: '8000', node_port: 30080 }],
          },
        ],
      },
      shop: {
        metadata: [{ name: 'shop', namespace: 'shop' }],
        spec: [{ type: 'ClusterIP', selector: { app: 'shop' }, port: [{ port: 80, target_port: '8080' }] }],
      },
      internal: {
        metadata: [{ name: 'internal', namespace: 'shop' }],
        spec: [{ type: 'ClusterIP', selector: { app: 'worker' }, port: [{ port: 80, target_port: '8080' }] }],
      },
    },
    kubernetes_daemon_set_v1: { traefik: pods('ingress', 'traefik') },
    kubernetes_deployment_v1: { shop: pods('shop', 'shop', { replicas: '2' }), worker: pods('shop', 'worker') },
    kubernetes_ingress_class_v1: {
      traefik: { metadata: [{ name: 'traefik' }], spec: [{ controller: 'traefik.io/ingress-controller' }] },
    },
    kubernetes_ingress_v1: { shop: ingress('shop', 'shop.example.com', '/') },
  };
}

export function rule(priority: number, condition: unknown, action: unknown, more: Arguments = {}): Arguments {
  return { listener_arn: '${aws_lb_listener.https.arn}', priority, condition, action, ...more };
}

rule.host = HOST;
rule.forward = FORWARD;

export function targetGroup(name: string, port: number, more: Arguments = {}): Arguments {
  return {
    name: `${name}-${port}`,
    port,
    protocol: 'HTTP',
    target_type: 'instance',
    vpc_id: 'vpc-1',
    health_check: [{ port: 'traffic-port', path: '/ping' }],
    lifecycle: CREATE_FIRST,
    ...more,
  };
}

export function attachment(group: string, target: string, more: Arguments = {}): Arguments {
  return {
    autoscaling_group_name: `\${aws_autoscaling_group.${group}.name}`,
    lb_target_group_arn: `\${aws_lb_target_group.${target}.arn}`,
    lifecycle: CREATE_FIRST,
    ...more,
  };
}

export function autoScalingGroup(name: string, more: Arguments = {}): Arguments {
  return { name, min_size: 1, max_size: 3, lifecycle: CREATE_FIRST, ...more };
}

export function ingressRule(group: string, port: number, more: Arguments): Arguments {
  return {
    security_group_id: `\${aws_security_group.${group}.id}`,
    ip_protocol: 'tcp',
    from_port: port,
    to_port: port,
    ...more,
  };
}

export function alias(name: string, type: string, loadBalancer = 'main'): Arguments {
  return {
    zone_id: 'Z1',
    name,
    type,
    alias: [
      {
        name: `\${aws_lb.${loadBalancer}.dns_name}`,
        zone_id: `\${aws_lb.${loadBalancer}.zone_id}`,
        evaluate_target_health: false,
      },
    ],
  };
}

export function pods(namespace: string, app: string, spec: Arguments = {}): Arguments {
  return {
    metadata: [{ name: app, namespace }],
    spec: [
      {
        selector: [{ match_labels: { app } }],
        template: [{ metadata: [{ labels: { app } }], spec: [{ container: [{ name: app, image: `${app}:1` }] }] }],
        ...spec,
      },
    ],
  };
}

export function ingress(service: string, host: string, path: string, more: Arguments = {}): Arguments {
  return {
    metadata: [{ name: service, namespace: 'shop' }],
    spec: [
      {
        ingress_class_name: 'traefik',
        rule: [
          {
            host,
            http: [
              {
                path: [
                  { path, path_type: 'Prefix', backend: [{ service: [{ name: service, port: [{ number: 80 }] }] }] },
                ],
              },
            ],
          },
        ],
        ...more,
      },
    ],
  };
}

/** The blocks of a name. */
export function blocks(resource: Arguments, name: string): Arguments[] {
  return resource[name] as Arguments[];
}

/** The first block of a name. */
export function block(resource: Arguments, name: string): Arguments {
  return blocks(resource, name)[0]!;
}

export interface Scenario {
  /** Changes the resources before the first apply. */
  readonly before?: (resources: Resources) => unknown;
  /** Changes them afterwards, in addition. */
  readonly change: (resources: Resources) => unknown;
  /** Addresses that move within the state. */
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

/** More in one stack take longer than another stack. */
const SCENARIOS_OF_A_STACK = 15;

/**
 * Plans every scenario against the state of its own baseline. To save runs of Terraform, many share a stack, in which the
 * names of their resources have a prefix.
 * @param types of the site that matter; they refer to no others
 * @returns the plan of each, by its index
 */
export async function planScenarios(
  scenarios: readonly Scenario[],
  types: readonly string[],
): Promise<readonly StackPlan[]> {
  const app = (changed: boolean) => (app: App) => {
    for (let first = 0; first < scenarios.length; first += SCENARIOS_OF_A_STACK) {
      const stack = new AwsStack(app, `from-${first}`, PLACE);
      new KubernetesProvider(stack, 'kubernetes', { host: 'https://kubernetes.example.com' });
      for (const [offset, scenario] of scenarios.slice(first, first + SCENARIOS_OF_A_STACK).entries()) {
        const resources = Object.fromEntries(Object.entries(site()).filter(([type]) => types.includes(type)));
        scenario.before?.(resources);
        if (changed) scenario.change(resources);
        const { resource, moved } = prefixed(
          prefixOf(first + offset),
          withUniqueNames(resources, first + offset),
          changed ? (scenario.moved ?? []) : [],
        );
        for (const [type, named] of Object.entries(resource)) {
          for (const [name, values] of Object.entries(named)) stack.addOverride(`resource.${type}.${name}`, values);
        }
        if (moved.length > 0) stack.addOverride('moved', moved);
      }
    }
  };
  const plan = await offlinePlan({ baseline: synthesize(app(false)), stacksDir: synthesize(app(true)) });
  const failed = plan.stacks.filter(({ ok }) => !ok);
  if (failed.length > 0)
    throw new Error(JSON.stringify(failed.map(({ name, diagnostics }) => ({ name, diagnostics }))));
  return scenarios.map((_, index) => {
    const first = index - (index % SCENARIOS_OF_A_STACK);
    return withoutPrefix(
      prefixOf(index),
      plan.stacks.find(({ name }) => name === `from-${first}`)!,
    );
  });
}

function prefixOf(index: number): string {
  return `scenario_${index}_`;
}

const NAMED = new Set(['aws_lb', 'aws_lb_target_group', 'aws_autoscaling_group', 'aws_security_group']);

/** No two scenarios share what is unique in an account or a cluster. */
function withUniqueNames(resources: Resources, index: number): Resources {
  const suffixed = (values: Arguments, name: string) =>
    values[name] === undefined ? {} : { [name]: `${String(values[name])}-${index}` };
  const unique = (type: string, values: Arguments): Arguments => {
    if (NAMED.has(type)) return { ...values, ...suffixed(values, 'name') };
    if (!type.startsWith('kubernetes_')) return values;
    const [metadata, spec] = [block(values, 'metadata'), block(values, 'spec')];
    const own = suffixed(metadata, metadata.namespace === undefined ? 'name' : 'namespace');
    return {
      metadata: [{ ...metadata, ...own }],
      spec: [{ ...spec, ...suffixed(spec, 'ingress_class_name') }],
    };
  };
  return Object.fromEntries(
    Object.entries(resources).map(([type, named]) => [
      type,
      Object.fromEntries(Object.entries(named).map(([name, values]) => [name, unique(type, values)])),
    ]),
  );
}

function prefixed(prefix: string, resources: Resources, moved: NonNullable<Scenario['moved']>) {
  const named = Object.entries(resources).map(([type, byName]) => [
    type,
    Object.fromEntries(Object.entries(byName).map(([name, values]) => [`${prefix}${name}`, values])),
  ]);
  const text = JSON.stringify(Object.fromEntries(named)).replaceAll(/\$\{(\w+)\./g, `\${$1.${prefix}`);
  const move = (address: string) => address.replace('.', `.${prefix}`);
  return {
    resource: JSON.parse(text) as Resources,
    moved: moved.map(({ from, to }) => ({ from: move(from), to: move(to) })),
  };
}

/** The part of a plan that belongs to one scenario, as if it had its own stack. */
function withoutPrefix(prefix: string, plan: StackPlan): StackPlan {
  const isOwn = ({ address }: { readonly address: string }) => address.split('.')[1]!.startsWith(prefix);
  const configuration = plan.plan!.configuration as { root_module: { resources: { address: string }[] } };
  const own = {
    ...plan,
    resources: plan.resources.filter(isOwn),
    plan: {
      format_version: plan.plan!.format_version,
      configuration: { root_module: { resources: configuration.root_module.resources.filter(isOwn) } },
    },
  };
  return JSON.parse(JSON.stringify(own).replaceAll(`.${prefix}`, '.')) as StackPlan;
}
