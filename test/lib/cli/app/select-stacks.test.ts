import { selectStacks, knownStacks } from '../../../../lib/cli/app/select-stacks';

const STACKS = ['shared', 'shop', 'shop-data', 'production-infrastructure', 'production-platform'];

test.each<{ names: string[]; selected: string[]; unknown?: string[] }>([
  { names: [], selected: STACKS },
  { names: ['production-platform'], selected: ['production-platform'] },
  { names: ['production'], selected: ['production-infrastructure', 'production-platform'] },
  // A stack's name takes precedence over an environment's.
  { names: ['shop'], selected: ['shop'] },
  { names: ['*-data', 'shared'], selected: ['shared', 'shop-data'] },
  { names: ['prod*'], selected: ['production-infrastructure', 'production-platform'] },
  { names: ['prod'], selected: [], unknown: ['prod'] },
  { names: ['s.op'], selected: [], unknown: ['s.op'] },
])('$names selects $selected', ({ names, selected, unknown = [] }) => {
  expect(selectStacks(names, STACKS)).toEqual({ selected, unknown });
});

test('an unknown name is reported with the existing stacks', () => {
  expect(() => knownStacks(['prod', 'shop', 'x'], ['shop', 'data'])).toThrow(
    'no stack is named prod, x: use one of data, shop',
  );
});
