import { TerraformResource } from 'cdktf';
import type { AddOn } from '../../lib/platform/add-on';
import { acknowledged } from '../../lib/core/acknowledge';
import type { AwsStack } from '../../lib/core/aws-stack';
import type { RuleCode } from '../../lib/core/rules';
import { mirrored } from '../../lib/kubernetes/image-policy';
import { SynthesizedStack, type Attributes, type SynthesizedResource } from '../../lib/testing/synthesized-stack';
import { CLUSTER_AUTOSCALER_IMAGES, IMAGES } from '../../lib/versions';
import { privilegesOf } from './pod-privileges';
import { install, type PlatformOverrides } from './platform';
import { synthStack } from './stack';

const CONTROLLERS = [
  'kubernetes_deployment_v1',
  'kubernetes_stateful_set_v1',
  'kubernetes_daemon_set_v1',
  'kubernetes_daemonset',
  'kubernetes_cron_job_v1',
  'kubernetes_job_v1',
];
/** Controllers of long-running pods, which need probes. */
const LONG_RUNNING = new Set(CONTROLLERS.slice(0, 4));
const RECOMMENDED = ['name', 'instance', 'part-of', 'managed-by', 'version'].map((key) => `app.kubernetes.io/${key}`);
const PINNED: readonly string[] = [...Object.values(IMAGES), ...Object.values(CLUSTER_AUTOSCALER_IMAGES)];
const MIRROR = 'mirror.example.com/hub';

export interface ContractOptions {
  /** Other add-ons that it requires. */
  readonly requires?: readonly AddOn[];
  readonly platform?: PlatformOverrides;
}

/** Tests the requirements that every add-on must meet. Call it once per relevant configuration. */
export function describeAddOn(title: string, addOn: () => AddOn, options: ContractOptions = {}): void {
  describe(`${title} as an add-on`, () => {
    let stack: SynthesizedStack;
    let acknowledgedFor: (resource: SynthesizedResource) => readonly string[];
    beforeAll(() => {
      ({ stack, acknowledgedFor } = synthesize(addOn(), options));
    });
    const workloads = () => CONTROLLERS.flatMap((type) => stack.ofType(type));

    test('its pods carry the recommended labels', () => {
      expect(problems(workloads(), (one) => missing(RECOMMENDED, podOf(one).metadata.labels))).toEqual([]);
    });

    test('selectors do not contain the version', () => {
      expect(workloads().filter((one) => 'app.kubernetes.io/version' in selectorOf(one))).toEqual([]);
    });

    test('its containers have CPU and memory requests, and a memory limit', () => {
      expect(problems(workloads(), (one) => containersOf(one).flatMap(resourceProblems))).toEqual([]);
    });

    test('its images are pinned in versions.ts', () => {
      expect(imagesOf(workloads()).filter((image) => !PINNED.includes(image))).toEqual([]);
    });

    test('its images come from the configured mirror', () => {
      const mirrors = Object.fromEntries(PINNED.map((image) => [image.split('/')[0]!, MIRROR]));
      const images = { mirrors, allowed: ['mirror.example.com'] };
      const copy = synthesize(addOn(), { ...options, platform: { ...options.platform, images } }).stack;
      const pulled = imagesOf(CONTROLLERS.flatMap((type) => copy.ofType(type)));
      expect(pulled).toEqual(imagesOf(workloads()).map((image) => mirrored(images, image)));
    });

    test('privileges beyond the restricted level are acknowledged', () => {
      expect(
        problems(workloads(), (one) => privilegesOf(podOf(one)).filter((code) => !acknowledgedFor(one).includes(code))),
      ).toEqual([]);
    });

    test('its pods have probes', () => {
      const longRunning = workloads().filter(({ type }) => LONG_RUNNING.has(type));
      expect(
        problems(longRunning, (one) =>
          podOf(one).spec.container[0].readiness_probe || acknowledgedFor(one).includes('no-readiness-probe')
            ? []
            : ['no readiness probe'],
        ),
      ).toEqual([]);
    });

    test('several replicas have a PodDisruptionBudget, a single one has none', () => {
      expect(problems(workloads(), (one) => budgetProblems(one, stack))).toEqual([]);
    });

    test('a network policy covers its pods', () => {
      const off = workloads().filter((one) => !podOf(one).spec.host_network);
      expect(problems(off, (one) => (policiesOf(one, stack).length > 0 ? [] : ['no network policy']))).toEqual([]);
    });

    test('its pods have a priority class', () => {
      expect(problems(workloads(), (one) => missing(['priority_class_name'], podOf(one).spec))).toEqual([]);
    });

    test('wildcards in its roles are acknowledged', () => {
      const roles = [...stack.ofType('kubernetes_cluster_role_v1'), ...stack.ofType('kubernetes_role_v1')];
      expect(
        problems(roles, (one) =>
          JSON.stringify(one.attributes['rule']).includes('"*"') && !acknowledgedFor(one).includes('rbac-wildcard')
            ? ['a wildcard']
            : [],
        ),
      ).toEqual([]);
    });

    test('planning does not need access to the cluster', () => {
      expect(stack.ofType('kubernetes_manifest')).toEqual([]);
      expect(stack.json.data ?? {}).toEqual({});
    });
  });
}

