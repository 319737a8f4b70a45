import { Fn } from 'cdktf';
import type { Statement } from '../../../lib/iam/policy-document';
import { EncryptionKey } from '../../../lib/iam/encryption-key';
import { keyArnProblem } from '../../../lib/iam/key-arn';
import { keyRegionProblem } from '../../../lib/iam/key-region';
import { ServiceRole, type ServiceRoleProps } from '../../../lib/iam/service-role';
import { WorkloadRole, type WorkloadRoleProps } from '../../../lib/iam/workload-role';
import { existingCluster } from '../../support/cluster';
import { group, inStack, PLACE, returned, type Group } from '../try';

const LONG_STATEMENTS = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    actions: ['s3:GetObject'],
    resources: [`arn:aws:s3:::a-bucket-with-a-long-name-${index}/*`],
  }));
const statement = (overrides: Partial<Statement>): Statement => ({
  actions: ['s3:GetObject'],
  resources: ['arn:aws:s3:::builds/*'],
  ...overrides,
});
const POLICIES = Array.from({ length: 11 }, (_, index) => `Policy${index}`);

const KEY_ARN = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555';

export const GROUPS: readonly Group[] = [
  group(
    returned(({ kmsKeyArn }: { readonly kmsKeyArn: string }) => [
      keyArnProblem('kmsKeyArn', kmsKeyArn),
      keyRegionProblem('kmsKeyArn', kmsKeyArn, { region: PLACE.region, partition: 'aws' }),
    ]),
    {
      "{} '{}' is an alias: use the ARN of its key, arn:aws:kms:<region>:<account>:key/<id>": {
        wrong: { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/logs' },
        right: { kmsKeyArn: KEY_ARN },
      },
      "{} '{}' is not the ARN of a KMS key: use arn:aws:kms:<region>:<account>:key/<id>": {
        wrong: { kmsKeyArn: '11111111-2222-3333-4444-555555555555' },
        right: { kmsKeyArn: KEY_ARN },
      },
      "{} '{}' is of a key in {}: use a key, or a replica of a multi-Region key, in {}": {
        wrong: { kmsKeyArn: KEY_ARN.replace('eu-west-1', 'us-east-1') },
        right: { kmsKeyArn: KEY_ARN },
      },
    },
  ),
  group(
    inStack((stack, { name }: { readonly name: string }) => {
      new EncryptionKey(stack, 'key', { name, description: 'Logs' });
    }),
    {
      "name '{}' begins with aws/, which is reserved for keys of AWS: choose another name": {
        wrong: { name: 'aws/logs' },
        right: { name: 'shop/logs' },
      },
    },
  ),
  group(
    inStack((stack, props: Partial<WorkloadRoleProps>) => {
      new WorkloadRole(stack, 'role', {
        name: 'shop',
        description: 'The shop',
        cluster: existingCluster(),
        namespace: 'shop',
        serviceAccount: 'shop',
        ...props,
      });
    }),
    {
      "trust is 'irsa' and cluster '{}' has no oidcProviderArn: set oidcProvider on the cluster, or use 'pod-identity'":
        {
          wrong: { trust: 'irsa' },
          right: { trust: 'pod-identity' },
        },
    },
  ),
  group(
    inStack((stack, props: Partial<ServiceRoleProps>) => {
      new ServiceRole(stack, 'role', {
        name: 'builder',
        description: 'Builds',
        service: 'ec2.amazonaws.com',
        ...props,
      });
    }),
    {
      "description '{}' has characters that IAM does not allow: use those of Latin-1": {
        wrong: { description: 'Builds images → registry' },
        right: { description: 'Builds images: registry' },
      },
      'description has {} characters, IAM allows at most {}: shorten it': {
        wrong: { description: 'a'.repeat(1001) },
        right: { description: 'a'.repeat(1000) },
        unnamed: 'its value is too long for a message',
      },
      "managedPolicies has '{}' twice: remove one": {
        wrong: { managedPolicies: ['ReadOnlyAccess', 'ReadOnlyAccess'] },
        right: { managedPolicies: ['ReadOnlyAccess'] },
      },
      "managedPolicies has '{}': use the name of an AWS managed policy with its path, or the ARN of another policy": {
        wrong: { managedPolicies: ['read only'] },
        right: { managedPolicies: ['ReadOnlyAccess'] },
      },
      'managedPolicies has an ARN known only after apply: use a literal, it is part of a construct id': {
        wrong: { managedPolicies: [Fn.join('/', ['arn:aws:iam::123456789012:policy', 'shop'])] },
        right: { managedPolicies: ['arn:aws:iam::123456789012:policy/shop'] },
        unnamed: 'the value is known after apply',
      },
      "name '{}' is not the name of a role: use letters, digits and +=,.@_-": {
        wrong: { name: 'the builder' },
        right: { name: 'the-builder' },
      },
      'the inline policies of the role have {} characters, IAM allows at most {} in total: use patterns instead of lists of resources, or several roles':
        {
          wrong: { statements: LONG_STATEMENTS(200) },
          right: { statements: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a-bucket-*'] }] },
          unnamed: 'statements are too long for a message',
        },
      "{} has the sid '{}' twice: rename one": {
        wrong: { statements: [statement({ sid: 'Read' }), statement({ sid: 'Read' })] },
        right: { statements: [statement({ sid: 'Read' }), statement({ sid: 'ReadMore' })] },
      },
      '{} is empty: list at least one': {
        wrong: { statements: [statement({ actions: [] })] },
        right: { statements: [statement({ actions: ['s3:GetObject'] })] },
      },
      "{}.sid '{}' is not valid: use letters and digits only": {
        wrong: { statements: [statement({ sid: 'read images' })] },
        right: { statements: [statement({ sid: 'ReadImages' })] },
      },
      "{}.actions has '{}', which is not an action: write service and action, s3:GetObject": {
        wrong: { statements: [statement({ actions: ['GetObject'] })] },
        right: { statements: [statement({ actions: ['s3:GetObject'] })] },
      },
      "{}.resources is required in the permissions of a role: list ARNs, or '*' for actions that know no resources": {
        wrong: { statements: [statement({ actions: ['ec2:DescribeInstances'], resources: undefined })] },
        right: { statements: [statement({ actions: ['ec2:DescribeInstances'], resources: ['*'] })] },
      },
      "{}.resources has '{}', which is neither an ARN nor '*': write the ARN": {
        wrong: { statements: [statement({ resources: ['builds/*'] })] },
        right: { statements: [statement({ resources: ['arn:aws:s3:::builds/*'] })] },
      },
      '{}.principals has no place in the permissions of a role, which are for whoever assumes it: remove it': {
        wrong: { statements: [statement({ principals: { AWS: ['123456789012'] } })] },
        right: { statements: [statement({})] },
        unnamed: 'whichever they are, they are removed',
      },
      "managedPolicies has '{}', a policy of another account than the role's, {}: create it in {}, and give the ARN of that one":
        {
          wrong: { managedPolicies: ['arn:aws:iam::210987654321:policy/shop'] },
          right: { managedPolicies: ['arn:aws:iam::123456789012:policy/shop'] },
        },
      'the role has {} managed policies, and IAM allows {} unless the quota of the account was raised: merge some into a policy of your own':
        {
          wrong: { managedPolicies: POLICIES },
          right: { managedPolicies: ['arn:aws:iam::123456789012:policy/builder'] },
          unnamed: 'it has their number',
        },
      'the trust policy has {} characters, and IAM allows {} unless the quota of the account was raised: list fewer principals and conditions, or use several roles':
        {
          wrong: { trustConditions: { StringEquals: { 'aws:SourceArn': ['a'.repeat(2000)] } } },
          right: { trustConditions: { StringEquals: { 'aws:SourceArn': ['a'.repeat(20)] } } },
          unnamed: 'the policy is too long for a message',
        },
    },
  ),
];
