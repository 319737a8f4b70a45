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

/** What the compiler refuses, and JavaScript can give. */
test.each([
  {
    code: 'publik-api-open',
    message:
      "test: acknowledge('publik-api-open') names no rule of docs/reference/rules.md: did you mean 'public-api-open'?",
  },
  { code: 'toString', message: "test: acknowledge('toString') names no rule of docs/reference/rules.md" },
  { code: 'CKV_AWS', message: "test: acknowledge('CKV_AWS') names no rule of docs/reference/rules.md" },
])('$code is refused', ({ code, message }) => {
  expect(refusal((stack) => acknowledge(stack, code as RuleCode, 'a test'))).toBe(message);
});

test('the compiler knows the codes', () => {
  // @ts-expect-error no such rule
  const wrong = () => synthStack((stack) => acknowledge(stack, 'publik-api-open', 'a test'));
  expect(wrong).toThrow('names no rule');
});

test('data is refused with all of its problems', () => {
  const data = { 'some-rule': 'x', 'host-path': '', 'host-pid': true, 'host-network': 'a test' };
  expect(refusal((stack) => acknowledgeAll(stack, data as unknown as Acknowledgements))).toBe(
    [
      'test: 3 problems',
      "  - acknowledge('some-rule') names no rule of docs/reference/rules.md",
      "  - acknowledge('host-path') needs a reason",
      "  - acknowledge('host-pid') needs a reason",
    ].join('\n'),
  );
});
