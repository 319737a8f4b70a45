import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { Fn, Token, type ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import { dependsOn } from '../core/depends-on';
import { renamedProps } from '../core/renamed-props';
import type { Statement } from './policy-document';
import { RoleWithPolicies, type RoleProps } from './role-with-policies';

/** What a role for pods needs to know of their cluster; a `ClusterRef` fits. */
export interface WorkloadCluster {
  readonly clusterName: string;
  readonly clusterId?: string;
  readonly oidcProviderArn?: string;
  readonly readyForNodes?: readonly ITerraformDependable[];
}

export interface WorkloadRoleProps extends RoleProps {
  readonly cluster: WorkloadCluster;
  readonly namespace: string;
  /** The Kubernetes service account of the pods. The role serves no other. */
  readonly serviceAccount: string;
  /**
   * How pods get the role: `pod-identity` through the agent on their node; `add-on` likewise, where an EKS add-on makes
   * the association; `irsa` through the cluster's identity provider, for pods that no agent reaches.
   * @default 'pod-identity'
   */
  readonly trust?: 'pod-identity' | 'add-on' | 'irsa';
}

/** A role for the pods of one service account in one cluster. */
export class WorkloadRole extends RoleWithPolicies {
  /** Makes the role known to the cluster; undefined where the add-on does, or the service account's annotation. */
  readonly association?: EksPodIdentityAssociation;
  /** To put on the Kubernetes service account. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: WorkloadRoleProps) {
    const { cluster, namespace, serviceAccount, trust = 'pod-identity' } = props;
    const issuer = trust === 'irsa' ? cluster.oidcProviderArn : undefined;
    super(scope, id, props, issuer ? irsaTrust(issuer, props) : podIdentityTrust(awsContext(scope), props), [
      ...renamedProps(props, { identity: 'trust' }),
      trust === 'irsa' &&
        !issuer &&
        `trust is 'irsa' and cluster '${cluster.clusterName}' has no oidcProviderArn: set oidcProvider on the cluster, or use 'pod-identity'`,
    ]);
    this.serviceAccountAnnotations = issuer ? { 'eks.amazonaws.com/role-arn': this.role.arn } : {};
    if (trust !== 'pod-identity') return;

    this.association = new EksPodIdentityAssociation(this, 'association', {
      clusterName: cluster.clusterId ?? cluster.clusterName,
      namespace,
      serviceAccount,
      roleArn: this.role.arn,
    });
    dependsOn(this.association, ...this.policies, ...(cluster.readyForNodes ?? []));
  }
}

/**
 * Pod Identity states cluster, namespace and service account as session tags: without the conditions, whoever may make
 * associations could give the role to any pod of the account.
 * Source: "Create IAM role with trust policy required by EKS Pod Identity", Amazon EKS User Guide.
 */
function podIdentityTrust({ partition, region, account }: AwsContext, props: WorkloadRoleProps): Statement {
  return {
    principals: { Service: ['pods.eks.amazonaws.com'] },
    actions: ['sts:AssumeRole', 'sts:TagSession'],
    conditions: {
      StringEquals: {
        'aws:RequestTag/eks-cluster-arn': [
          `arn:${partition}:eks:${region}:${account}:cluster/${props.cluster.clusterName}`,
        ],
        'aws:RequestTag/kubernetes-namespace': [props.namespace],
        'aws:RequestTag/kubernetes-service-account': [props.serviceAccount],
      },
    },
  };
}

/** Source: "Assign IAM roles to Kubernetes service accounts", Amazon EKS User Guide. */
function irsaTrust(providerArn: string, { namespace, serviceAccount }: WorkloadRoleProps): Statement {
  const issuer = issuerOf(providerArn);
  return {
    principals: { Federated: [providerArn] },
    actions: ['sts:AssumeRoleWithWebIdentity'],
    conditions: {
      StringEquals: {
        [`${issuer}:aud`]: ['sts.amazonaws.com'],
        [`${issuer}:sub`]: [`system:serviceaccount:${namespace}:${serviceAccount}`],
      },
    },
  };
}

const ISSUER_MARK = 'oidc-provider/';

/** The issuer without `https://`: what follows the mark in the provider's ARN. */
function issuerOf(providerArn: string): string {
  return Token.isUnresolved(providerArn)
    ? Token.asString(Fn.element(Fn.split(ISSUER_MARK, providerArn), 1))
    : providerArn.slice(providerArn.indexOf(ISSUER_MARK) + ISSUER_MARK.length);
}
