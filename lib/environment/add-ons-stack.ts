import type { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { CLUSTER_REF, type ClusterRef } from '../cluster/cluster-ref';
import { ACKNOWLEDGEMENTS, acknowledgeAll, type Acknowledgements } from '../core/acknowledge';
import { AWS_STACK_PROPS, AwsStack, type AwsStackProps } from '../core/aws-stack';
import { canonicalJson } from '../core/canonical-json';
import { check, type Problem } from '../core/check';
import { awsContext } from '../core/aws-context';
import { Claims, perApp } from '../core/claims';
import { dependsOn } from '../core/depends-on';
import { object, optional, text } from '../core/shape';
import { HOSTED_ZONE_REF, type HostedZoneRef } from '../dns/dns-ref';
import { IMAGE_POLICY, type ImagePolicy } from '../kubernetes/image-policy';
import type { NodePool } from '../kubernetes/pod/placement';
import { loadBalancerCidrs } from '../load-balancing/load-balancer-subnets';
import { trafficContract, type TrafficContract } from '../load-balancing/traffic-contract';
import { VPC_REF, type VpcRef } from '../network/vpc-ref';
import type { AddOn } from '../platform/add-on';
import { addOnProblems } from '../platform/add-on-order';
import { ClusterServices } from '../platform/cluster-services';
import { connectCluster } from '../platform/connect';
import {
  FACTS_VERSION,
  INGRESS,
  MONITORING,
  type EnvironmentFacts,
  type ProfileFacts,
  type SubnetFacts,
} from '../platform/facts';
import { installInfrastructure, installPlatform } from '../platform/install';
import type { Platform } from '../platform/platform';
import { FACTS } from '../platform/read-facts';
import { provideFacts } from '../platform/provide-facts';
import { isRequesting, settingsProblems } from '../platform/requested-settings';
import { ADD_ONS } from './add-on-list';
import { dataOf } from './environment-data';
import { profileFacts } from './environment-facts';
import { ENVIRONMENT_PROFILE, type EnvironmentProfile } from './profile';

export interface AddOnsStackProps extends AwsStackProps {
  readonly cluster: ClusterRef;
  readonly vpc: VpcRef;
  /** The parent domain of the applications' hosts. */
  readonly domain: string;
  /**
   * The hosted zone of the domain.
   * @default none: its records are managed elsewhere
   */
  readonly zone?: HostedZoneRef;
  /** Sizing of the add-ons, such as `EnvironmentProfile.ha()`, of which other parts have no effect here. */
  readonly profile: AddOnsProfile;
  /** The node groups of the cluster; `ingress` marks the load balancer's targets. */
  readonly nodePools: readonly NodePool[];
  readonly addOns: readonly AddOn[];
  /**
   * Ports and timings, the same as the load balancer's.
   * @default `trafficContract` for a load balancer in the public subnets, or in the private ones if there are none
   */
  readonly traffic?: TrafficContract;
  /**
   * The class of Ingresses and the namespace of its controller.
   * @default those of the ingress add-on: class 'traefik' in namespace 'ingress'
   */
  readonly ingress?: EnvironmentFacts['ingress'];
  /**
   * The namespace of the Prometheus that scrapes the add-ons.
   * @default 'monitoring'
   */
  readonly monitoring?: EnvironmentFacts['monitoring'];
  /**
   * Allowed registries, mirrors and pinning of images.
   * @default each image from its own registry, pinned by version tag
   */
  readonly images?: ImagePolicy;
  /**
   * KMS key that encrypts the add-ons' logs.
   * @default encryption by CloudWatch Logs
   */
  readonly kmsKeyArn?: string;
  /**
   * The event queue of self-managed nodes: `NodeDraining.queueUrl`.
   * @default none: no node group is self-managed
   */
  readonly nodeDrainingQueueUrl?: string;
  /**
   * IAM role names of the cluster's EKS add-ons, by add-on.
   * @default none: add-ons that extend one of these roles are rejected
   */
  readonly eksAddOnRoleNames?: Readonly<Record<string, string>>;
  /**
   * Intentional exceptions of the add-ons: reasons by rule code.
   * @default none
   */
  readonly acknowledge?: Acknowledgements;
}

export type AddOnsProfile = ProfileFacts & Partial<Omit<EnvironmentProfile, keyof ProfileFacts>>;

const { name: _name, ...PROFILE } = ENVIRONMENT_PROFILE.shapes;

const ADD_ONS_PROFILE = object<AddOnsProfile>(
  {
    ...PROFILE,
    name: text(),
    minZones: optional(PROFILE.minZones),
    minNodes: optional(PROFILE.minNodes),
    nat: optional(PROFILE.nat),
    nodeGroups: optional(PROFILE.nodeGroups),
  },
  { expected: ENVIRONMENT_PROFILE.expected },
);

const ADD_ONS_STACK_PROPS = object<AddOnsStackProps>({
  ...AWS_STACK_PROPS.shapes,
  cluster: CLUSTER_REF,
  vpc: VPC_REF,
  domain: FACTS.domain,
  zone: optional(HOSTED_ZONE_REF),
  profile: ADD_ONS_PROFILE,
  nodePools: FACTS.nodePools,
  addOns: ADD_ONS,
  traffic: optional(FACTS.traffic),
  ingress: optional(FACTS.ingress),
  monitoring: optional(FACTS.monitoring),
  images: optional(IMAGE_POLICY),
  kmsKeyArn: optional(text()),
  nodeDrainingQueueUrl: optional(text()),
  eksAddOnRoleNames: optional(FACTS.eksAddOnRoleNames),
  acknowledge: optional(ACKNOWLEDGEMENTS),
});

/** Both halves of add-ons, on an existing cluster and VPC. */
export class AddOnsStack extends AwsStack {
  readonly facts: EnvironmentFacts;
  readonly platform: Platform;
  readonly kubernetes: KubernetesProvider;

  constructor(scope: Construct, id: string, given: AddOnsStackProps) {
    const props = dataOf(id, given, ADD_ONS_STACK_PROPS);
    super(scope, id, props);
    acknowledgeAll(this, props.acknowledge);
    const { addOns, vpc, cluster, zone, kmsKeyArn, nodeDrainingQueueUrl } = props;
    this.facts = factsOf(props);
    check(this, ...addOnProblems(addOns), ...requestProblems(addOns));
    check(this, claimProblem(this, cluster));
    provideFacts(this, this.facts);

    this.kubernetes = connectCluster(this, cluster);
    const resources = { facts: this.facts, vpc, cluster, zone, readyForPods: [] };
    const home = new Construct(this, 'add-ons');
    const outputs = installInfrastructure(home, addOns, { ...resources, kmsKeyArn, nodeDrainingQueueUrl });
    this.platform = new ClusterServices(this, 'platform', resources).platform;
    installPlatform(this, addOns, this.platform, outputs);
    this.orderHalves(home, addOns);
  }

  /** An add-on's objects in the cluster are created after what it has in AWS, and destroyed before. */
  private orderHalves(home: Construct, addOns: readonly AddOn[]): void {
    for (const { name, infrastructureId = name, platform } of addOns) {
      if (!platform) continue;
      const infrastructure = home.node.tryFindChild(infrastructureId)?.node.findAll() ?? [];
      dependsOn(this.node.findChild(name), ...infrastructure.filter(TerraformResource.isTerraformResource));
    }
  }
}

/** The add-ons of a cluster share namespaces and priority classes, which two states would both create. */
const clusters = perApp(() => new Claims());

function claimProblem(stack: AddOnsStack, { clusterName }: ClusterRef): Problem {
  const { account, region } = awsContext(stack);
  const owner = clusters(stack).claim(stack.node, `${account}/${region}/${clusterName}`);
  return (
    owner && `cluster '${clusterName}' already has the add-ons of stack '${owner.path}': list them all in one stack`
  );
}

function factsOf(props: AddOnsStackProps): EnvironmentFacts {
  const { account, region, domain, cluster, vpc, profile, nodePools, addOns } = props;
  const controlPlane = vpc.intraSubnets.length > 0 ? vpc.intraSubnets : vpc.privateSubnets;
  const scheme = vpc.publicSubnets.length > 0 ? 'internet-facing' : 'internal';
  return {
    version: FACTS_VERSION,
    name: cluster.clusterName,
    account,
    region,
    domain,
    kubernetesVersion: cluster.kubernetesVersion,
    profile: profileFacts(profile),
    network: {
      cidr: vpc.cidr,
      secondaryCidrs: vpc.secondaryCidrs ?? [],
      subnets: subnetFacts(vpc),
      serviceCidr: cluster.serviceCidr,
      controlPlaneCidrs: controlPlane.map(({ cidr }) => cidr),
    },
    nodePools,
    eksAddOnRoleNames: props.eksAddOnRoleNames ?? {},
    ingress: props.ingress ?? INGRESS,
    monitoring: props.monitoring ?? MONITORING,
    traffic: props.traffic ?? trafficContract({ trustedCidrs: loadBalancerCidrs(vpc, scheme) }),
    images: props.images ?? {},
    addOns: addOns.map(({ name }) => name),
    backend: props.backend ?? { kind: 'local' },
  };
}

function subnetFacts({ publicSubnets, privateSubnets, intraSubnets }: VpcRef): SubnetFacts[] {
  const tiers = { public: publicSubnets, private: privateSubnets, intra: intraSubnets } as const;
  return Object.entries(tiers).flatMap(([tier, subnets]) =>
    subnets.map(({ zone, cidr }) => ({ tier: tier as SubnetFacts['tier'], zone, cidr })),
  );
}

/** This stack cannot change the cluster: the settings that add-ons request must already be configured. */
function requestProblems(addOns: readonly AddOn[]): readonly Problem[] {
  return [
    ...settingsProblems(addOns.map(({ name, settings }) => ({ label: `add-on '${name}'`, settings }))),
    ...addOns.map(
      ({ name, settings }) =>
        isRequesting(settings) && {
          code: 'unmanaged-settings' as const,
          problem: `add-on '${name}' requires cluster settings that this stack does not manage (${canonicalJson(settings)}): configure them where the cluster is managed, and acknowledge it`,
        },
    ),
  ];
}
