import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext } from '../core/aws-context';
import { check, requireProps } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { LOG_RETENTION_DAYS, logRetentionProblem } from '../core/log-retention';
import { physicalName } from '../core/naming';
import { ServiceRole } from '../iam/service-role';
import type { SubnetRef, VpcRef } from '../network/vpc-ref';
import { DEFAULT_KUBERNETES_VERSION, type KubernetesVersion } from '../versions';
import { AccessEntry, type ClusterAccessEntry } from './access';
import {
  accessProblems,
  apiEndpointProblems,
  ipFamilyProblems,
  clusterNameProblems,
  serviceCidrProblems,
  versionProblem,
  controlPlaneZoneProblems,
  type EndpointAccess,
  type IpFamily,
} from './cluster-problems';
import type { ClusterRef } from './cluster-ref';
import { ClusterSecurityGroups, type ClusterSecurityGroupMode } from './cluster-security-groups';
import { ControlPlaneZones } from './control-plane-zones';
import { openPortProblems, type OpenPort } from './open-port';
import { hasPodIdentity, networkAddOnProblem, NetworkAddOns, type NetworkAddOnSettings } from './network-add-ons';

export interface ClusterProps {
  /** At most 100 characters: letters, digits, hyphens and underscores. */
  readonly name: string;
  readonly vpc: VpcRef;
  /**
   * Who may use the Kubernetes API. One entry at least is a `cluster-admin` of the whole cluster: who makes the cluster
   * gets no rights by that.
   */
  readonly access: readonly ClusterAccessEntry[];
  /** @default '1.35' */
  readonly kubernetesVersion?: KubernetesVersion;
  /** @default only the VPC reaches the Kubernetes API */
  readonly endpoint?: EndpointAccess;
  /**
   * The addresses of pods and Services. With `ipv6` the VPC's subnets need IPv6 blocks, and EKS chooses those of the
   * Services. Changing it replaces the cluster.
   * @default 'ipv4'
   */
  readonly ipFamily?: IpFamily;
  /**
   * The addresses of Kubernetes Services: private, /12 to /24, apart from the VPC. Changing it replaces the cluster.
   * @default '172.20.0.0/16'
   */
  readonly serviceCidr?: string;
  /** @default 'cluster', the group that EKS makes */
  readonly securityGroups?: ClusterSecurityGroupMode;
  /**
   * Ports of nodes that the control plane or other nodes reach. Only `strict` groups need rules for them.
   * @default those that Kubernetes needs
   */
  readonly openPorts?: readonly OpenPort[];
  /**
   * The add-ons that nodes need to become ready.
   * @default vpc-cni with network policies, kube-proxy and eks-pod-identity-agent
   */
  readonly addOns?: NetworkAddOnSettings;
  /** @default all five */
  readonly logTypes?: readonly ClusterLogType[];
  /**
   * Days, one of those that CloudWatch Logs offers.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * Encrypts the log group; its policy must let CloudWatch Logs use it.
   * @default CloudWatch Logs' own key
   */
  readonly logKmsKeyArn?: string;
  /**
   * Encrypts Kubernetes objects in etcd, beside the key that EKS always encrypts them with. It can never be taken away
   * or changed, and who deletes the key loses the cluster.
   * @default EKS's own key
   */
  readonly secretsKmsKeyArn?: string;
  /**
   * What happens when the Kubernetes version leaves standard support: `STANDARD` upgrades it, `EXTENDED` keeps it and
   * costs more.
   * @default 'STANDARD'
   */
  readonly upgradePolicy?: 'STANDARD' | 'EXTENDED';
  /**
   * Lets AWS, or you, move traffic away from an impaired zone.
   * @default true
   */
  readonly zonalShift?: boolean;
  /**
   * Refuses to delete the cluster while it is on.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Makes the cluster an identity provider in IAM, for pods that need IRSA because no Pod Identity agent reaches them.
   * @default false
   */
  readonly oidcProvider?: boolean;
}

export type ClusterLogType = 'api' | 'audit' | 'authenticator' | 'controllerManager' | 'scheduler';

const LOG_TYPES: readonly ClusterLogType[] = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
/** What EKS itself takes where the VPC is in 10.0.0.0/8. */
export const SERVICE_CIDR = '172.20.0.0/16';

