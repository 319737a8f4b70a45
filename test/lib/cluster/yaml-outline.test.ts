import { parseYaml } from '../../../lib/cluster/yaml-outline';

test('keys by their paths, and the items of lists', () => {
  const text =
    'spec: # all\n  kubelet:\n    flags:\n    - "--a=b"\n    config: {x: [1,\n      2]}\n  note: |\n    a: b: c\n  \'\': 1\n';
  expect(parseYaml(text)).toEqual({
    keys: [
      'spec',
      'spec.kubelet',
      'spec.kubelet.flags',
      'spec.kubelet.config',
      'spec.kubelet.config.x',
      'spec.note',
      'spec.',
    ],
    items: [
      { path: 'spec.kubelet.flags', value: '--a=b' },
      { path: 'spec.kubelet.config.x', value: '1' },
      { path: 'spec.kubelet.config.x', value: '2' },
    ],
  });
});

test.each([
  { text: 'a: [--b=c, "d, e", \'f]\', g: h] # [i', keys: ['a'], items: ['--b=c', 'd, e', 'f]', 'g', 'h'] },
  { text: 'a: { b: { c: 1, "d.e": x }, f: http://g }', keys: ['a', 'a.b', 'a.b.c', 'a.b.d.e', 'a.f'], items: [] },
  { text: 'a:\n  { b: [c], # d\n    e: }', keys: ['a', 'a.b', 'a.e'], items: ['c'] },
  { text: '- {a: 1, b: 2}\n- [c]\n- d', keys: ['a', 'b'], items: ['c', 'd'] },
  { text: 'a: {}\nb: []', keys: ['a', 'b'], items: [] },
])('flow collections: $text', ({ text, keys, items }) => {
  const outline = parseYaml(text);
  expect(outline).toMatchObject({ keys, items: items.map((value) => expect.objectContaining({ value })) });
});

test.each([
  { text: 'a:\n\tb: 1', problem: 'line 2 is indented with a tab: use spaces' },
  {
    text: 'a: 1\n  b: 2',
    problem:
      'line 2 is indented below an entry that has a value: give it the indentation of that entry, or remove the value',
  },
  {
    text: 'a:\n    b: 1\n  c: 2',
    problem:
      'line 3 is indented below an entry that has a value: give it the indentation of that entry, or remove the value',
  },
  { text: 'a: 1\na: 2', problem: 'line 2 has the key a twice: remove one' },
  { text: 'a: b: c', problem: 'line 1 has two colons: put a value with a colon and a space in quotes' },
  { text: 'a: "b', problem: 'line 1 opens " and does not close it: add "' },
  { text: 'a: [1, 2', problem: 'line 1 opens [ and does not close it: add ]' },
  {
    text: 'hello',
    problem: "line 1 has neither a key with a colon nor a list's dash: write it as key: value, or as - value",
  },
])('$text does not parse', ({ text, problem }) => {
  expect(parseYaml(text)).toBe(problem);
});
