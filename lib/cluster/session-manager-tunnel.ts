import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { IPV4_CIDR } from '../core/cidr';
import { dependsOn } from '../core/depends-on';
import { duplicates } from '../core/duplicates';
import { physicalName, replacementName } from '../core/naming';
import { list, literal, object, optional, ref, text, type AnyShape, type Shape } from '../core/shape';
import { policyDocument, type Statement } from '../iam/policy-document';
import { ServiceRole } from '../iam/service-role';
import { VPC_REF, type VpcRef } from '../network/vpc-ref';
import { CLUSTER_SHAPES, type ClusterRef } from './cluster-ref';
import { TUNNEL_SETTINGS, type TunnelSettings } from './session-manager-tunnel-props';
import { base64OfTemplate } from './template-base64';
import { TUNNEL_PORT, tunnelUserData } from './tunnel-proxy';

export interface SessionManagerTunnelProps extends TunnelSettings {
  readonly cluster: TunnelCluster;
  /** The cluster's VPC. The instance is in a private subnet, from which it needs to reach Systems Manager. */
  readonly vpc: VpcRef;
  /**
   * Networks with the endpoints of the Kubernetes API and of Systems Manager.
   * @default 0.0.0.0/0, for Systems Manager's public endpoints; the VPC's CIDR is enough for those in the VPC
   */
  readonly egressCidrs?: readonly string[];
}

/** A `Cluster`, or an existing one. */
export interface TunnelCluster extends Pick<ClusterRef, 'clusterName' | 'endpoint'> {
  /**
   * Security group of the Kubernetes API, which gets a rule for the tunnel.
   * @default none: the API admits the private subnets
   */
  readonly apiSecurityGroupId?: string;
}

/** A reference to a cluster has more than the tunnel needs. */
const OTHER_CLUSTER_SHAPES = Object.fromEntries(
  Object.entries(CLUSTER_SHAPES).map(([prop, shape]: [string, AnyShape]) => [prop, optional(shape as Shape<unknown>)]),
);

const TUNNEL_PROPS = object<SessionManagerTunnelProps>({
  ...TUNNEL_SETTINGS.shapes,
  cluster: ref<TunnelCluster>('a cluster, such as new Cluster(...)', {
    ...OTHER_CLUSTER_SHAPES,
    clusterName: literal(text()),
    endpoint: text('the URL of a Kubernetes API, such as cluster.endpoint', /^https:\/\/[\w.-]+/),
    apiSecurityGroupId: optional(text('the id of a security group, such as sg-0123456789abcdef0', /^sg-/)),
  }),
  vpc: VPC_REF,
  egressCidrs: optional(list(literal(IPV4_CIDR))),
});

const PART = 'session-manager-tunnel';
/** The smallest one: the proxy copies bytes. */
const INSTANCE_TYPE = 't4g.nano';
/** Has Python and SSM Agent. Resolved at each launch. Source: "AL2023 on Amazon EC2", AL2023 User Guide. */
const IMAGE = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';
/** A new instance has the current image: nothing else patches it. */
const LIFETIME_DAYS = 7;
/** The policy of operators selects the instance by this tag. */
const TAG = 'quayside:tunnel';
const DOCUMENT = 'AWS-StartPortForwardingSession';
const HTTPS = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 } as const;

/**
 * A way to a private Kubernetes API, for laptops and hosted pipelines: `tunnelCommand` forwards a local port, through
 * Session Manager, to an HTTP proxy that connects to the API and to nothing else. No port is open to anyone: access is
 * granted by IAM. The instance is replaced every week, and if it fails.
 */
export class SessionManagerTunnel extends Construct {
  /** Opens the tunnel, on local port 8888. */
  readonly tunnelCommand: string;
  /** Allows a role to open the tunnel, and to configure kubectl. */
  readonly policy: IamPolicy;
  readonly role: ServiceRole;
  readonly securityGroup: SecurityGroup;
  readonly launchTemplate: LaunchTemplate;
  readonly group: AutoscalingGroup;

