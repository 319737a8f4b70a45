import { count } from '../../../lib/core/format';

test.each([
  { text: count(1, 'stack'), is: '1 stack' },
  { text: count(0, 'stack'), is: '0 stacks' },
  { text: count(2, 'registry', 'registries'), is: '2 registries' },
  { text: count(1_234_567, 'resource'), is: '1,234,567 resources' },
])('$is', ({ text, is }) => {
  expect(text).toBe(is);
});
