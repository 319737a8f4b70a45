import { canonicalJson } from '../../../lib/core/canonical-json';

test('keys are sorted at every depth, lists keep their order', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }, 'x', 'a'], a: null, 1: true })).toBe(
    '{"1":true,"a":null,"b":[{"c":2,"d":1},"x","a"]}',
  );
});

test('undefined values are omitted, as in JSON', () => {
  expect(canonicalJson({ b: undefined, a: 'x' })).toBe('{"a":"x"}');
});

test('with an indent', () => {
  expect(canonicalJson({ b: 1, a: 2 }, 2)).toBe('{\n  "a": 2,\n  "b": 1\n}');
});
