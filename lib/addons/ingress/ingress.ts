import { IngressClassV1 } from '@cdktf/provider-kubernetes/lib/ingress-class-v1';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/acknowledge';
import { check } from '../../core/check';
import { checkOptions } from '../../core/check-props';
import { sortedCidrs } from '../../core/cidr';
import { literalText } from '../../core/literal-text';
import { list, object, oneOf, optional, wholeNumber } from '../../core/shape';
import { ConfigFiles } from '../../kubernetes/config-files';
import type { Resources } from '../../kubernetes/pod/container';
import { labels, type AppIdentity } from '../../kubernetes/labels';
import type { NamespaceRef } from '../../kubernetes/namespace-ref';
import type { TrafficRule } from '../../kubernetes/network-policy';
import { acceptingPools, placementProblems, placeOn, type NodePool } from '../../kubernetes/pod/placement';
import { PodService, type ServicePort } from '../../kubernetes/service';
import { ServiceAccount } from '../../kubernetes/service-account';
import { Workload } from '../../kubernetes/workload';
import { trafficProblems } from '../../load-balancing/traffic-problems';
import { IMAGES } from '../../versions';
import type { AddOn } from '../../platform/add-on';
import { toApiServer } from '../../platform/api-server';
import { RESOURCES as RESOURCES_SHAPE } from '../../kubernetes/pod/container';
import { objectName } from '../../kubernetes/object-name';
import type { Platform } from '../../platform/platform';
import {
  DYNAMIC_CONFIGURATION,
  dynamicFile,
  dynamicProblems,
  type DynamicConfiguration,
} from './dynamic-configuration';
import { DYNAMIC_DIRECTORY, PORTS, traefikArguments, type TraefikSettings } from './traefik-arguments';

export interface IngressAddOnProps {
  /**
   * Middlewares, weighted services and routers outside Kubernetes objects.
   * @default none
   */
  readonly http?: DynamicConfiguration;
  /**
   * Namespaces whose Ingresses may use the definitions of `http`; `[]` for none.
   * @default every namespace
   */
  readonly middlewareNamespaces?: readonly string[];
  /**
   * `port-forward`: only reachable with `kubectl -n ingress port-forward daemonset/traefik 8080`.
   * @default 'off'
   */
  readonly dashboard?: 'off' | 'port-forward';
  /**
   * How long a client may take to send a request, the slowest upload; 0 for no limit.
   * @default 60
   */
  readonly readTimeoutSeconds?: number;
  /** @default 200m and 128Mi */
  readonly resources?: Resources;
  /** @default 'INFO' */
  readonly logLevel?: TraefikSettings['logLevel'];
}

export const INGRESS_ADD_ON_PROPS = object<IngressAddOnProps>({
  http: optional(DYNAMIC_CONFIGURATION),
  middlewareNamespaces: optional(list(objectName())),
  dashboard: optional(oneOf('off', 'port-forward')),
  readTimeoutSeconds: optional(wholeNumber(0)),
  resources: optional(RESOURCES_SHAPE),
  logLevel: optional(oneOf('DEBUG', 'INFO', 'WARN', 'ERROR')),
});

const RESOURCES: Resources = { cpu: '200m', memory: '128Mi' };
const READ_TIMEOUT_SECONDS = 60;

/** Traefik on every node that the load balancer targets; the default ingress class. */
export function ingress(props: IngressAddOnProps = {}): AddOn {
  checkOptions('ingress', props, INGRESS_ADD_ON_PROPS, ({ http = {} }) => dynamicProblems(http));
  return {
    name: 'ingress',
    platform: (scope, platform) => void new Ingress(scope, 'traefik', props, platform),
  };
}

const IDENTITY: AppIdentity = { name: 'traefik', component: 'ingress', partOf: 'platform' };
/** The path of Traefik's internal ping router; only a custom router would change it. */
const PING_PATH = '/ping';
/** Kubernetes requires a Service port between the node port and the pod's port. */
const SERVICE_PORTS = { web: 80, ping: 8081 } as const;

