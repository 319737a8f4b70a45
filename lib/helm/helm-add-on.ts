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
import { checkOptions } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { literalText } from '../core/literal-text';
import { list, object, optional, text, wholeNumber } from '../core/shape';
import { clusterConnection } from '../kubernetes/cluster-connection';
import { namespaceId } from '../kubernetes/namespace-ref';
import { imagePolicy, type ImagePolicy } from '../kubernetes/image-policy';
import {
  NetworkPolicy,
  RENAMED_DIRECTIONS,
  ruleProblems,
  toDns,
  TRAFFIC_RULE,
  type TrafficRule,
} from '../kubernetes/network-policy';
import { objectName } from '../kubernetes/object-name';
import { HELM_VALUES, secretPaths, valuesText, type HelmValues } from './values';

export interface HelmAddOnProps {
  /** Name of the add-on and of the release, such as `cert-manager`. */
  readonly name: string;
  /** The chart's name in the repository. */
  readonly chart: string;
  /** `https://charts.example.com`, or `oci://registry.example.com/charts`. Accessed during `terraform plan`. */
  readonly repository: string;
  /** An exact version, not a range: `1.19.2`. */
  readonly version: string;
  /**
   * Created if it does not exist, with the `restricted` Pod Security level: pods that need more do not start there. Set
   * another level in the environment's data.
   */
  readonly namespace: string;
  /**
   * Stored in the state: reference Kubernetes Secrets by name instead of including secrets.
   * @default the chart's defaults
   */
  readonly values?: HelmValues;
  /**
   * Names of add-ons that must be listed too and are installed first.
   * @default none
   */
  readonly requires?: readonly string[];
  /**
   * Allowed ingress to the chart's pods, besides one another and the API server, which calls webhooks. A rule with an empty
   * list of peers or ports allows nothing.
   * @default none
   */
  readonly ingress?: readonly TrafficRule[];
  /**
   * Allowed egress of the chart's pods, besides DNS, one another and the API server.
   * @default none
   */
  readonly egress?: readonly TrafficRule[];
  /**
   * How long Terraform waits for the chart's pods, in seconds, before it rolls the release back.
   * @default 600
   */
  readonly timeoutSeconds?: number;
}

/** The names of a chart's objects start with it. Source: "helm install", https://helm.sh/docs/helm/helm_install/ */
const LONGEST_RELEASE_NAME = 53;
/** Many charts prefix it with `v`. Source: "Semantic Versioning 2.0.0", https://semver.org/ */
const EXACT_VERSION = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
/** Without credentials, which would be stored in the state. */
const REPOSITORY = /^(https|oci):\/\/[\w.-]+(:\d+)?(\/[^\s?#@:]*)?$/;

export const HELM_ADD_ON_PROPS = object<HelmAddOnProps>(
  {
    name: objectName(LONGEST_RELEASE_NAME),
    chart: text("the chart's name in the repository, whose prefix belongs to repository", /^[\w.-]+$/),
    repository: text('a URL, such as https://charts.example.com or oci://registry.example.com/charts', REPOSITORY),
    version: text('an exact version that the repository lists, such as 1.19.2', EXACT_VERSION),
    namespace: objectName(),
    values: optional(HELM_VALUES),
    requires: optional(list(text('the name of an add-on'))),
    ingress: optional(list(TRAFFIC_RULE, 'a list of rules')),
    egress: optional(list(TRAFFIC_RULE, 'a list of rules')),
    timeoutSeconds: optional(wholeNumber(1)),
  },
  { renamed: RENAMED_DIRECTIONS },
);

const TIMEOUT_SECONDS = 600;
/** Revisions kept for rollback; each is a Secret in the cluster. */
const HISTORY = 5;

/**
 * A Helm chart as an add-on, for controllers that need custom resources or webhooks. Its objects are not checked: what
 * quayside ensures for other add-ons (images, resources, probes, least privilege) is up to you and the chart.
 */
export function helmAddOn(props: HelmAddOnProps): AddOn {
  checkOptions(labelOf(props), props, HELM_ADD_ON_PROPS, ({ ingress, egress }) => [
    ...ruleProblems('ingress', ingress),
    ...ruleProblems('egress', egress),
  ]);
  return {
    name: props.name,
    requires: props.requires,
    platform(scope, platform) {
      literalText(scope);
      check(scope, ...secretProblems(props), imagesProblem(props, imagePolicy(scope)));

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
        // A failed release is rolled back to the last successful one.
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

/** For messages: several charts may be installed. */
function labelOf(props: Partial<HelmAddOnProps> | null): string {
  return typeof props?.name === 'string' ? `helmAddOn '${props.name}'` : 'helmAddOn';
}

/** Charts set it on every pod. Source: "Labels and Annotations", https://helm.sh/docs/chart_best_practices/labels/ */
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

/** Shared by all charts of a stack. */
function helmProvider(scope: Construct, { cluster }: Platform): HelmProvider {
  const stack = TerraformStack.of(scope);
  const provider =
    providers.get(stack) ??
    new HelmProvider(stack, 'helm', { kubernetes: clusterConnection(cluster, awsContext(scope).region) });
  literalText(provider);
  providers.set(stack, provider);
  return provider;
}

function imagesProblem({ chart }: HelmAddOnProps, images: ImagePolicy): Problem {
  return (
    isRestricted(images) && {
      code: 'chart-images-unchecked',
      problem: `the environment's image policy does not apply to the images of chart '${chart}': set them in values`,
    }
  );
}

function secretProblems({ values = {} }: HelmAddOnProps): readonly Problem[] {
  return secretPaths(values).map((path) => ({
    code: 'secret-in-values',
    problem: `${path} looks like a secret, and values are stored in the state in plain text: use a Kubernetes Secret, and pass its name to the chart`,
  }));
}

function isRestricted({ mirrors = {}, allowed, reachable, pin }: ImagePolicy): boolean {
  return Object.keys(mirrors).length > 0 || allowed !== undefined || reachable !== undefined || pin === 'digest';
}
