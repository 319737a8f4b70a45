import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { duplicates } from '../core/duplicates';
import { formerly } from '../core/formerly';
import { LOG_RETENTION_DAYS, logRetentionProblem } from '../core/log-retention';
import { physicalName } from '../core/naming';
import { preventDestroy } from '../core/prevent-destroy';
import { keyArnProblem } from '../iam/key-arn';
import { keyRegionProblem } from '../iam/key-region';
import { pullThroughCacheArn } from '../iam/pull-through';
import { ServiceRole } from '../iam/service-role';
import type { SubnetRef, VpcRef } from '../network/vpc-ref';
import type { KubernetesVersion } from '../versions';
import { AccessEntry } from './access';
import type { ClusterAccessEntry } from './access-props';
import {
  accessProblems,
  apiEndpointProblems,
  ipFamilyProblems,
  clusterNameProblems,
  serviceCidrProblems,
  controlPlaneZoneProblems,
} from './cluster-problems';
import { CLUSTER_PROPS, LOG_TYPES, type ClusterProps } from './cluster-props';
import type { ClusterRef, VolumeAccess } from './cluster-ref';
import { ClusterSecurityGroups } from './cluster-security-groups';
import { ControlPlaneZones } from './control-plane-zones';
import { openPortProblems } from './open-port';
import { hasPodIdentity, hasPrefixDelegation, networkAddOnProblem, NetworkAddOns } from './network-add-ons';
import { principalId } from './principal';

/** EKS's own default for a VPC in 10.0.0.0/8. */
export const SERVICE_CIDR = '172.20.0.0/16';

/**
 * An EKS cluster, ready for nodes: private, with access entries, control plane logs and the add-ons that nodes need.
 */
export class Cluster extends Construct implements ClusterRef {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly kubernetesVersion: KubernetesVersion;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly serviceCidr: string;
  /** The one that EKS creates: the control plane's network interfaces are in it. */
  readonly apiSecurityGroupId: string;
  readonly nodeSecurityGroupIds: readonly string[];
  readonly loadBalancerTargetSecurityGroupId: string;
  readonly oidcProviderArn?: string;
  readonly readyForNodes: readonly ITerraformDependable[];
  readonly cniHasPodIdentity: boolean;
  readonly prefixDelegation: boolean;
  readonly volumeAccess: VolumeAccess;
  readonly pullThroughCaches: readonly string[];
  /** Command that adds the cluster to an operator's kubeconfig. */
  readonly kubeconfigCommand: string;

  readonly cluster: EksCluster;
  readonly role: ServiceRole;
  readonly logGroup: CloudwatchLogGroup;
  readonly securityGroups: ClusterSecurityGroups;
  readonly accessEntries: readonly AccessEntry[];

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    checkProps(this, props, CLUSTER_PROPS);
    checkLimits(this, props);
    this.clusterName = props.name;
    this.volumeAccess = props.volumeAccess ?? 'account';
    this.pullThroughCaches = props.pullThroughCaches ?? [];
    this.kubernetesVersion = props.kubernetesVersion;
    this.kubeconfigCommand = `aws eks update-kubeconfig --name ${props.name} --region ${awsContext(this).region}`;

    this.role = this.addRole(props);
    this.logGroup = this.addLogGroup(props);
    this.cluster = this.addCluster(props);
    this.clusterId = this.cluster.id;
    this.endpoint = this.cluster.endpoint;
    this.certificateAuthority = this.cluster.certificateAuthority.get(0).data;
    this.serviceCidr = this.serviceCidrOf(props);
    this.oidcProviderArn = props.oidcProvider ? this.addOidcProvider().arn : undefined;

