import { asObject, SynthesizedStack, unresolved, type Json } from '../../../prove/stacks/synthesized-stack';
import { stackOf } from './fixtures';

const NAMESPACE = { metadata: { name: 'ingress', labels: { port: 8080 } }, list: ['a', 'b'] };

/** `text` in a resource of a stack. */
function read(text: Json): Json {
  const one = { other: { text: '${kubernetes_namespace_v1.ns.metadata.name}' }, it: { text } };
  return stackOf({ kubernetes_namespace_v1: { ns: NAMESPACE }, one }).resources('one')[1]!.config['text']!;
}

test.each<{ text: Json; value: Json }>([
  { text: 'plain', value: 'plain' },
  { text: '${kubernetes_namespace_v1.ns.metadata.name}', value: 'ingress' },
  // A block may be written as a list of one.
  { text: '${kubernetes_namespace_v1.ns.metadata[0].name}', value: 'ingress' },
  { text: '${kubernetes_namespace_v1.ns.metadata.labels.port}', value: 8080 },
  { text: '${kubernetes_namespace_v1.ns.list[1]}', value: 'b' },
  {
    text: 'in ${kubernetes_namespace_v1.ns.metadata.name}:${kubernetes_namespace_v1.ns.metadata.labels.port}',
    value: 'in ingress:8080',
  },
  { text: '${one.other.text}', value: 'ingress' },
  { text: ['${kubernetes_namespace_v1.ns.list[0]}', { deep: '${one.other.text}' }], value: ['a', { deep: 'ingress' }] },
  // Known after apply.
  { text: '${kubernetes_namespace_v1.ns.id}', value: '${kubernetes_namespace_v1.ns.id}' },
  { text: '${aws_lb.unknown.arn}', value: '${aws_lb.unknown.arn}' },
  { text: 'arn of ${aws_lb.unknown.arn}', value: 'arn of ${aws_lb.unknown.arn}' },
  // Escaped.
  {
    text: '$${kubernetes_namespace_v1.ns.metadata.name} %%{ if }',
    value: '${kubernetes_namespace_v1.ns.metadata.name} %{ if }',
  },
  { text: 5, value: 5 },
  { text: null, value: null },
])('$text is $value', ({ text, value }) => {
  expect(read(text)).toEqual(value);
});

test('settings of Terraform itself are left out', () => {
  const meta = { '//': {}, depends_on: ['a.b'], lifecycle: {}, provider: 'aws.other', timeouts: {} };
  const stack = stackOf({ aws_lb: { one: { ...meta, name: 'lb', spec: { lifecycle: { pre_stop: {} } } } } });
  expect(stack.resources('aws_lb')).toEqual([
    { type: 'aws_lb', name: 'one', config: { name: 'lb', spec: { lifecycle: { pre_stop: {} } } } },
  ]);
});

test('types and resources of a stack; one without resources has none', () => {
  const stack = stackOf({ aws_lb: { a: {}, b: {} }, aws_vpc: { c: {} } });
  expect(stack.types).toEqual(['aws_lb', 'aws_vpc']);
  expect(stack.resources('aws_lb').map(({ name }) => name)).toEqual(['a', 'b']);
  expect(stack.only('aws_vpc').name).toBe('c');
  expect(() => stack.only('aws_lb')).toThrow('the stack has 2 aws_lb, not one');
  expect(() => stack.only('aws_eip')).toThrow('the stack has 0 aws_eip, not one');
  const empty = new SynthesizedStack({});
  expect([empty.types, empty.resources('aws_lb')]).toEqual([[], []]);
});

test.each<{ value: Json; found?: string }>([
  { value: 'plain' },
  { value: '$${aws_lb.one.arn}' },
  { value: 'costs $5 {a}' },
  { value: { a: [1, null, 'x'] } },
  { value: '${aws_lb.one.arn}', found: '${aws_lb.one.arn}' },
  { value: 'of ${data.aws_region.here.name}', found: 'of ${data.aws_region.here.name}' },
  { value: { a: [{ b: '${kubernetes_namespace_v1.ns.id}' }] }, found: '${kubernetes_namespace_v1.ns.id}' },
  { value: ['${jsonencode(var.a)}'], found: '${jsonencode(var.a)}' },
])('known after apply in $value: $found', ({ value, found }) => {
  expect(unresolved(value)).toBe(found);
});

test('a block is an object, or a list of one', () => {
  expect(asObject({ a: 1 })).toEqual({ a: 1 });
  expect(asObject([{ a: 1 }])).toEqual({ a: 1 });
  for (const value of [[{}, {}], [], 'text', null]) expect(() => asObject(value)).toThrow('expected an object');
});
