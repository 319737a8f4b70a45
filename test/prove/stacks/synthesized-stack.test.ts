import { SynthesizedStack, unresolved } from '../../../prove/stacks/synthesized-stack';

const stack = new SynthesizedStack({
  resource: {
    kubernetes_namespace_v1: { shop: { '//': {}, metadata: { name: 'shop' } } },
    kubernetes_config_map_v1: {
      files: {
        depends_on: ['x'],
        metadata: { namespace: '${kubernetes_namespace_v1.shop.metadata[0].name}', name: 'files' },
        data: {
          literal: '$${HOME} %%{if}',
          within: 'in ${kubernetes_namespace_v1.shop.metadata[0].name}!',
          unknown: '${aws_lb.main.arn}',
        },
      },
    },
  },
});

test('references within the stack are replaced, escapes undone, metadata of Terraform is left out', () => {
  expect(stack.only('kubernetes_config_map_v1').config).toEqual({
    metadata: { namespace: 'shop', name: 'files' },
    data: { literal: '${HOME} %{if}', within: 'in shop!', unknown: '${aws_lb.main.arn}' },
  });
});

test.each([
  { value: 'plain', expected: undefined },
  { value: { a: ['${aws_lb.main.arn}'] }, expected: '${aws_lb.main.arn}' },
])('what is known after apply in $value: $expected', ({ value, expected }) => {
  expect(unresolved(value)).toBe(expected);
});

test('one resource where there are none', () => {
  expect(() => stack.only('aws_lb')).toThrow('the stack has 0 aws_lb, not one');
});