    this.accessEntries = props.access.map((entry) => this.addAccessEntry(entry));
    this.apiSecurityGroupId = this.cluster.vpcConfig.clusterSecurityGroupId;
    this.securityGroups = this.addSecurityGroups(props);
    this.nodeSecurityGroupIds = this.securityGroups.nodeSecurityGroupIds;
    this.loadBalancerTargetSecurityGroupId = this.securityGroups.loadBalancerTargets.id;
    this.cniHasPodIdentity = hasPodIdentity(props.addOns ?? {});
    this.prefixDelegation = hasPrefixDelegation(props.addOns ?? {});
    this.readyForNodes = this.addNetworkAddOns(props);
  }

  private addRole({ name, secretsKmsKeyArn }: ClusterProps): ServiceRole {
    return new ServiceRole(this, 'role', {
      // IAM is global: a cluster of the same name in another region has its own role.
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

  /** Otherwise EKS creates the log group, with unlimited retention. */
  private addLogGroup(props: ClusterProps): CloudwatchLogGroup {
    const retentionInDays = props.logRetentionDays ?? LOG_RETENTION_DAYS;
    const group = new CloudwatchLogGroup(this, 'log-group', {
      name: `/aws/eks/${props.name}/cluster`,
      retentionInDays,
      kmsKeyId: props.logKmsKeyArn,
      lifecycle: preventDestroy(props.deletionProtection ?? true),
    });
    if (!props.logKmsKeyArn) acknowledge(group, 'CKV_AWS_158', "no logKmsKeyArn: CloudWatch Logs' own key encrypts it");
    if (retentionInDays < LOG_RETENTION_DAYS) {
      acknowledge(group, 'CKV_AWS_338', `logRetentionDays asks for ${retentionInDays} days`);
    }
    return group;
  }

  private addCluster(props: ClusterProps): EksCluster {
    const { endpoint = { kind: 'private' }, ipFamily = 'ipv4', secretsKmsKeyArn, logTypes = LOG_TYPES } = props;
    const { deletionProtection = true } = props;
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
      deletionProtection,
      // Zones may be added for nodes later; the control plane stays in the zones it was created in.
      lifecycle: {
        ...preventDestroy(deletionProtection),
        ignoreChanges: ['vpc_config[0].subnet_ids'],
        precondition: [zones.zonesUnchanged],
      },
    });
    // EKS needs the role's policies until the cluster is deleted; the log group must exist before EKS creates its own.
    dependsOn(cluster, ...this.role.policies, this.logGroup);
    acknowledgeScanner(cluster, props);
    return cluster;
  }

  private serviceCidrOf({ ipFamily, serviceCidr = SERVICE_CIDR }: ClusterProps): string {
    return ipFamily === 'ipv6' ? this.cluster.kubernetesNetworkConfig.serviceIpv6Cidr : serviceCidr;
  }

  /** No thumbprint: IAM trusts the CA of EKS's OIDC issuers. */
  private addOidcProvider(): IamOpenidConnectProvider {
    return new IamOpenidConnectProvider(this, 'oidc-provider', {
      url: this.cluster.identity.get(0).oidc.get(0).issuer,
      clientIdList: ['sts.amazonaws.com'],
    });
  }

  private addAccessEntry({ name, ...access }: ClusterAccessEntry): AccessEntry {
    const formerId = `access-${name}`;
    const id = principalId(access.principalArn, awsContext(this).account) ?? formerId;
    const entry = new AccessEntry(this, id, { cluster: this, ...access });
    formerly(entry, formerId);
    return entry;
  }

  private addSecurityGroups(props: ClusterProps): ClusterSecurityGroups {
    const { vpc, endpoint, securityGroups = 'cluster', ipFamily = 'ipv4' } = props;
    return new ClusterSecurityGroups(this, 'security-groups', {
      clusterName: this.clusterName,
      vpcId: vpc.vpcId,
      mode: securityGroups,
      clusterSecurityGroupId: this.apiSecurityGroupId,
      apiCidrs: endpoint?.privateCidrs ?? [vpc.cidr],
      ipFamily,
      openPorts: props.openPorts,
    });
  }

  private addNetworkAddOns({ vpc, addOns = {}, ipFamily = 'ipv4' }: ClusterProps): readonly ITerraformDependable[] {
    const installed = new NetworkAddOns(this, 'add-ons', {
      cluster: this,
      vpcId: vpc.vpcId,
      ipFamily,
      settings: addOns,
    });
    return [...installed.ready, ...this.securityGroups.rules];
  }
}

function checkLimits(cluster: Cluster, props: ClusterProps): void {
  const { ipFamily = 'ipv4', serviceCidr } = props;
  check(
    cluster,
    ...clusterNameProblems(props.name),
    ...controlPlaneZoneProblems(controlPlaneSubnets(props.vpc)),
    ...ipFamilyProblems(ipFamily, serviceCidr, props.vpc, awsContext(cluster)),
    ...(ipFamily === 'ipv4' ? serviceCidrProblems(serviceCidr ?? SERVICE_CIDR, props.vpc) : []),
    ...apiEndpointProblems(props.endpoint ?? { kind: 'private' }, props.vpc.cidr, ipFamily),
    ...accessProblems(props.access, awsContext(cluster).account),
    networkAddOnProblem(props.addOns ?? {}),
    ...openPortProblems(props.openPorts ?? []),
    ...(['logKmsKeyArn', 'secretsKmsKeyArn'] as const).flatMap((prop) => [
      keyArnProblem(prop, props[prop]),
      keyRegionProblem(prop, props[prop], awsContext(cluster)),
    ]),
    ...duplicates(props.logTypes ?? []).map((type) => `logTypes has '${type}' twice: remove one`),
    ...(props.pullThroughCaches ?? []).map(
      (url) =>
        !pullThroughCacheArn(url, awsContext(cluster)) &&
        `pullThroughCaches has '${url}', which is not the URL of a cache: use <account>.dkr.ecr.<region>.amazonaws.com/<prefix>`,
    ),
    logRetentionProblem('logRetentionDays', props.logRetentionDays ?? LOG_RETENTION_DAYS),
  );
}

/** Subnets in which EKS creates the control plane's network interfaces. */
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
    acknowledge(cluster, 'CKV_AWS_37', `logTypes asks for ${logTypes.join(', ') || 'none'}`);
}
