import { Token, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterRef } from '../cluster/cluster-ref';
import { cidrAddress } from '../core/cidr';
import { ValidationError } from '../core/check';
import { dependsOn } from '../core/depends-on';
import type { HostedZoneRef } from '../dns/dns-ref';
import { provideImagePolicy, type ImagePolicy } from '../kubernetes/image-policy';
import type { NamespaceRef } from '../kubernetes/namespace-ref';
import { Namespace, type NamespaceProps, type PodSecurityLevel } from '../kubernetes/namespace';
import type { TrafficRule } from '../kubernetes/network-policy';
import type { NodePool } from '../kubernetes/placement';
import { PriorityClass } from '../kubernetes/priority-class';
import type { TrafficContract } from '../load-balancing/traffic-contract';
import type { AddOnStack } from './add-on';
import { PRIORITY_CLASSES, type Platform, type PlatformProfile, type PriorityClassName } from './platform';

/** Every other namespace is `restricted`. */
const POD_SECURITY: Readonly<Record<string, PodSecurityLevel>> = {
  // Reads the nodes' files.
  'node-agents': 'privileged',
};
/** Made by Kubernetes itself. */
const EXISTING = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

export interface ClusterPlatformProps extends Omit<
  Platform,
  'readyForPods' | 'namespace' | 'priorityClass' | 'toApiServer'
> {
  readonly stack: AddOnStack;
  /** @default nothing: it is in another stack, deployed before */
  readonly readyForPods?: readonly ITerraformDependable[];
  /**
   * Holds for every image of the stack.
   * @default every image from its own registry
   */
  readonly images?: ImagePolicy;
  /**
   * Settings of the namespaces, by name: quotas, defaults, another level.
   * @default restricted, traffic denied, no quota
   */
  readonly namespaces?: Readonly<Record<string, Partial<Omit<NamespaceProps, 'name'>>>>;
}

/** The platform of one stack: namespaces and priority classes are made once, where they are needed. */
export class ClusterPlatform extends Construct implements Platform {
  readonly environment: string;
  readonly cluster: ClusterRef;
  readonly controlPlaneCidrs: readonly string[];
  readonly domain: string;
  readonly zone?: HostedZoneRef;
  readonly traffic: TrafficContract;
  readonly nodePools: readonly NodePool[];
  readonly profile: PlatformProfile;
  readonly nodeDrainingQueueUrl?: string;
  readonly readyForPods: readonly ITerraformDependable[];
  private readonly namespaces = new Map<string, NamespaceRef>();
  private readonly priorityClasses = new Map<string, PriorityClass>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterPlatformProps,
  ) {
    super(scope, id);
    this.environment = props.environment;
    this.cluster = props.cluster;
    this.controlPlaneCidrs = props.controlPlaneCidrs;
    this.domain = props.domain;
    this.zone = props.zone;
    this.traffic = props.traffic;
    this.nodePools = props.nodePools;
    this.profile = props.profile;
    this.nodeDrainingQueueUrl = props.nodeDrainingQueueUrl;
    this.readyForPods = props.readyForPods ?? [];
    provideImagePolicy(scope, props.images ?? {});
  }

  namespace(name: string): NamespaceRef {
    if (EXISTING.has(name)) return { namespaceName: name };
    const known = this.namespaces.get(name);
    if (known) return known;
    this.requirePlatformStack(`namespace('${name}')`);
    const namespace = new Namespace(this, `namespace-${name}`, {
      name,
      podSecurity: POD_SECURITY[name],
      ...this.props.namespaces?.[name],
    });
    dependsOn(namespace, ...this.readyForPods);
    this.namespaces.set(name, namespace);
    return namespace;
  }

  priorityClass(name: PriorityClassName): string {
    if (!(name in PRIORITY_CLASSES)) return name;
    const known = this.priorityClasses.get(name);
    if (known) return known.priorityClassId;
    this.requirePlatformStack(`priorityClass('${name}')`);
    const settings = PRIORITY_CLASSES[name as keyof typeof PRIORITY_CLASSES];
    const priorityClass = new PriorityClass(this, `priority-class-${name}`, { name, ...settings });
    dependsOn(priorityClass, ...this.readyForPods);
    this.priorityClasses.set(name, priorityClass);
    return priorityClass.priorityClassId;
  }

  toApiServer(): TrafficRule {
    // A policy sees the Service's address or the one behind it: which of the two, depends on who enforces it.
    const { serviceCidr } = this.cluster;
    const service = Token.isUnresolved(serviceCidr) ? serviceCidr : `${cidrAddress(serviceCidr, 1)}/32`;
    return { peers: [service, ...this.controlPlaneCidrs].map((cidr) => ({ cidr })), ports: [443] };
  }

  private requirePlatformStack(call: string): void {
    if (this.props.stack === 'platform') return;
    throw new ValidationError(this.node.path, [
      `${call} is asked for in the infrastructure stack, which does not speak to the cluster: give the add-on stack 'platform'`,
    ]);
  }
}
