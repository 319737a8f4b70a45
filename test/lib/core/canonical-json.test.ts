import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { TerraformStack, Testing, Token } from 'cdktf';
import { canonicalJson, jsonAttribute } from '../../../lib/core/canonical-json';

test('keys are sorted at every depth, lists keep their order', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }, 'x', 'a'], a: null, 1: true })).toBe(
    '{"1":true,"a":null,"b":[{"c":2,"d":1},"x","a"]}',
  );
});

test('undefined values are omitted, as in JSON', () => {
  expect(canonicalJson({ b: undefined, a: 'x' })).toBe('{"a":"x"}');
});

test('with an indent', () => {
  expect(canonicalJson({ b: 1, a: 2 }, 2)).toBe('{\n  "a": 2,\n  "b": 1\n}');
});

const reference = (text: string) => ({ resolve: () => text, creationStack: [] });

test.each<{ of: string; value: unknown; written: string }>([
  { of: 'plain data', value: { b: [0, false, null], a: {} }, written: '{"a":{},"b":[0,false,null]}' },
  { of: 'a string', value: { a: Token.asString(reference('${var.a}')) }, written: '{"a":"${var.a}"}' },
  { of: 'a number', value: { a: Token.asNumber(reference('${var.a}')) }, written: '{"a":${var.a}}' },
  { of: 'a list', value: [Token.asList(reference('var.a'))], written: '${jsonencode([var.a])}' },
  {
    of: 'an object',
    value: { b: 1, a: Token.asAny(reference('var.a')) },
    written: '${jsonencode({"b" = 1, "a" = var.a})}',
  },
  { of: 'a map', value: { a: Token.asStringMap(reference('var.a')) }, written: '${jsonencode({"a" = var.a})}' },
])('an attribute with a token: $of', ({ value, written }) => {
  const stack = new TerraformStack(Testing.app(), 'test');
  new SqsQueue(stack, 'queue', { policy: jsonAttribute(value) });
  const synthesized = JSON.parse(Testing.synth(stack)) as {
    resource: { aws_sqs_queue: { queue: { policy: string } } };
  };
  expect(synthesized.resource.aws_sqs_queue.queue.policy).toBe(written);
});
