import fc from 'fast-check';
import { canonicalQuantity, parseQuantity } from '../../../lib/kubernetes/quantity';

test.each([
  ['200m', 0.2],
  ['2', 2],
  ['1.5', 1.5],
  ['128Mi', 134217728],
  ['1G', 1e9],
  ['1Pi', 2 ** 50],
  ['2E', 2e18],
  ['1e3', 1000],
  ['2u', 2e-6],
  ['.5', 0.5],
  ['5.', 5],
  ['+5', 5],
])('%s is %d', (text, expected) => {
  expect(parseQuantity(text)).toBe(expected);
});

test.each(['', 'm', '-1', '1 Gi', '1gb', '0x1', 'Mi'])("'%s' is no quantity", (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

test('more is more, in every unit', () => {
  const unit = fc.constantFrom('m', '', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi');
  fc.assert(
    fc.property(fc.nat({ max: 1e6 }), unit, (count, of) => {
      expect(parseQuantity(`${count + 1}${of}`)!).toBeGreaterThan(parseQuantity(`${count}${of}`)!);
    }),
  );
});

test.each([
  ['1000m', '1'],
  ['0.5', '500m'],
  ['0.3', '300m'],
  ['1.5', '1500m'],
  ['200m', '200m'],
  ['1000', '1k'],
  ['1000M', '1G'],
  ['1024Mi', '1Gi'],
  ['0.5Gi', '512Mi'],
  ['1536Mi', '1536Mi'],
  ['0', '0'],
  ['0Mi', '0'],
  ['1024Ti', '1Pi'],
  ['1e3', '1e3'],
  ['100u', '100u'],
  ['0.0001', '0.0001'],
  ['plenty', 'plenty'],
])('the API server writes %s as %s', (text, canonical) => expect(canonicalQuantity(text)).toBe(canonical));
