import { EksPodIdentityAssociation } from '@cdktf/provider-aws/lib/eks-pod-identity-association';
import { Fn, Token, type ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { awsContext, type AwsContext } from '../core/aws-context';
import { DEPENDABLES, dependsOn } from '../core/depends-on';
import { object, oneOf, optional, part, text } from '../core/shape';
import type { Statement } from './policy-document';
import { ROLE_PROPS, RoleWithPolicies, type RoleDefinition, type RoleProps } from './role-with-policies';

/** The cluster of the pods; a `ClusterRef` has all of it. */
export interface WorkloadCluster {
  readonly clusterName: string;
  readonly clusterId?: string;
  readonly oidcProviderArn?: string;
  readonly readyForNodes?: readonly ITerraformDependable[];
}

export interface WorkloadRoleProps extends RoleProps {
  readonly cluster: WorkloadCluster;
  readonly namespace: string;
  /** The Kubernetes service account of the pods. No other may use the role. */
  readonly serviceAccount: string;
  /**
   * How pods assume the role: `pod-identity` through the agent on their node; `add-on` likewise, with an association
   * that an EKS add-on creates; `irsa` through the cluster's OIDC provider, for pods that cannot reach the agent.
   * @default 'pod-identity'
   */
  readonly trust?: 'pod-identity' | 'add-on' | 'irsa';
}

const WORKLOAD_ROLE_PROPS = object<WorkloadRoleProps>(
  {
    ...ROLE_PROPS,
    cluster: part<WorkloadCluster>('a cluster, such as new Cluster(...)', {
      clusterName: text(),
      clusterId: optional(text()),
      oidcProviderArn: optional(text()),
      readyForNodes: optional(DEPENDABLES),
    }),
    namespace: text(),
    serviceAccount: text(),
    trust: optional(oneOf('pod-identity', 'add-on', 'irsa')),
  },
  { renamed: { identity: 'trust' } },
);

/** A role for the pods of one service account in one cluster. */
export class WorkloadRole extends RoleWithPolicies<WorkloadRoleProps> {
  /** Undefined for `add-on`, where the EKS add-on creates it, and for `irsa`, which uses an annotation instead. */
  readonly association?: EksPodIdentityAssociation;
  /** Annotations for the Kubernetes service account. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: WorkloadRoleProps) {
    super(scope, id, props, WORKLOAD_ROLE_PROPS, () => definition(awsContext(scope), props));
    const { cluster, namespace, serviceAccount, trust = 'pod-identity' } = props;
    this.serviceAccountAnnotations = trust === 'irsa' ? { 'eks.amazonaws.com/role-arn': this.role.arn } : {};
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

function definition(aws: AwsContext, props: WorkloadRoleProps): RoleDefinition {
  const { cluster } = props;
  const issuer = props.trust === 'irsa' ? cluster.oidcProviderArn : undefined;
  return {
    role: props,
    trust: issuer ? irsaTrust(issuer, props) : podIdentityTrust(aws, props),
    problems: [
      props.trust === 'irsa' &&
        !issuer &&
        `trust is 'irsa' and cluster '${cluster.clusterName}' has no oidcProviderArn: set oidcProvider on the cluster, or use 'pod-identity'`,
    ],
  };
}

/**
 * Pod Identity passes cluster, namespace and service account as session tags: without the conditions, anyone allowed to
 * create associations could give the role to any pod of the account.
 * Source: "Create IAM role with trust policy required by EKS Pod Identity",
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
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

/**
 * Source: "Assign IAM roles to Kubernetes service accounts",
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
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

const ISSUER_PREFIX = 'oidc-provider/';

/** The issuer without `https://`, as in the provider's ARN. */
function issuerOf(providerArn: string): string {
  return Token.isUnresolved(providerArn)
    ? Token.asString(Fn.element(Fn.split(ISSUER_PREFIX, providerArn), 1))
    : providerArn.slice(providerArn.indexOf(ISSUER_PREFIX) + ISSUER_PREFIX.length);
}
