import { parseYaml } from '../../../lib/cluster/yaml-outline';

test('keys by their paths, and the items of lists', () => {
  const text =
    'spec: # all\n  kubelet:\n    flags:\n    - "--a=b"\n    config: {x: [1,\n      2]}\n  note: |\n    a: b: c\n  \'\': 1\n';
  expect(parseYaml(text)).toEqual({
    keys: ['spec', 'spec.kubelet', 'spec.kubelet.flags', 'spec.kubelet.config', 'spec.note', 'spec.'],
    items: [{ path: 'spec.kubelet.flags', value: '--a=b' }],
  });
});

test.each([
  { text: 'a:\n\tb: 1', problem: 'line 2 is indented with a tab: use spaces' },
  { text: 'a: 1\n  b: 2', problem: 'line 2 is indented below an entry that has a value' },
  { text: 'a:\n    b: 1\n  c: 2', problem: 'line 3 is indented below an entry that has a value' },
  { text: 'a: 1\na: 2', problem: 'line 2 has the key a twice' },
  { text: 'a: b: c', problem: 'line 1 has two colons: put a value with a colon and a space in quotes' },
  { text: 'a: "b', problem: 'line 1 opens " and does not close it' },
  { text: 'a: [1, 2', problem: 'line 1 opens [ and does not close it' },
  { text: 'hello', problem: "line 1 has neither a key with a colon nor a list's dash" },
])('$text does not parse', ({ text, problem }) => {
  expect(parseYaml(text)).toBe(problem);
});
