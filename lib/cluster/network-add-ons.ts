import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import type { Problem } from '../core/check';
import { literalText } from '../core/literal-text';
import { isRecord } from '../core/record';
import type { Statement } from '../iam/policy-document';
import type { IpFamily } from './cluster-props';
import type { ClusterRef } from './cluster-ref';
import { EksAddOn } from './eks-add-on';
import type {
  EksAddOnConfiguration,
  EksAddOnPodIdentity,
  EksAddOnProps,
  NetworkAddOnName,
  NetworkAddOnSettings,
} from './eks-add-on-props';

export interface NetworkAddOnsProps {
  readonly cluster: ClusterRef;
  /** The cluster's VPC. */
  readonly vpcId: string;
  readonly ipFamily: IpFamily;
  readonly settings: NetworkAddOnSettings;
}

/** Without it NetworkPolicy objects are accepted but not enforced. */
const CNI_CONFIGURATION = { enableNetworkPolicy: 'true' } as const;

/** CNI, kube-proxy and Pod Identity agent: created before the nodes that run them, and destroyed after. */
export class NetworkAddOns extends Construct {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { cluster, vpcId, ipFamily, settings }: NetworkAddOnsProps) {
    super(scope, id);
    literalText(this);
    const install = (name: NetworkAddOnName, more: Pick<EksAddOnProps, 'after' | 'podIdentity'> = {}) => {
      const own = settings[name] ?? {};
      return own === 'none' ? [] : [new EksAddOn(this, name, { cluster, ...withDefaults(name, own), ...more }).ready];
    };
    const agent = install('eks-pod-identity-agent');
    this.ready = [
      // The CNI gets its role from the agent, also while nodes are being removed.
      ...install('vpc-cni', {
        after: agent,
        podIdentity: hasPodIdentity(settings) ? cniPodIdentity(ipFamily, vpcId, awsContext(this)) : undefined,
      }),
      ...install('kube-proxy'),
      ...agent,
    ];
  }
}

export function networkAddOnProblem(settings: NetworkAddOnSettings): Problem {
  return (
    settings['vpc-cni'] === 'none' && {
      code: 'no-vpc-cni',
      problem:
        "'vpc-cni' is 'none', and without a CNI plugin no node becomes Ready: remove it, or install another plugin",
    }
  );
}

/** Whether the CNI has its own role; without the agent it uses the node's. */
export function hasPodIdentity(settings: NetworkAddOnSettings): boolean {
  return settings['eks-pod-identity-agent'] !== 'none';
}

/** Whether network interfaces get prefixes: nodes then have room for more pods than by default. */
export function hasPrefixDelegation({ 'vpc-cni': cni }: NetworkAddOnSettings): boolean {
  const env = cni === 'none' ? undefined : cni?.configuration?.['env'];
  return isRecord(env) && String(env['ENABLE_PREFIX_DELEGATION']) === 'true';
}

function withDefaults(name: NetworkAddOnName, settings: EksAddOnConfiguration): EksAddOnConfiguration {
  if (name !== 'vpc-cni') return settings;
  return { ...settings, configuration: { ...CNI_CONFIGURATION, ...settings.configuration } };
}

function cniPodIdentity(ipFamily: IpFamily, vpcId: string, aws: AwsContext): EksAddOnPodIdentity {
  const serviceAccount = 'aws-node';
  const statements = [onlyInVpc(vpcId, aws)];
  if (ipFamily === 'ipv4') return { serviceAccount, managedPolicies: ['AmazonEKS_CNI_Policy'], statements };
  // AWS has no managed policy for IPv6. Source: "Configure Amazon VPC CNI plugin to use IRSA",
  // https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
  return {
    serviceAccount,
    statements: [
      {
        actions: [
          'ec2:AssignIpv6Addresses',
          'ec2:DescribeInstances',
          'ec2:DescribeInstanceTypes',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeTags',
        ],
        resources: ['*'],
      },
      { actions: ['ec2:CreateTags'], resources: [networkInterfaces(aws)] },
      ...statements,
    ],
  };
}

/**
 * What is allowed above is allowed for every interface of the account, so also for other clusters'. The key is the VPC of
 * the interface; a request without it is not denied.
 * Source: "Scope-down IAM policy per EKS cluster",
 * https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/iam-policy.md
 */
function onlyInVpc(vpcId: string, aws: AwsContext): Statement {
  return {
    sid: 'NoInterfacesOfOtherVpcs',
    effect: 'Deny',
    actions: [
      'ec2:AssignIpv6Addresses',
      'ec2:AssignPrivateIpAddresses',
      'ec2:AttachNetworkInterface',
      'ec2:CreateTags',
      'ec2:DeleteNetworkInterface',
      'ec2:DetachNetworkInterface',
      'ec2:ModifyNetworkInterfaceAttribute',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: [networkInterfaces(aws)],
    conditions: {
      ArnNotEquals: { 'ec2:Vpc': [`arn:${aws.partition}:ec2:*:*:vpc/${vpcId}`] },
      Null: { 'ec2:Vpc': ['false'] },
    },
  };
}

function networkInterfaces({ partition }: AwsContext): string {
  return `arn:${partition}:ec2:*:*:network-interface/*`;
}
