import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import { acknowledge } from '../../../lib/core/acknowledge';
import {
  check,
  checkAtSynth,
  checkData,
  prefixProblems,
  ValidationError,
  type CodedProblem,
} from '../../../lib/core/check';
import { refusal, synthStack } from '../../support/stack';

test('a single problem follows the path', () => {
  expect(refusal((stack) => check(new Construct(stack, 'vpc'), 'cidr is missing'))).toBe('test/vpc: cidr is missing');
});

test('several problems are listed, without falsy values', () => {
  const message = refusal((stack) =>
    check(new Construct(stack, 'vpc'), 'cidr is missing', false, null, 'zones are missing'),
  );
  expect(message).toBe('test/vpc: 2 problems\n  - cidr is missing\n  - zones are missing');
});

test('a validation error has no stack trace', () => {
  let stack: string | undefined;
  try {
    synthStack((scope) => check(scope, 'wrong'));
  } catch (error) {
    stack = (error as Error).stack;
  }
  expect(stack).toBe('ValidationError: test: wrong');
});

describe('a coded problem', () => {
  const coded: CodedProblem = { code: 'public-api-open', problem: 'publicCidrs holds 0.0.0.0/0: list your office' };

  test('says how to acknowledge it', () => {
    expect(refusal((stack) => check(stack, coded))).toBe(
      "test: publicCidrs holds 0.0.0.0/0: list your office (if intended: acknowledge(scope, 'public-api-open', 'the reason'))",
    );
  });

  test('is suppressed by an acknowledgement on an ancestor', () => {
    const silenced = synthStack((stack) => {
      acknowledge(stack, 'public-api-open', 'a public demonstration');
      check(new Construct(stack, 'cluster'), coded);
    });
    expect(silenced.resources).toEqual([]);
  });

  test('is recorded in the synthesized stack: on a resource, or on the stack for other constructs', () => {
    const { json } = synthStack((stack) => {
      acknowledge(stack, 'public-api-open', 'a public demonstration');
      const vpc = new Vpc(new Construct(stack, 'network'), 'vpc', { cidrBlock: '10.0.0.0/16' });
      acknowledge(vpc.node.scope!, 'no-way-to-aws', 'nothing runs here');
      acknowledge(vpc, 'CKV2_AWS_11', 'nothing flows here');
    });
    expect(json).toMatchObject({
      '//': {
        acknowledged: [
          { path: 'test', code: 'public-api-open', reason: 'a public demonstration' },
          { path: 'test/network', code: 'no-way-to-aws', reason: 'nothing runs here' },
        ],
      },
      resource: {
        aws_vpc: expect.objectContaining({
          network_vpc_4E8F0223: expect.objectContaining({
            '//': expect.objectContaining({
              acknowledged: [{ code: 'CKV2_AWS_11', reason: 'nothing flows here' }],
            }),
          }),
        }),
      },
    });
  });

  test('an acknowledgement requires a reason', () => {
    const build = () => synthStack((stack) => acknowledge(stack, 'public-api-open', ' '));
    expect(build).toThrow(new ValidationError('test', ["acknowledge('public-api-open') requires a reason"]));
  });
});

test('problems found at synthesis are reported for all constructs at once', () => {
  const message = refusal((stack) => {
    checkAtSynth(new Construct(stack, 'a'), () => ['first']);
    checkAtSynth(new Construct(stack, 'b'), () => ['second', 'third']);
  });
  expect(message).toBe('app: 3 problems\n  - test/a: first\n  - test/b: second\n  - test/b: third');
});

test('problems of data without a construct name the data, and cannot be acknowledged', () => {
  const coded = { code: 'mutable-image', problem: 'image is latest' } as const;
  expect(() => checkData('environment', false, undefined)).not.toThrow();
  expect(() => checkData('environment', 'name is missing', coded, null)).toThrow(
    new ValidationError('environment', ['name is missing', 'image is latest']),
  );
});

test('problems of a part have its prefix', () => {
  const coded = { code: 'mutable-image', problem: 'image is latest' } as const;
  expect(prefixProblems('job: ', ['name is missing', coded, false])).toEqual([
    'job: name is missing',
    { code: 'mutable-image', problem: 'job: image is latest' },
    false,
  ]);
});
