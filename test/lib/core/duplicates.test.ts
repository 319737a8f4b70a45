import { duplicates, repetitions } from '../../../lib/core/duplicates';

test.each([
  { values: [], found: [] },
  { values: ['a', 'b'], found: [] },
  { values: ['a', 'b', 'a', 'b', 'a'], found: ['a', 'b'] },
  { values: ['b', 'a', 'a', 'b'], found: ['a', 'b'] },
])('$values has $found more than once', ({ values, found }) => {
  expect(duplicates(values)).toEqual(found);
});

test('repetitions include the first item with the key', () => {
  const [one, two, three] = [
    { name: 'a', priority: 1 },
    { name: 'b', priority: 1 },
    { name: 'c', priority: 1 },
  ];
  expect(repetitions([one, two, three], ({ priority }) => priority)).toEqual([
    { first: one, second: two },
    { first: one, second: three },
  ]);
});
