import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { acknowledge, acknowledgeAll, type Acknowledgements } from '../../../lib/core/acknowledge';
import type { RuleCode } from '../../../lib/core/rules';
import { refusal, synthStack } from '../../support/stack';

test.each(['public-api-open', 'CKV_AWS_18', 'CKV2_AWS_62', 'CKV_K8S_8', 'kube-score/pod-probes'] as const)(
  '%s can be acknowledged',
  (code) => {
    const { json } = synthStack((stack) => acknowledge(stack, code, 'a test'));
    expect(json).toMatchObject({ '//': { acknowledged: [{ path: 'test', code, reason: 'a test' }] } });
  },
);

/** The compiler rejects these; JavaScript can pass them. */
test.each([
  {
    code: 'publik-api-open',
    message:
      "test: acknowledge('publik-api-open') is not a rule in docs/reference/rules.md: did you mean 'public-api-open'?",
  },
  { code: 'toString', message: "test: acknowledge('toString') is not a rule in docs/reference/rules.md" },
  { code: 'CKV_AWS', message: "test: acknowledge('CKV_AWS') is not a rule in docs/reference/rules.md" },
])('$code is rejected', ({ code, message }) => {
  expect(refusal((stack) => acknowledge(stack, code as RuleCode, 'a test'))).toBe(message);
});

test('the compiler checks the codes', () => {
  // @ts-expect-error no such rule
  const wrong = () => synthStack((stack) => acknowledge(stack, 'publik-api-open', 'a test'));
  expect(wrong).toThrow('is not a rule in docs/reference/rules.md');
});

test('all problems of data are reported', () => {
  const data = { 'some-rule': 'x', 'host-path': '', 'host-pid': true, 'host-network': 'a test' };
  expect(refusal((stack) => acknowledgeAll(stack, data as unknown as Acknowledgements))).toBe(
    [
      'test: 3 problems',
      "  - acknowledge('some-rule') is not a rule in docs/reference/rules.md",
      "  - acknowledge('host-path') requires a reason",
      "  - acknowledge('host-pid') requires a reason",
    ].join('\n'),
  );
});

test('the order of acknowledgements is that of their codes, whatever that of the data', () => {
  const data: Acknowledgements = { 'host-pid': 'a', 'host-network': 'b', CKV_AWS_18: 'c' };
  const turned = Object.fromEntries(Object.entries(data).reverse());
  const acknowledged = (given: Acknowledgements) =>
    synthStack((stack) => {
      const bucket = new S3Bucket(stack, 'bucket', {});
      for (const scope of [stack, bucket]) acknowledgeAll(scope, given);
    });
  expect(JSON.stringify(acknowledged(turned).json)).toBe(JSON.stringify(acknowledged(data).json));
  expect(acknowledged(data).json['//']).toEqual({
    acknowledged: [
      { path: 'test', code: 'CKV_AWS_18', reason: 'c' },
      { path: 'test', code: 'host-network', reason: 'b' },
      { path: 'test', code: 'host-pid', reason: 'a' },
    ],
    metadata: expect.anything(),
    outputs: expect.anything(),
  });
});
