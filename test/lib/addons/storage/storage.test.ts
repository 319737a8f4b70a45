import { Token } from 'cdktf';
import { storage, type StorageProps } from '../../../../lib/addons/storage/storage';
import { describeAddOn } from '../../../support/add-on-contract';
import { install, type PlatformOverrides } from '../../../support/platform';
import { refusal, synthStack } from '../../../support/stack';

const FILES = { fileSystemId: 'fs-0a1b2c3d4e5f60718' };
const EFS = { ...FILES, driver: { version: 'v3.4.0-eksbuild.1' } };
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000';

describeAddOn('storage', () => storage({ kmsKeyArn: KEY }));
describeAddOn('storage with files', () => storage({ efs: EFS }));

const synth = (props?: StorageProps, overrides?: PlatformOverrides) =>
  synthStack((stack) => install(stack, [storage(props)], overrides));
const unprotected = {
  name: 'ha',
  replicas: 2,
  toleratedNodeLosses: 1,
  deletionProtection: false,
  prefixDelegation: false,
};

test('the default class has encrypted gp3 volumes, in the zone of their pod, that can be expanded', () => {
  const [gp3, ...others] = synth().ofType('kubernetes_storage_class_v1');
  expect(others).toEqual([]);
  expect(gp3!.attributes).toMatchObject({
    metadata: { name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    storage_provisioner: 'ebs.csi.aws.com',
    parameters: { type: 'gp3', encrypted: 'true' },
    allow_volume_expansion: true,
    volume_binding_mode: 'WaitForFirstConsumer',
  });
});

test.each<[string, StorageProps, PlatformOverrides, string]>([
  ['a profile with deletion protection', {}, {}, 'Retain'],
  ['a profile without it', {}, { profile: unprotected }, 'Delete'],
  ['delete overrides the profile', { onRelease: 'delete' }, {}, 'Delete'],
  ['retain overrides the profile', { onRelease: 'retain' }, { profile: unprotected }, 'Retain'],
])('%s', (_, props, overrides, policy) => {
  const classes = synth({ ...props, efs: EFS }, overrides).ofType('kubernetes_storage_class_v1');
  expect(classes.map(({ attributes }) => attributes['reclaim_policy'])).toEqual([policy, policy]);
});

test('a customer managed key: the driver gets access before the class is created', () => {
  const stack = synth({ kmsKeyArn: KEY });
  const [gp3, policy] = [stack.getResource('kubernetes_storage_class_v1'), stack.getResource('aws_iam_role_policy')];
  expect(gp3.attributes['parameters']).toEqual({ type: 'gp3', encrypted: 'true', kmsKeyId: KEY });
  expect(stack.isAfter(gp3, policy)).toBe(true);
  expect(policy.attributes['role']).toBe('production-eu-west-1-aws-ebs-csi-driver');
  expect(JSON.parse(policy.attributes['policy'] as string).Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: KEY,
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      Resource: KEY,
    },
  ]);
});

test('efs: a directory per claim, not the default class', () => {
  const efs = synth({ efs: EFS }).getResource('kubernetes_storage_class_v1', 'efs');
  expect(efs.attributes).toMatchObject({
    storage_provisioner: 'efs.csi.aws.com',
    parameters: { provisioningMode: 'efs-ap', directoryPerms: '700', ...FILES },
    volume_binding_mode: 'Immediate',
  });
  expect(efs.attributes['metadata'].annotations).toBeUndefined();
});

test.each<[StorageProps, string]>([
  [
    { kmsKeyArn: 'alias/volumes' },
    "storage: kmsKeyArn must be the ARN of a KMS key, not of an alias, got 'alias/volumes'",
  ],
  [
    { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/volumes' },
    "storage: kmsKeyArn must be the ARN of a KMS key, not of an alias, got 'arn:aws:kms:eu-west-1:123456789012:alias/volumes'",
  ],
  [
    { efs: { ...EFS, fileSystemId: 'shared' } },
    "storage: efs.fileSystemId must be the id of an EFS file system, such as fs-0a1b2c3d4e5f60718, got 'shared'",
  ],
])('%j', (props, message) => {
  expect(refusal((stack) => install(stack, [storage(props)]))).toBe(message);
});

const DRIVER = "'installed' or { version: 'v2.1.0-eksbuild.1' } of the EKS add-on aws-efs-csi-driver";

test.each<{ driver: unknown; problem: string }>([
  { driver: undefined, problem: `efs.driver is required: ${DRIVER}` },
  { driver: 'latest', problem: `efs.driver must be ${DRIVER}, got 'latest'` },
  { driver: {}, problem: 'efs.driver.version is required, such as v2.1.0-eksbuild.1' },
  {
    driver: { version: 'latest' },
    problem: "efs.driver.version must be a version of the EKS add-on, such as v2.1.0-eksbuild.1, got 'latest'",
  },
])('efs requires a driver: $driver', ({ driver, problem }) => {
  const efs = { ...FILES, driver } as unknown as typeof EFS;
  expect(() => storage({ efs })).toThrow(`storage: ${problem}`);
});

test('a key of another region is rejected', () => {
  const kmsKeyArn = KEY.replace('eu-west-1', 'us-east-1');
  expect(refusal((stack) => install(stack, [storage({ kmsKeyArn })]))).toBe(
    `test/storage: kmsKeyArn '${kmsKeyArn}' is of a key in us-east-1: use a key, or a replica of a multi-Region key, in eu-west-1`,
  );
});

test('tokens are accepted', () => {
  const [kmsKeyArn, fileSystemId] = ['aws_kms_key.a.arn', 'aws_efs_file_system.a.id'].map((reference) =>
    Token.asString({ resolve: () => `\${${reference}}` }),
  ) as [string, string];
  const classes = synth({ kmsKeyArn, efs: { ...EFS, fileSystemId } }).ofType('kubernetes_storage_class_v1');
  const parameters = Object.assign({}, ...classes.map(({ attributes }) => attributes['parameters'])) as unknown;
  expect(parameters).toMatchObject({
    kmsKeyId: '${aws_kms_key.a.arn}',
    fileSystemId: '${aws_efs_file_system.a.id}',
  });
});

test('an installed driver is not managed', () => {
  const addOn = storage({ efs: { ...FILES, driver: 'installed' } });
  expect(synthStack((stack) => install(stack, [addOn], { half: 'infrastructure' })).resources).toEqual([]);
  expect(synthStack((stack) => install(stack, [addOn])).ofType('kubernetes_storage_class_v1')).toHaveLength(2);
});

test("onRelease of JSON is not taken for 'delete'", () => {
  const onRelease = 'Retain' as 'retain';
  expect(() => storage({ onRelease })).toThrow("storage: onRelease must be one of retain, delete, got 'Retain'");
});

test('a key requires the EBS CSI driver', () => {
  const eksAddOnRoleNames = {};
  expect(refusal((stack) => install(stack, [storage({ kmsKeyArn: KEY })], { eksAddOnRoleNames }))).toBe(
    "test/storage: kmsKeyArn is set, but the cluster has no EKS add-on 'aws-ebs-csi-driver' whose role could use the key: install it, and for an existing cluster set eksAddOnRoleNames",
  );
});