  constructor(scope: Construct, id: string, props: SessionManagerTunnelProps) {
    super(scope, id);
    checkProps(this, props, TUNNEL_PROPS);
    const { cluster, vpc, egressCidrs = ['0.0.0.0/0'], roles = [] } = props;
    check(
      this,
      vpc.privateSubnets.length === 0 && "vpc has no privateSubnets: list at least one, for the tunnel's instance",
      egressCidrs.length === 0 &&
        'egressCidrs is empty, so that the instance would reach nothing: list networks, or omit it for 0.0.0.0/0',
      ...duplicates(egressCidrs).map((cidr) => `egressCidrs has ${cidr} twice: remove one`),
      ...duplicates(roles).map((role) => `roles has '${role}' twice: remove one`),
      ...roles.map(
        (role) =>
          role.startsWith('AWSReservedSSO_') &&
          `roles has '${role}', which IAM Identity Center manages: add the policy to its permission set, and remove the role`,
      ),
    );
    const { region } = awsContext(this);
    this.tunnelCommand = tunnelCommand(cluster.clusterName, region);
    this.role = this.addRole(cluster);
    this.securityGroup = this.addSecurityGroup(cluster, vpc);
    const rules = this.addRules(cluster, egressCidrs);
    this.launchTemplate = this.addLaunchTemplate(cluster);
    this.group = this.addGroup(cluster, vpc);
    const ready = new Set(vpc.privateSubnets.flatMap((subnet) => subnet.ready ?? []));
    dependsOn(this.group, ...this.role.policies, ...rules, ...ready);
    this.policy = this.addPolicy(cluster);
    for (const role of roles) new IamRolePolicyAttachment(this, `role-${role}`, { role, policyArn: this.policy.arn });
  }

  private addRole({ clusterName }: TunnelCluster): ServiceRole {
    return new ServiceRole(this, 'role', {
      // IAM is global: a cluster of the same name in another region has its own role.
      name: physicalName('iam-role', clusterName, awsContext(this).region, PART),
      description: `Tunnel to the API of cluster ${clusterName}`,
      service: 'ec2.amazonaws.com',
      managedPolicies: ['AmazonSSMManagedInstanceCore'],
    });
  }