/** An EKS cluster, ready for nodes: private, with access entries, audit logs and the add-ons that nodes need. */
export class Cluster extends Construct implements ClusterRef {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly kubernetesVersion: KubernetesVersion;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly serviceCidr: string;
  readonly nodeSecurityGroupIds: readonly string[];
  readonly loadBalancerTargetSecurityGroupId: string;
  readonly oidcProviderArn?: string;
  readonly readyForNodes: readonly ITerraformDependable[];
  readonly cniHasPodIdentity: boolean;
  /** What a person types to use the cluster. */
  readonly kubeconfigCommand: string;

  readonly cluster: EksCluster;
  readonly role: ServiceRole;
  readonly logGroup: CloudwatchLogGroup;
  readonly securityGroups: ClusterSecurityGroups;
  readonly accessEntries: readonly AccessEntry[];

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    requireProps(this, props, 'name', 'vpc', 'access');
    checkProps(this, props);
    this.clusterName = props.name;
    this.kubernetesVersion = props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
    this.kubeconfigCommand = `aws eks update-kubeconfig --name ${props.name} --region ${awsContext(this).region}`;

    this.role = this.addRole(props);
    this.logGroup = this.addLogGroup(props);
    this.cluster = this.addCluster(props);
    this.clusterId = this.cluster.id;
    this.endpoint = this.cluster.endpoint;
    this.certificateAuthority = this.cluster.certificateAuthority.get(0).data;
    this.serviceCidr = this.serviceCidrOf(props);
    this.oidcProviderArn = props.oidcProvider ? this.addOidcProvider().arn : undefined;

    this.accessEntries = props.access.map(
      ({ name, ...access }) => new AccessEntry(this, `access-${name}`, { cluster: this, ...access }),
    );
    this.securityGroups = this.addSecurityGroups(props);
    this.nodeSecurityGroupIds = this.securityGroups.nodeSecurityGroupIds;
    this.loadBalancerTargetSecurityGroupId = this.securityGroups.loadBalancerTargets.id;
    this.cniHasPodIdentity = hasPodIdentity(props.addOns ?? {});
    this.readyForNodes = this.addNetworkAddOns(props);
  }

  private addRole({ name, secretsKmsKeyArn }: ClusterProps): ServiceRole {
    return new ServiceRole(this, 'role', {
      // IAM is global: a cluster of the same name in another region has a role of its own.
      name: physicalName('iam-role', name, awsContext(this).region, 'cluster'),
      description: `Control plane of cluster ${name}`,
      service: 'eks.amazonaws.com',
      trustActions: ['sts:TagSession'],
      managedPolicies: ['AmazonEKSClusterPolicy'],
      statements: secretsKmsKeyArn
        ? [
            {
              actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ListGrants'],
              resources: [secretsKmsKeyArn],
            },
          ]
        : [],
    });
  }

  /** EKS would make the group itself, without an end to its retention. */
  private addLogGroup(props: ClusterProps): CloudwatchLogGroup {
    const retentionInDays = props.logRetentionDays ?? LOG_RETENTION_DAYS;
    const group = new CloudwatchLogGroup(this, 'log-group', {
      name: `/aws/eks/${props.name}/cluster`,
      retentionInDays,
      kmsKeyId: props.logKmsKeyArn,
    });
    if (!props.logKmsKeyArn) acknowledge(group, 'CKV_AWS_158', "no logKmsKeyArn: CloudWatch Logs' own key encrypts it");
    if (retentionInDays < LOG_RETENTION_DAYS) {
      acknowledge(group, 'CKV_AWS_338', `logRetentionDays asks for ${retentionInDays} days`);
    }
    return group;
  }

  private addCluster(props: ClusterProps): EksCluster {
    const { endpoint = { kind: 'private' }, ipFamily = 'ipv4', secretsKmsKeyArn, logTypes = LOG_TYPES } = props;
    const isPublic = endpoint.kind === 'private-and-public';
    const subnets = controlPlaneSubnets(props.vpc);
    const zones = new ControlPlaneZones(this, 'control-plane-zones', {
      clusterName: props.name,
      zones: subnets.map(({ zone }) => zone),
    });
    const cluster = new EksCluster(this, 'cluster', {
      name: props.name,
      roleArn: this.role.role.arn,
      version: this.kubernetesVersion,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      vpcConfig: {
        subnetIds: subnets.map(({ subnetId }) => subnetId),
        endpointPrivateAccess: true,
        endpointPublicAccess: isPublic,
        publicAccessCidrs: isPublic ? [...endpoint.allowedCidrs] : undefined,
      },
      kubernetesNetworkConfig:
        ipFamily === 'ipv4' ? { ipFamily, serviceIpv4Cidr: props.serviceCidr ?? SERVICE_CIDR } : { ipFamily },
      enabledClusterLogTypes: [...logTypes],
      encryptionConfig: secretsKmsKeyArn
        ? { resources: ['secrets'], provider: { keyArn: secretsKmsKeyArn } }
        : undefined,
      upgradePolicy: { supportType: props.upgradePolicy ?? 'STANDARD' },
      zonalShiftConfig: { enabled: props.zonalShift ?? true },
      deletionProtection: props.deletionProtection ?? true,
      // Nodes may be in zones that came later; the control plane stays where it was made.
      lifecycle: { ignoreChanges: ['vpc_config[0].subnet_ids'], precondition: [zones.zonesUnchanged] },
    });
    // Its policies must outlive the cluster, which cleans up after itself with them; its log group is the one it logs to.
    dependsOn(cluster, ...this.role.policies, this.logGroup);
    acknowledgeScanner(cluster, props);
    return cluster;
  }

  private serviceCidrOf({ ipFamily, serviceCidr = SERVICE_CIDR }: ClusterProps): string {
    return ipFamily === 'ipv6' ? this.cluster.kubernetesNetworkConfig.serviceIpv6Cidr : serviceCidr;
  }

  /** IAM trusts the certificate of EKS's issuers by itself: no thumbprint. */
  private addOidcProvider(): IamOpenidConnectProvider {
    return new IamOpenidConnectProvider(this, 'oidc-provider', {
      url: this.cluster.identity.get(0).oidc.get(0).issuer,
      clientIdList: ['sts.amazonaws.com'],
    });
  }

  private addSecurityGroups(props: ClusterProps): ClusterSecurityGroups {
    const { vpc, endpoint, securityGroups = 'cluster', ipFamily = 'ipv4' } = props;
    return new ClusterSecurityGroups(this, 'security-groups', {
      clusterName: this.clusterName,
      vpcId: vpc.vpcId,
      mode: securityGroups,
      clusterSecurityGroupId: this.cluster.vpcConfig.clusterSecurityGroupId,
      apiCidrs: endpoint?.privateCidrs ?? [vpc.cidr],
      ipFamily,
      openPorts: props.openPorts,
    });
  }

  private addNetworkAddOns({ addOns = {}, ipFamily = 'ipv4' }: ClusterProps): readonly ITerraformDependable[] {
    const installed = new NetworkAddOns(this, 'add-ons', { cluster: this, ipFamily, settings: addOns });
    return [...installed.ready, ...this.securityGroups.rules];
  }
}

