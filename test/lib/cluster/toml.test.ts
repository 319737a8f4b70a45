import { parseToml } from '../../../lib/cluster/toml';

test('tables with their keys', () => {
  const text =
    'a.b = 1 # c\n[x."y.z"]\nk = ["]", # no end\n "b"]\nt = { a = 1, b = \'c\' }\nl = """\n[no]\n"""\nd = 2026-01-02T03:04:05Z\n[[x.list]]\n[[x.list]]\n';
  const tables = parseToml(text);
  expect(Array.isArray(tables) && tables.map(({ path, isArray, keys }) => ({ path, isArray, keys }))).toEqual([
    { path: undefined, isArray: false, keys: [['a', 'b']] },
    { path: ['x', 'y.z'], isArray: false, keys: [['k'], ['t'], ['l'], ['d']] },
    { path: ['x', 'list'], isArray: true, keys: [] },
    { path: ['x', 'list'], isArray: true, keys: [] },
  ]);
});

test.each([
  { text: 'a = hello', problem: 'line 1 has no valid value: put text in quotes, and close them' },
  { text: '[a]\nb = 1\nb = 2', problem: 'line 3 has the key b twice: remove one' },
  { text: '[a]\n[a]', problem: 'line 2 has the table [a] twice: merge the two' },
  { text: '[a\nb = 1', problem: 'line 1 lacks ]: add it' },
  { text: 'a = "b', problem: 'line 1 has no valid value: put text in quotes, and close them' },
  { text: 'a = [1 2]', problem: 'line 1 lacks a comma or ]: add it' },
  { text: 'a: 1', problem: 'line 1 lacks =: add it' },
  { text: 'a = 1 b = 2', problem: 'line 1 has text after a value or a header: start a new line' },
])('$text does not parse', ({ text, problem }) => {
  expect(parseToml(text)).toBe(problem);
});
