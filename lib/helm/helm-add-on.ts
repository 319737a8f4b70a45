import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { Release } from '@cdktf/provider-helm/lib/release';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { AddOn } from '../platform/add-on';
import { toApiServer } from '../platform/api-server';
import type { Platform } from '../platform/platform';
import { acknowledge } from '../core/acknowledge';
import { awsContext } from '../core/aws-context';
import { check, type Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { renamedProps } from '../core/renamed-props';
import { clusterConnection } from '../kubernetes/cluster-connection';
import { namespaceId } from '../kubernetes/namespace-ref';
import { imagePolicy, type ImagePolicy } from '../kubernetes/image-policy';
import { NetworkPolicy, RENAMED_DIRECTIONS, toDns, type TrafficRule } from '../kubernetes/network-policy';
import { nameProblem } from '../kubernetes/object-name';
import { secretPaths, valuesText, type HelmValues } from './values';

export interface HelmAddOnProps {
  /** Of the add-on and of the release, such as `cert-manager`. */
  readonly name: string;
  /** Its name in the repository. */
  readonly chart: string;
  /** `https://charts.example.com`, or `oci://registry.example.com/charts`. Terraform's plan reads it. */
  readonly repository: string;
  /** One version, no range: `1.19.2`. */
  readonly version: string;
  /**
   * Made where it does not exist, at the `restricted` level: a chart whose pods need more does not start there. Set another
   * level in the environment's data.
   */
  readonly namespace: string;
  /**
   * They stand in the state: secrets come from Secrets, by name.
   * @default the chart's own
   */
  readonly values?: HelmValues;
  /**
   * Names of add-ons that must be listed too, and are installed first.
   * @default none
   */
  readonly requires?: readonly string[];
  /**
   * Who may reach the chart's pods, besides one another and the API server, which calls webhooks.
   * @default nobody
   */
  readonly ingress?: readonly TrafficRule[];
  /**
   * What the chart's pods may reach, besides DNS, one another and the API server.
   * @default nothing
   */
  readonly egress?: readonly TrafficRule[];
  /**
   * For how long Terraform waits for the chart's pods, in seconds; then the release is rolled back.
   * @default 600
   */
  readonly timeoutSeconds?: number;
}

const TIMEOUT_SECONDS = 600;
/** Releases to go back to; each is a Secret in the cluster. */
const HISTORY = 5;

/**
 * A chart, for controllers that cannot be had without custom resources or webhooks. Nobody looks into it: what holds for
 * every other add-on (images, resources, probes, least rights) is between you and the chart.
 */
export function helmAddOn(props: HelmAddOnProps): AddOn {
  return {
    name: props.name,
    requires: props.requires,
    platform(scope, platform) {
      check(scope, ...chartProblems(props, imagePolicy(scope)));

      const namespace = platform.namespace(props.namespace);
      const { networkPolicy } = new NetworkPolicy(scope, 'network-policy', {
        namespace,
        name: props.name,
        pods: releasePods(props.name),
        ...traffic(props, platform),
      });
      acknowledge(networkPolicy, 'kube-score/networkpolicy-targets-pod', 'Its pods are made by the chart');
      const release = new Release(scope, 'release', {
        provider: helmProvider(scope, platform),
        name: props.name,
        chart: props.chart,
        repository: props.repository,
        version: props.version,
        namespace: namespaceId(namespace),
        createNamespace: false,
        values: props.values && [valuesText(props.values)],
        // A release that fails leaves nothing behind, and the next one begins where the last good one was.
        atomic: true,
        cleanupOnFail: true,
        wait: true,
        timeout: props.timeoutSeconds ?? TIMEOUT_SECONDS,
        maxHistory: HISTORY,
      });
      dependsOn(release, networkPolicy);
    },
  };
}

/** Source: "Labels and Annotations" of Helm's best practices: charts set it on every pod. */
function releasePods(name: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/instance': name };
}

function traffic({ name, ingress = [], egress = [] }: HelmAddOnProps, platform: Platform) {
  const oneAnother: TrafficRule = { peers: [{ pods: releasePods(name) }] };
  const apiServer: TrafficRule = { peers: platform.facts.network.controlPlaneCidrs.map((cidr) => ({ cidr })) };
  return {
    ingress: [oneAnother, apiServer, ...ingress],
    egress: [toDns(), oneAnother, toApiServer(platform.facts), ...egress],
  };
}

const providers = new WeakMap<TerraformStack, HelmProvider>();

/** One for all charts of a stack. */
function helmProvider(scope: Construct, { cluster }: Platform): HelmProvider {
  const stack = TerraformStack.of(scope);
  const provider =
    providers.get(stack) ??
    new HelmProvider(stack, 'helm', { kubernetes: clusterConnection(cluster, awsContext(scope).region) });
  providers.set(stack, provider);
  return provider;
}

/** Source: "helm install", Helm's documentation: the names of a chart's objects begin with it. */
const LONGEST_RELEASE_NAME = 53;
/** Source: "Semantic Versioning 2.0.0"; many charts put a `v` before it. */
const EXACT_VERSION = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** What is wrong with how a chart is asked for. */
function chartProblems(props: HelmAddOnProps, images: ImagePolicy): readonly Problem[] {
  const { name, chart, repository, version, timeoutSeconds: timeout } = props;
  return [
    ...renamedProps(props, RENAMED_DIRECTIONS),
    nameProblem('name', name, LONGEST_RELEASE_NAME),
    !EXACT_VERSION.test(version) &&
      `version '${version}' is no exact version, and would install another chart tomorrow: give one that the repository lists, such as 1.19.2`,
    !/^(https|oci):\/\//.test(repository) && `repository '${repository}' must begin with https:// or oci://`,
    !/^[\w.-]+$/.test(chart) &&
      `chart '${chart}' must be the chart's name in the repository: move what stands before it to repository`,
    timeout !== undefined &&
      (!Number.isInteger(timeout) || timeout < 1) &&
      `timeoutSeconds must be a whole number of at least 1, got ${timeout}`,
    ...secretProblems(props),
    isRestricted(images) && {
      code: 'chart-images-unchecked',
      problem: `the images of chart '${chart}' are not held to the environment's image policy: set them in values`,
    },
  ];
}

function secretProblems({ values = {} }: HelmAddOnProps): readonly Problem[] {
  return secretPaths(values).map((path) => ({
    code: 'secret-in-values',
    problem: `${path} looks like a secret, and values stand in the state for all to read: put it into a Secret, and give the chart the Secret's name`,
  }));
}

function isRestricted({ mirrors = {}, allowed, pin }: ImagePolicy): boolean {
  return Object.keys(mirrors).length > 0 || allowed !== undefined || pin === 'digest';
}