  private addSecurityGroup({ clusterName }: TunnelCluster, { vpcId }: VpcRef): SecurityGroup {
    const description = `Tunnel to the API of cluster ${clusterName}`;
    const name = replacementName('security-group', `${clusterName}-${PART}`, [description]);
    return new SecurityGroup(this, 'security-group', {
      name,
      description,
      vpcId,
      tags: { Name: name },
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private addRules({ apiSecurityGroupId }: TunnelCluster, cidrs: readonly string[]) {
    const securityGroupId = this.securityGroup.id;
    const egress = cidrs.map(
      (cidrIpv4) =>
        new VpcSecurityGroupEgressRule(this, `https-to-${cidrIpv4.replace('/', '-')}`, {
          securityGroupId,
          description: 'Kubernetes API and Systems Manager',
          cidrIpv4,
          ...HTTPS,
        }),
    );
    if (apiSecurityGroupId === undefined) return egress;
    const api = new VpcSecurityGroupIngressRule(this, 'api-from-tunnel', {
      securityGroupId: apiSecurityGroupId,
      referencedSecurityGroupId: securityGroupId,
      description: 'Kubernetes API, from the tunnel',
      ...HTTPS,
    });
    return [...egress, api];
  }

  private addLaunchTemplate({ clusterName, endpoint }: TunnelCluster): LaunchTemplate {
    const profile = new IamInstanceProfile(this, 'instance-profile', {
      name: physicalName('iam-instance-profile', clusterName, awsContext(this).region, PART),
      role: this.role.role.name,
      lifecycle: { createBeforeDestroy: true },
    });
    const tags = { ...awsContext(this).tags, Name: `${clusterName}-${PART}` };
    return new LaunchTemplate(this, 'launch-template', {
      name: physicalName('launch-template', clusterName, PART),
      updateDefaultVersion: true,
      imageId: IMAGE,
      instanceType: INSTANCE_TYPE,
      userData: base64OfTemplate(tunnelUserData(endpoint)),
      iamInstanceProfile: { arn: profile.arn },
      vpcSecurityGroupIds: [this.securityGroup.id],
      blockDeviceMappings: [
        { deviceName: '/dev/xvda', ebs: { volumeType: 'gp3', encrypted: 'true', deleteOnTermination: 'true' } },
      ],
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      // The provider's default tags are not applied to resources that Auto Scaling launches.
      tagSpecifications: ['volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private addGroup({ clusterName }: TunnelCluster, { privateSubnets }: VpcRef): AutoscalingGroup {
    const name = physicalName('auto-scaling-group', clusterName, PART);
    const tags = { ...awsContext(this).tags, Name: `${clusterName}-${PART}`, [TAG]: clusterName };
    return new AutoscalingGroup(this, 'group', {
      name,
      vpcZoneIdentifier: privateSubnets.map(({ subnetId }) => subnetId),
      minSize: 1,
      // While an instance is replaced.
      maxSize: 2,
      desiredCapacity: 1,
      launchTemplate: {
        id: this.launchTemplate.id,
        version: this.launchTemplate.getStringAttribute('latest_version'),
      },
      maxInstanceLifetime: LIFETIME_DAYS * 24 * 60 * 60,
      instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
      },
      tag: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    });
  }

  private addPolicy({ clusterName }: TunnelCluster): IamPolicy {
    return new IamPolicy(this, 'policy', {
      name: physicalName('iam-policy', clusterName, awsContext(this).region, PART),
      description: `Opens the tunnel to the API of cluster ${clusterName}`,
      policy: policyDocument(...operatorStatements(clusterName, awsContext(this))),
    });
  }
}

/** During a replacement there are two instances: the older one is ready. */
function tunnelCommand(clusterName: string, region: string): string {
  const find = [
    `aws ec2 describe-instances --region ${region}`,
    `--filters 'Name=tag:${TAG},Values=${clusterName}' Name=instance-state-name,Values=running`,
    `--query 'sort_by(Reservations[].Instances[], &LaunchTime)[0].InstanceId' --output text`,
  ].join(' ');
  return [
    `aws ssm start-session --region ${region} --target "$(${find})"`,
    `--document-name ${DOCUMENT} --parameters portNumber=${TUNNEL_PORT},localPortNumber=${TUNNEL_PORT}`,
  ].join(' ');
}

/**
 * A session with another document, such as a shell, is denied: every statement that allows sessions has the condition.
 * Sources: "Sample IAM policies for Session Manager",
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html, and
 * "Start a session with a document by specifying the session documents in IAM policies",
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-specify-session-document.html
 */
function operatorStatements(clusterName: string, { partition, region, account }: AwsContext): readonly Statement[] {
  const checked = { BoolIfExists: { 'ssm:SessionDocumentAccessCheck': ['true'] } };
  return [
    {
      sid: 'Instance',
      actions: ['ssm:StartSession'],
      resources: [`arn:${partition}:ec2:${region}:${account}:instance/*`],
      conditions: { ...checked, StringEquals: { [`ssm:resourceTag/${TAG}`]: [clusterName] } },
    },
    {
      sid: 'PortForwardingOnly',
      actions: ['ssm:StartSession'],
      resources: [`arn:${partition}:ssm:${region}::document/${DOCUMENT}`],
      conditions: checked,
    },
    {
      sid: 'OwnSessions',
      actions: ['ssm:ResumeSession', 'ssm:TerminateSession', 'ssmmessages:OpenDataChannel'],
      resources: [`arn:${partition}:ssm:${region}:${account}:session/\${aws:userid}-*`],
    },
    // EC2 offers no resource-level permission for describing instances.
    { sid: 'FindInstance', actions: ['ec2:DescribeInstances'], resources: ['*'] },
    {
      sid: 'ConfigureKubectl',
      actions: ['eks:DescribeCluster'],
      resources: [`arn:${partition}:eks:${region}:${account}:cluster/${clusterName}`],
    },
  ];
}
