import { propertyAccess, TerraformOutput, Token, type TerraformRemoteState } from 'cdktf';
import type { Construct } from 'constructs';
import type { ClusterRef } from '../cluster/cluster-ref';
import type { NodeDraining } from '../cluster/draining';
import type { HostedZoneRef } from '../dns/dns-ref';
import { pullThroughMirrors } from '../iam/pull-through';
import type { SubnetRef, VpcRef } from '../network/vpc-ref';
import type { EnvironmentFacts, SubnetFacts } from '../platform/facts';

const CLUSTER_ENDPOINT = 'cluster_endpoint';
const CERTIFICATE_AUTHORITY = 'cluster_certificate_authority';
const SERVICE_CIDR = 'cluster_service_cidr';
const NODE_SECURITY_GROUP = 'node_security_group_id';
const LOAD_BALANCER_TARGETS = 'load_balancer_target_security_group_id';
const ZONE_ID = 'zone_id';
const DRAINING_QUEUE = 'node_draining_queue_url';
const VPC_ID = 'vpc_id';
/** Maps of subnet ids by zone. */
const SUBNET_IDS = {
  public: 'public_subnet_ids',
  private: 'private_subnet_ids',
  intra: 'intra_subnet_ids',
} as const;
const KMS_KEY_ARN = 'kms_key_arn';
const LOAD_BALANCER_DNS_NAME = 'load_balancer_dns_name';
const LOAD_BALANCER_ZONE_ID = 'load_balancer_zone_id';
const LOAD_BALANCER_SECURITY_GROUP = 'load_balancer_security_group_id';

/** The constructs whose attributes are exported. */
interface Infrastructure extends Construct {
  readonly cluster: ClusterRef;
  readonly zone: HostedZoneRef;
  readonly draining?: NodeDraining;
  readonly network: VpcRef;
  readonly key: { readonly keyArn: string };
  readonly loadBalancer: { readonly securityGroup: { readonly securityGroupId: string }; readonly zoneId: string };
}

/** Adds the outputs that `environmentRef` reads: the only values of the stack for other stacks. */
export function exportOutputs(stack: Infrastructure): void {
  const { cluster, zone, draining, network, key, loadBalancer } = stack;
  const outputs = {
    [CLUSTER_ENDPOINT]: cluster.endpoint,
    [CERTIFICATE_AUTHORITY]: cluster.certificateAuthority,
    // EKS chooses an IPv6 range; the facts have any other.
    ...(Token.isUnresolved(cluster.serviceCidr) && { [SERVICE_CIDR]: cluster.serviceCidr }),
    // Always one: readers could not extend the token of a list.
    [NODE_SECURITY_GROUP]: cluster.nodeSecurityGroupIds[0],
    [LOAD_BALANCER_TARGETS]: cluster.loadBalancerTargetSecurityGroupId,
    [ZONE_ID]: zone.zoneId,
    ...(draining && { [DRAINING_QUEUE]: draining.queueUrl }),
    [VPC_ID]: network.vpcId,
    ...subnetIds(SUBNET_IDS.public, network.publicSubnets),
    ...subnetIds(SUBNET_IDS.private, network.privateSubnets),
    ...subnetIds(SUBNET_IDS.intra, network.intraSubnets),
    [KMS_KEY_ARN]: key.keyArn,
    [LOAD_BALANCER_SECURITY_GROUP]: loadBalancer.securityGroup.securityGroupId,
    [LOAD_BALANCER_ZONE_ID]: loadBalancer.zoneId,
  };
  for (const [id, value] of Object.entries(outputs)) new TerraformOutput(stack, id, { value, staticId: true });
}

function subnetIds(output: string, subnets: readonly SubnetRef[]): Readonly<Record<string, Record<string, string>>> {
  return subnets.length > 0
    ? { [output]: Object.fromEntries(subnets.map(({ zone, subnetId }) => [zone, subnetId])) }
    : {};
}

/** Properties of the cluster that need no state. */
export type ClusterFacts = Pick<
  ClusterRef,
  'clusterName' | 'region' | 'kubernetesVersion' | 'serviceCidr' | 'volumeAccess' | 'pullThroughCaches'
