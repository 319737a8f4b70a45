import { useOneOf } from '../../../lib/kubernetes/use-one-of';

test.each([
  { names: [], remedy: 'add it to ports' },
  { names: ['http'], remedy: 'use http, or add it to ports' },
  { names: ['http', 'metrics'], remedy: 'use one of http, metrics, or add it to ports' },
])('of $names: $remedy', ({ names, remedy }) => {
  expect(useOneOf(names, 'add it to ports')).toBe(remedy);
});
