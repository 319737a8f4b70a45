import { chooseStacks, knownStacks } from '../../../../lib/cli/app/choose-stacks';

const STACKS = ['shared', 'shop', 'shop-data', 'production-infrastructure', 'production-platform'];

test.each<{ names: string[]; chosen: string[]; unknown?: string[] }>([
  { names: [], chosen: STACKS },
  { names: ['production-platform'], chosen: ['production-platform'] },
  { names: ['production'], chosen: ['production-infrastructure', 'production-platform'] },
  // A stack's own name comes before an environment's.
  { names: ['shop'], chosen: ['shop'] },
  { names: ['*-data', 'shared'], chosen: ['shared', 'shop-data'] },
  { names: ['prod*'], chosen: ['production-infrastructure', 'production-platform'] },
  { names: ['prod'], chosen: [], unknown: ['prod'] },
  { names: ['s.op'], chosen: [], unknown: ['s.op'] },
])('$names choose $chosen', ({ names, chosen, unknown = [] }) => {
  expect(chooseStacks(names, STACKS)).toEqual({ chosen, unknown });
});

test('a name that chooses nothing is told with those there are', () => {
  expect(() => knownStacks(['prod', 'shop', 'x'], ['shop', 'data'])).toThrow(
    'no stack is named prod, x: there are data, shop',
  );
});