interface Synthesized {
  readonly stack: SynthesizedStack;
  /** Codes acknowledged for a resource, on itself or on one of its scopes. */
  readonly acknowledgedFor: (resource: SynthesizedResource) => readonly string[];
}

function synthesize(addOn: AddOn, { requires = [], platform }: ContractOptions): Synthesized {
  let root!: AwsStack;
  const stack = synthStack((scope) => {
    root = scope;
    install(scope, [...requires, addOn], platform);
  });
  const own = stack.resources.filter(({ path }) => path.startsWith(`${addOn.name}/`));
  return {
    stack: new SynthesizedStack(stack.name, restrictTo(own, stack)),
    acknowledgedFor: (resource) => {
      const construct = root.node.findAll().find((one) => one.node.path === `${root.node.path}/${resource.path}`);
      if (!construct || !TerraformResource.isTerraformResource(construct)) throw new Error(`no ${resource.path}`);
      return CODES.filter((code) => acknowledged(construct, code));
    },
  };
}

const CODES: readonly RuleCode[] = [
  'run-as-root',
  'host-network',
  'host-pid',
  'host-path',
  'added-capabilities',
  'privileged-container',
  'writable-root',
  'no-readiness-probe',
  'rbac-wildcard',
];

/** Without the resources of the platform and of other add-ons. */
function restrictTo(resources: readonly SynthesizedResource[], { json }: SynthesizedStack) {
  const resource: Record<string, Record<string, Attributes>> = {};
  for (const { type, address, attributes } of resources) {
    (resource[type] ??= {})[address.slice(type.length + 1)] = attributes;
  }
  return { ...json, resource };
}

function podOf({ type, attributes }: SynthesizedResource): Attributes {
  const { spec } = attributes;
  return type === 'kubernetes_cron_job_v1' ? spec.job_template.spec.template : spec.template;
}

function selectorOf({ attributes }: SynthesizedResource): Attributes {
  return attributes['spec'].selector?.match_labels ?? {};
}

function containersOf(resource: SynthesizedResource): Attributes[] {
  const { container, init_container: init = [] } = podOf(resource).spec;
  return [...init, ...container];
}

function imagesOf(resources: readonly SynthesizedResource[]): string[] {
  return resources.flatMap((one) => containersOf(one).map(({ image }) => String(image)));
}

function resourceProblems({ name, resources }: Attributes): string[] {
  const found = [
    ...missing(['cpu', 'memory'], resources?.requests),
    ...missing(['memory'], resources?.limits),
    ...(resources?.limits?.cpu ? ['a CPU limit'] : []),
  ];
  return found.map((problem) => `${name}: ${problem}`);
}

function budgetProblems(resource: SynthesizedResource, stack: SynthesizedStack): string[] {
  const replicas = Number(resource.attributes['spec'].replicas ?? 0);
  const budgets = stack
    .ofType('kubernetes_pod_disruption_budget_v1')
    .filter(({ attributes }) => covers(attributes['spec'].selector.match_labels, resource));
  if (replicas > 1 && budgets.length === 0) return ['no PodDisruptionBudget'];
  return replicas === 1 && budgets.length > 0 ? ['a PodDisruptionBudget that blocks draining its node'] : [];
}

function policiesOf(resource: SynthesizedResource, stack: SynthesizedStack): SynthesizedResource[] {
  return stack
    .ofType('kubernetes_network_policy_v1')
    .filter(({ attributes }) => covers(attributes['spec'].pod_selector.match_labels ?? {}, resource));
}

function covers(selector: Attributes, resource: SynthesizedResource): boolean {
  const { labels } = podOf(resource).metadata;
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function missing(keys: readonly string[], from: Attributes | undefined): string[] {
  return keys.filter((key) => from?.[key] === undefined).map((key) => `no ${key}`);
}

/** Each problem, prefixed with the path of its resource. */
function problems(
  resources: readonly SynthesizedResource[],
  find: (resource: SynthesizedResource) => readonly string[],
): string[] {
  return resources.flatMap((resource) => find(resource).map((problem) => `${resource.path}: ${problem}`));
}
