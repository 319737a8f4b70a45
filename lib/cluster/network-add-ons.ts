import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import type { Problem } from '../core/check';
import type { IpFamily } from './cluster-problems';
import type { ClusterRef } from './cluster-ref';
import { EksAddOn, type EksAddOnPodIdentity, type EksAddOnConfiguration, type EksAddOnProps } from './eks-add-on';

/** Add-ons that nodes need to become Ready. */
export type NetworkAddOnName = 'vpc-cni' | 'kube-proxy' | 'eks-pod-identity-agent';

/** Version and configuration by add-on; `none` omits one. Others are installed with their defaults. */
export type NetworkAddOnSettings = Readonly<Partial<Record<NetworkAddOnName, EksAddOnConfiguration | 'none'>>>;

export interface NetworkAddOnsProps {
  readonly cluster: ClusterRef;
  readonly ipFamily: IpFamily;
  readonly settings: NetworkAddOnSettings;
}

/** Without it NetworkPolicy objects are accepted but not enforced. */
const CNI_CONFIGURATION = { enableNetworkPolicy: 'true' } as const;

/** CNI, kube-proxy and Pod Identity agent: created before the nodes that run them, and destroyed after. */
export class NetworkAddOns extends Construct {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { cluster, ipFamily, settings }: NetworkAddOnsProps) {
    super(scope, id);
    const install = (name: NetworkAddOnName, more: Pick<EksAddOnProps, 'after' | 'podIdentity'> = {}) => {
      const own = settings[name] ?? {};
      return own === 'none' ? [] : [new EksAddOn(this, name, { cluster, ...withDefaults(name, own), ...more }).ready];
    };
    const agent = install('eks-pod-identity-agent');
    this.ready = [
      // The CNI gets its role from the agent, also while nodes are being removed.
      ...install('vpc-cni', {
        after: agent,
        podIdentity: hasPodIdentity(settings) ? cniPodIdentity(ipFamily, awsContext(this)) : undefined,
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
      problem: "addOns omits 'vpc-cni': without a CNI plugin no node becomes Ready",
    }
  );
}

/** Whether the CNI has its own role; without the agent it uses the node's. */
export function hasPodIdentity(settings: NetworkAddOnSettings): boolean {
  return settings['eks-pod-identity-agent'] !== 'none';
}

function withDefaults(name: NetworkAddOnName, settings: EksAddOnConfiguration): EksAddOnConfiguration {
  if (name !== 'vpc-cni') return settings;
  return { ...settings, configuration: { ...CNI_CONFIGURATION, ...settings.configuration } };
}

function cniPodIdentity(ipFamily: IpFamily, { partition }: AwsContext): EksAddOnPodIdentity {
  const serviceAccount = 'aws-node';
  if (ipFamily === 'ipv4') return { serviceAccount, managedPolicies: ['AmazonEKS_CNI_Policy'] };
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
      { actions: ['ec2:CreateTags'], resources: [`arn:${partition}:ec2:*:*:network-interface/*`] },
    ],
  };
}
