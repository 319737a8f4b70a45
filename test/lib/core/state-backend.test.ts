import { shapeProblems } from '../../../lib/core/shape';
import { remoteState, STATE_BACKEND, type StateBackend } from '../../../lib/core/state-backend';
import { synthStack } from '../../support/stack';

test.each<{ backend: StateBackend; config: object }>([
  { backend: { kind: 'local', directory: '/${a}' }, config: { path: '/$${a}/terraform.network.tfstate' } },
  {
    backend: { kind: 's3', bucket: 'states', region: 'eu-west-1', keyPrefix: '%{a}/' },
    config: { bucket: 'states', region: 'eu-west-1', key: '%%{a}/network.tfstate' },
  },
])('the text of $backend is literal where its state is read', ({ backend, config }) => {
  const { json } = synthStack((stack) => void remoteState(stack, 'network', backend, 'network'));
  expect(json.data?.['terraform_remote_state']?.['network']).toMatchObject({ config });
});

const S3 = { kind: 's3', bucket: 'states', region: 'eu-west-1' } as const;

test.each<{ changes: object; problems: readonly string[] }>([
  ...[
    { bucket: 'my.states-1' },
    { keyPrefix: '' },
    { keyPrefix: 'platform/' },
    { kmsKeyId: 'alias/terraform' },
    { kmsKeyId: 'arn:aws-cn:kms:cn-north-1:123456789012:alias/terraform' },
    { kmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef' },
    { kmsKeyId: '0a1b2c3d-0000-4111-8222-333344445555' },
  ].map((changes) => ({ changes, problems: [] })),
  ...['a..b', '192.168.5.4', 'xn--states', 'states-s3alias'].map((bucket) => ({
    changes: { bucket },
    problems: [
      `bucket must be the name of a bucket: 3 to 63 lowercase letters, digits, dots and hyphens, got '${bucket}'`,
    ],
  })),
  {
    changes: { keyPrefix: '/platform/' },
    problems: ["keyPrefix must be a prefix without a leading slash, got '/platform/'"],
  },
  {
    changes: { kmsKeyId: 'the key' },
    problems: ["kmsKeyId must be a KMS key: its ARN, its id, or alias/<name>, got 'the key'"],
  },
])('$changes: $problems', ({ changes, problems }) => {
  expect(shapeProblems({ ...S3, ...changes }, STATE_BACKEND)).toEqual(problems);
});