function checkProps(cluster: Cluster, props: ClusterProps): void {
  const { ipFamily = 'ipv4', serviceCidr } = props;
  check(
    cluster,
    ...clusterNameProblems(props.name),
    versionProblem(props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION),
    ...controlPlaneZoneProblems(controlPlaneSubnets(props.vpc)),
    ...ipFamilyProblems(ipFamily, serviceCidr, awsContext(cluster)),
    ...(ipFamily === 'ipv4' ? serviceCidrProblems(serviceCidr ?? SERVICE_CIDR, props.vpc) : []),
    ...apiEndpointProblems(props.endpoint ?? { kind: 'private' }, props.vpc.cidr),
    ...accessProblems(props.access),
    networkAddOnProblem(props.addOns ?? {}),
    ...openPortProblems(props.openPorts ?? []),
    logRetentionProblem('logRetentionDays', props.logRetentionDays ?? LOG_RETENTION_DAYS),
  );
}

/** Where EKS puts the network interfaces of the control plane. */
function controlPlaneSubnets({ intraSubnets, privateSubnets }: VpcRef): readonly SubnetRef[] {
  return intraSubnets.length > 0 ? intraSubnets : privateSubnets;
}

function acknowledgeScanner(
  cluster: EksCluster,
  { endpoint, secretsKmsKeyArn, logTypes = LOG_TYPES }: ClusterProps,
): void {
  if (!secretsKmsKeyArn)
    acknowledge(cluster, 'CKV_AWS_58', "no secretsKmsKeyArn: EKS encrypts with a key of AWS's own");
  if (endpoint?.kind === 'private-and-public') {
    acknowledge(cluster, 'CKV_AWS_39', `endpoint.allowedCidrs asks for it: ${endpoint.allowedCidrs.join(', ')}`);
  }
  if (logTypes.length < LOG_TYPES.length)
    acknowledge(cluster, 'CKV_AWS_37', `logTypes asks for ${logTypes.join(', ')}`);
}
