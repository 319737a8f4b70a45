import { ReplacementTrigger } from '../../../lib/core/replacement-trigger';
import { synthStack } from '../../support/stack';

test('is a value in the state, which a resource refers to', () => {
  let reference = '';
  const stack = synthStack((scope) => {
    ({ reference } = new ReplacementTrigger(scope, 'policy', 'Retain'));
  });
  const data = stack.getResource('terraform_data');
  expect(data.attributes['input']).toBe('Retain');
  expect(reference).toBe(data.address);
});