>;

export function readCluster(state: TerraformRemoteState, facts: ClusterFacts): ClusterRef {
  return {
    ...facts,
    serviceCidr: facts.serviceCidr.includes(':') ? state.getString(SERVICE_CIDR) : facts.serviceCidr,
    endpoint: state.getString(CLUSTER_ENDPOINT),
    certificateAuthority: state.getString(CERTIFICATE_AUTHORITY),
    nodeSecurityGroupIds: [state.getString(NODE_SECURITY_GROUP)],
    loadBalancerTargetSecurityGroupId: state.getString(LOAD_BALANCER_TARGETS),
  };
}

export function readZone(state: TerraformRemoteState, domain: string): HostedZoneRef {
  return { zoneId: state.getString(ZONE_ID), zoneName: domain };
}

/** The queue exists only if a node group is self-managed. */
export function readDrainingQueue(
  state: TerraformRemoteState,
  nodeGroups: readonly { readonly kind?: 'managed' | 'auto-scaling' }[],
): string | undefined {
  return nodeGroups.some(({ kind }) => kind === 'auto-scaling') ? state.getString(DRAINING_QUEUE) : undefined;
}

function readVpc(state: TerraformRemoteState, { network }: Pick<EnvironmentFacts, 'network'>): VpcRef {
  const { cidr, secondaryCidrs, subnets } = network;
  const ofTier = (tier: SubnetFacts['tier']): SubnetRef[] =>
    subnets
      .filter((subnet) => subnet.tier === tier)
      .map((subnet) => ({
        subnetId: Token.asString(propertyAccess(state.get(SUBNET_IDS[tier]), [subnet.zone])),
        zone: subnet.zone,
        cidr: subnet.cidr,
      }));
  return {
    vpcId: state.getString(VPC_ID),
    cidr,
    secondaryCidrs,
    publicSubnets: ofTier('public'),
    privateSubnets: ofTier('private'),
    intraSubnets: ofTier('intra'),
  };
}

/** The environment's load balancer, for DNS records and security group rules. */
export interface LoadBalancerRef {
  readonly dnsName: string;
  /** The load balancer's own hosted zone, for alias records. */
  readonly hostedZoneId: string;
  readonly securityGroupId: string;
}

function readLoadBalancer(state: TerraformRemoteState): LoadBalancerRef {
  return {
    dnsName: state.getString(LOAD_BALANCER_DNS_NAME),
    hostedZoneId: state.getString(LOAD_BALANCER_ZONE_ID),
    securityGroupId: state.getString(LOAD_BALANCER_SECURITY_GROUP),
  };
}

/** The outputs of an environment's infrastructure stack. */
export interface EnvironmentOutputs {
  readonly cluster: ClusterRef;
  readonly vpc: VpcRef;
  /** The hosted zone of the environment's domain. */
  readonly zone: HostedZoneRef;
  /** KMS key that encrypts the environment's logs. */
  readonly kmsKeyArn: string;
  readonly loadBalancer: LoadBalancerRef;
  /** The event queue of self-managed nodes; undefined if no node group is self-managed. */
  readonly nodeDrainingQueueUrl?: string;
}

/** Reads an environment from the state of its infrastructure stack. */
export function readEnvironment(state: TerraformRemoteState, facts: EnvironmentFacts): EnvironmentOutputs {
  const { name, region, domain, kubernetesVersion, network, nodePools, volumeAccess, images } = facts;
  return {
    cluster: readCluster(state, {
      clusterName: name,
      region,
      kubernetesVersion,
      serviceCidr: network.serviceCidr,
      volumeAccess,
      pullThroughCaches: pullThroughMirrors(images),
    }),
    vpc: readVpc(state, facts),
    zone: readZone(state, domain),
    kmsKeyArn: state.getString(KMS_KEY_ARN),
    loadBalancer: readLoadBalancer(state),
    nodeDrainingQueueUrl: readDrainingQueue(state, nodePools),
  };
}
