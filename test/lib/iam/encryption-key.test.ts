import { EncryptionKey } from '../../../lib/iam/encryption-key';
import { synthStack } from '../../support/stack';

test('the key rotates and CloudWatch Logs of this account may use it', () => {
  const stack = synthStack((scope) => new EncryptionKey(scope, 'data', { name: 'production', description: 'd' }));
  const { attributes } = stack.getResource('aws_kms_key', 'data/key');
  expect(attributes).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
  expect(JSON.parse(attributes['policy']).Statement[1]).toMatchObject({
    Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:123456789012:*' } },
  });
  expect(stack.isAfter(stack.getResource('aws_kms_alias'), stack.getResource('aws_kms_key'))).toBe(true);
});
