import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import type { ClusterRef } from '../cluster/cluster-ref';
import { SERVICE_CIDR } from '../cluster/cluster';
import type { NodeDraining } from '../cluster/draining';
import { remoteState } from '../core/state-backend';
import type { HostedZoneRef } from '../dns/dns-ref';
import type { SubnetRef, VpcRef } from '../network/vpc-ref';
import { DEFAULT_KUBERNETES_VERSION } from '../versions';
import type { EnvironmentProps } from './environment-props';

/** An environment as another stack sees it: of this app, or of a team in a repository of its own. */
export interface EnvironmentRef {
  readonly cluster: ClusterRef;
  /** The zone of the environment's domain. */
  readonly zone: HostedZoneRef;
  /** Where the termination handler gets its work; undefined where no node group is self-managed. */
  readonly nodeDrainingQueueUrl?: string;
}

/** What of an environment's data its state is found by. */
export type EnvironmentKey = Pick<
  EnvironmentProps,
  'name' | 'domain' | 'backend' | 'kubernetesVersion' | 'nodeGroups' | 'profile'
>;

const CLUSTER_ENDPOINT = 'cluster_endpoint';
const CERTIFICATE_AUTHORITY = 'cluster_certificate_authority';
const NODE_SECURITY_GROUP = 'node_security_group_id';
const LOAD_BALANCER_TARGETS = 'load_balancer_target_security_group_id';
const ZONE_ID = 'zone_id';
const DRAINING_QUEUE = 'node_draining_queue_url';
const VPC_ID = 'vpc_id';
/** Each a map of subnet ids by zone. */
const SUBNET_IDS = {
  public: 'public_subnet_ids',
  private: 'private_subnet_ids',
  intra: 'intra_subnet_ids',
} as const;
const KMS_KEY_ARN = 'kms_key_arn';
const LOAD_BALANCER_SECURITY_GROUP = 'load_balancer_security_group_id';
const LOAD_BALANCER_ZONE_ID = 'load_balancer_zone_id';

/** What the others are told of. */
interface Infrastructure extends Construct {
  readonly cluster: ClusterRef;
  readonly zone: HostedZoneRef;
  readonly draining?: NodeDraining;
  readonly network: VpcRef;
  readonly key: { readonly keyArn: string };
  readonly loadBalancer: { readonly securityGroup: { readonly securityGroupId: string }; readonly zoneId: string };
}

/** Writes what `environmentRef` reads: no other value of the stack is meant for others. */
export function exportOutputs(stack: Infrastructure): void {
  const { cluster, zone, draining, network, key, loadBalancer } = stack;
  const outputs = {
    [CLUSTER_ENDPOINT]: cluster.endpoint,
    [CERTIFICATE_AUTHORITY]: cluster.certificateAuthority,
    // Always one: a token of a list could not be extended by those who read it.
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

/** Reads an environment out of the state of its infrastructure stack, which must have been deployed. */
export function environmentRef(scope: Construct, environment: EnvironmentKey): EnvironmentRef {
  const { name, domain, backend = { kind: 'local' }, profile, nodeGroups = profile.nodeGroups } = environment;
  const state = remoteState(scope, 'infrastructure', backend, `${name}-infrastructure`);
  return {
    cluster: {
      clusterName: name,
      kubernetesVersion: environment.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION,
      endpoint: state.getString(CLUSTER_ENDPOINT),
      certificateAuthority: state.getString(CERTIFICATE_AUTHORITY),
      serviceCidr: SERVICE_CIDR,
      nodeSecurityGroupIds: [state.getString(NODE_SECURITY_GROUP)],
      loadBalancerTargetSecurityGroupId: state.getString(LOAD_BALANCER_TARGETS),
    },
    zone: { zoneId: state.getString(ZONE_ID), zoneName: domain },
    nodeDrainingQueueUrl: nodeGroups.some(({ kind }) => kind === 'auto-scaling')
      ? state.getString(DRAINING_QUEUE)
      : undefined,
  };
}
