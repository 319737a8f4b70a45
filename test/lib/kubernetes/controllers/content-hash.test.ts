import { App, Token } from 'cdktf';
import { resolveToken } from '../../../../lib/core/resolve-token';
import { contentHash } from '../../../../lib/kubernetes/controllers/content-hash';

const computed = (text: string) => Token.asString({ resolve: () => text, creationStack: [] });

test('is the same whatever the order of keys, and another for another order of items', () => {
  expect(contentHash({ a: 1, b: { c: [1, 2], d: undefined } })).toBe(contentHash({ b: { c: [1, 2] }, a: 1 }));
  expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
});

test('is short', () => {
  expect(contentHash('text')).toMatch(/^[0-9a-f]{8}$/);
});

test('is that of earlier releases, since the names of jobs end in it', () => {
  expect(contentHash({ b: [1, { z: null, a: 'x' }], a: { 2: true, 10: 'y' } })).toBe('12776b37');
});

test('numbers what is known only after apply by sorted keys', () => {
  const [x, y] = [computed('x'), computed('y')];
  const resolved = (value: unknown) => resolveToken(new App(), contentHash(value));
  expect(resolved({ b: y, a: [x] })).toBe(resolved({ a: [x], b: y }));
  expect(resolved({ b: y, a: [x] })).toMatch(/^\$\{substr\(sha256\(join\(",", \["[0-9a-f]{64}", x, y\]\)\), 0, 8\)\}$/);
});

test.each([
  ['a text', () => computed('x')],
  ['part of a text', () => `before-${computed('x')}`],
  ['a number', () => Token.asNumber({ resolve: () => 1, creationStack: [] })],
  ['a list', () => Token.asList({ resolve: () => ['x'], creationStack: [] })],
])('leaves %s that is known only after apply to Terraform', (_what, token) => {
  expect(Token.isUnresolved(contentHash({ a: token() }))).toBe(true);
});