class Ingress extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: IngressAddOnProps,
    private readonly platform: Platform,
  ) {
    super(scope, id);
    literalText(this);
    const { nodePools, traffic } = platform.facts;
    const pools = nodePools.filter((pool) => pool.ingress);
    check(
      this,
      ...trafficProblems(traffic),
      traffic.trustedCidrs.length === 0 &&
        "trustedCidrs is empty, so that nobody could reach the ingress: list the load balancer's subnets",
      !traffic.healthCheckPath.startsWith(PING_PATH) &&
        `healthCheckPath is '${traffic.healthCheckPath}', but Traefik only responds below ${PING_PATH}: omit it`,
      pools.length === 0 &&
        `ingress is false on every node pool (${nodePools.map(({ name }) => name).join(', ') || 'none'}), so none receives requests from the load balancer: set ingress: true on a node group`,
      ...placementProblems(pools, acceptingPools(pools, nodePools)),
    );

    const namespace = platform.namespace(platform.facts.ingress.namespace);
    const account = this.addServiceAccount(namespace);
    const files = this.addConfigFiles(namespace);
    this.addWorkload(namespace, account, files, pools);
    this.addNodePortService(namespace);
    this.addIngressClass();
  }

  /** The minimal permissions of Traefik's Ingress provider. */
  private addServiceAccount(namespace: NamespaceRef): ServiceAccount {
    acknowledge(
      this,
      'rbac-all-secrets',
      'Traefik does not start its Ingress provider before it has listed the secrets that Ingresses may name for TLS',
    );
    return new ServiceAccount(this, 'account', {
      namespace,
      identity: IDENTITY,
      clusterRules: [
        { resources: ['nodes', 'secrets', 'services'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
        {
          apiGroups: ['networking.k8s.io'],
          resources: ['ingressclasses', 'ingresses'],
          verbs: ['get', 'list', 'watch'],
        },
        { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['update'] },
      ],
    });
  }

  private addConfigFiles(namespace: NamespaceRef): ConfigFiles {
    return new ConfigFiles(this, 'dynamic', {
      namespace,
      identity: IDENTITY,
      name: 'traefik-dynamic',
      files: { 'http.yaml': dynamicFile(this.props.http ?? {}) },
    });
  }

  private addWorkload(
    namespace: NamespaceRef,
    account: ServiceAccount,
    files: ConfigFiles,
    pools: readonly NodePool[],
  ) {
    const { traffic, nodePools } = this.platform.facts;
    const nodes = pools.reduce((sum, pool) => sum + pool.minNodes, 0);
    return new Workload(this, 'traefik', {
      namespace,
      identity: IDENTITY,
      controller: {
        kind: 'daemon-set',
        update: 'surge',
        minReadySeconds: traffic.minReadySeconds,
        // Of a group that may be empty, none.
        minAvailable: Math.max(0, nodes - 1),
      },
      containers: [
        {
          name: 'traefik',
          image: IMAGES.traefik,
          args: traefikArguments(this.settings()),
          ports: PORTS,
          resources: this.props.resources ?? RESOURCES,
          // Not the ping: it fails on SIGTERM, and the node would drop the requests that the load balancer still sends
          // until its health checks fail. The port accepts them until the accept grace period ends.
          readiness: { tcp: 'web', periodSeconds: 2 },
          liveness: { path: traffic.healthCheckPath, port: 'ping', timeoutSeconds: 2 },
          mounts: [{ volume: 'dynamic', path: DYNAMIC_DIRECTORY }],
        },
      ],
      volumes: { dynamic: files.volume },
      serviceAccount: account,
      placement: placeOn(pools, nodePools),
      priorityClass: this.platform.priorityClass('platform-critical'),
      terminationGraceSeconds: traffic.terminationGraceSeconds,
      metrics: { port: 'metrics' },
      ingress: [this.fromLoadBalancer()],
      egress: [toApiServer(this.platform.facts), { peers: [{ namespace: 'any' }] }],
    });
  }

  private settings(): TraefikSettings {
    const { dashboard = 'off', logLevel = 'INFO', readTimeoutSeconds = READ_TIMEOUT_SECONDS } = this.props;
    return {
      traffic: this.platform.facts.traffic,
      ingressClass: this.platform.facts.ingress.className,
      // Any name that the wildcard record of the environment's domain resolves to the load balancer.
      statusHost: `ingress.${this.platform.facts.domain}`,
      dashboard,
      logLevel,
      readTimeoutSeconds,
      middlewareNamespaces: this.middlewareNamespaces(),
    };
  }

  /** Traefik takes an empty list for every namespace; that of the ingress itself has no Ingress. */
  private middlewareNamespaces(): readonly string[] | undefined {
    const { middlewareNamespaces: namespaces } = this.props;
    return namespaces?.length === 0 ? [this.platform.facts.ingress.namespace] : namespaces;
  }

  /** The node preserves the load balancer's source address on packets to its own pod. */
  private fromLoadBalancer(): TrafficRule {
    const { trustedCidrs } = this.platform.facts.traffic;
    return { peers: sortedCidrs(trustedCidrs).map((cidr) => ({ cidr })), ports: ['web', 'ping'] };
  }

  private addNodePortService(namespace: NamespaceRef): PodService {
    const { httpNodePort, healthCheckNodePort, additionalNodePorts } = this.platform.facts.traffic;
    return new PodService(this, 'service', {
      namespace,
      identity: IDENTITY,
      kind: 'node-port',
      ports: {
        web: { port: SERVICE_PORTS.web, target: 'web', nodePort: httpNodePort },
        ping: { port: SERVICE_PORTS.ping, target: 'ping', nodePort: healthCheckNodePort },
        ...additionalPorts('web', additionalNodePorts?.http),
        ...additionalPorts('ping', additionalNodePorts?.healthCheck),
      },
    });
  }

  private addIngressClass(): IngressClassV1 {
    return new IngressClassV1(this, 'class', {
      metadata: {
        name: this.platform.facts.ingress.className,
        labels: { ...labels(IDENTITY) },
        annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
      },
      spec: { controller: 'traefik.io/ingress-controller' },
    });
  }
}

/** A Service's ports differ in name and number: the NodePort is unique, and outside the range of `SERVICE_PORTS`. */
function additionalPorts(
  target: keyof typeof SERVICE_PORTS,
  nodePorts: readonly number[] = [],
): Readonly<Record<string, ServicePort>> {
  const sorted = [...nodePorts].sort((one, other) => one - other);
  return Object.fromEntries(sorted.map((nodePort) => [`${target}-${nodePort}`, { port: nodePort, target, nodePort }]));
}
