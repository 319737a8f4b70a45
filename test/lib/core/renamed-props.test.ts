import { renamedProps, renamedValue } from '../../../lib/core/renamed-props';

const NAMES = { start: 'podManagement', podHopLimit: 'metadataHopLimit' };

test.each<{ data: object | null | undefined; problems: readonly string[] }>([
  { data: undefined, problems: [] },
  { data: null, problems: [] },
  { data: { spread: 'single', metadataHopLimit: 2 }, problems: [] },
  { data: { start: undefined }, problems: [] },
  { data: { podHopLimit: 1 }, problems: ['podHopLimit was renamed: use metadataHopLimit'] },
  {
    data: { podHopLimit: null, start: 'parallel' },
    problems: ['start was renamed: use podManagement', 'podHopLimit was renamed: use metadataHopLimit'],
  },
])('$data', ({ data, problems }) => {
  expect(renamedProps(data, NAMES)).toEqual(problems);
});

test.each<{ value: unknown; problem: string | false }>([
  { value: 'empty', problem: "volume kind 'empty' was renamed: use 'empty-dir'" },
  { value: 'empty-dir', problem: false },
  { value: 'constructor', problem: false },
  { value: undefined, problem: false },
])('the value $value', ({ value, problem }) => {
  expect(renamedValue('volume kind', value, { empty: 'empty-dir' })).toBe(problem);
});
