import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import type { AwsStack } from '../../../lib/core/aws-stack';
import { WorkloadRole, type WorkloadCluster, type WorkloadRoleProps } from '../../../lib/iam/workload-role';
import { refusal, synthStack } from '../../support/stack';

const CLUSTER: WorkloadCluster = { clusterName: 'legacy' };
const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC';
const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`;

function role(scope: AwsStack, props: Partial<WorkloadRoleProps> = {}): WorkloadRole {
  return new WorkloadRole(scope, 'shop', {
    name: 'production-shop',
    description: 'Shop',
    cluster: CLUSTER,
    namespace: 'shop',
    serviceAccount: 'web',
    statements: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::pictures/*'] }],
    ...props,
  });
}

test('by default the role is for one service account of one cluster, through Pod Identity', () => {
  const stack = synthStack((scope) => role(scope));
  expect(JSON.parse(stack.getResource('aws_iam_role').attributes['assume_role_policy']).Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: {
        StringEquals: {
          'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:eu-west-1:123456789012:cluster/legacy',
          'aws:RequestTag/kubernetes-namespace': 'shop',
          'aws:RequestTag/kubernetes-service-account': 'web',
        },
      },
    },
  ]);
  const association = stack.getResource('aws_eks_pod_identity_association');
  expect(association.attributes).toMatchObject({ cluster_name: 'legacy', namespace: 'shop', service_account: 'web' });
  expect(stack.isAfter(association, stack.getResource('aws_iam_role_policy'))).toBe(true);
});

test('for an EKS add-on it creates no association', () => {
  const stack = synthStack((scope) => role(scope, { trust: 'add-on' }));
  expect(stack.ofType('aws_eks_pod_identity_association')).toEqual([]);
  expect(stack.getResource('aws_iam_role').attributes['assume_role_policy']).toContain('pods.eks.amazonaws.com');
});

test('for IRSA the service account is annotated, and the trust policy has the issuer without its scheme', () => {
  let annotations: Readonly<Record<string, string>> = {};
  const stack = synthStack((scope) => {
    const cluster = { ...CLUSTER, oidcProviderArn: PROVIDER };
    annotations = role(scope, { trust: 'irsa', cluster }).serviceAccountAnnotations;
  });
  expect(JSON.parse(stack.getResource('aws_iam_role').attributes['assume_role_policy']).Statement).toEqual([
    {
      Effect: 'Allow',
      Principal: { Federated: PROVIDER },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: 'system:serviceaccount:shop:web' },
      },
    },
  ]);
  expect(Object.keys(annotations)).toEqual(['eks.amazonaws.com/role-arn']);
});

test('an issuer that is known after apply is split by Terraform', () => {
  const stack = synthStack((scope) => {
    const provider = new IamOpenidConnectProvider(scope, 'issuer', { url: `https://${ISSUER}`, clientIdList: ['sts'] });
    role(scope, { trust: 'irsa', cluster: { ...CLUSTER, oidcProviderArn: provider.arn } });
  });
  expect(stack.getResource('aws_iam_role').attributes['assume_role_policy']).toContain(
    '${element(split("oidc-provider/", aws_iam_openid_connect_provider.issuer.arn), 1)}:sub',
  );
});

test('rejects IRSA for a cluster without an OIDC provider', () => {
  expect(refusal((scope) => role(scope, { trust: 'irsa' }))).toBe(
    "test/shop: trust is 'irsa' and cluster 'legacy' has no oidcProviderArn: set oidcProvider on the cluster, or use 'pod-identity'",
  );
});
