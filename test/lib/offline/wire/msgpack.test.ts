import fc from 'fast-check';
import { decodeValue, encodeValue } from '../../../../lib/offline/wire/msgpack';
import { Dynamic, UNKNOWN, type Value } from '../../../../lib/offline/wire/values';

const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(null, UNKNOWN, true, false),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
);
const level = (inner: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof(
    leaf,
    fc.array(inner, { maxLength: 20 }),
    fc
      .array(fc.tuple(fc.stringMatching(/^[a-z]{1,40}$/), inner), { maxLength: 20 })
      .map((fields) => Object.fromEntries(fields)),
    inner.map((value) => new Dynamic('string', value)),
  );
const value = level(level(leaf));

test('decodes what it encodes', () => {
  fc.assert(fc.property(value, (given) => expect(decodeValue(encodeValue(given))).toEqual(given)));
});

test.each([
  { what: 'long text', given: 'x'.repeat(70_000) },
  { what: 'a long list', given: Array.from({ length: 70_000 }, (_, index) => index) },
  { what: 'a list of 16', given: Array.from({ length: 16 }, () => null) },
  {
    what: 'a wide object',
    given: Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key${index}`, index])),
  },
])('$what', ({ given }) => {
  expect(decodeValue(encodeValue(given))).toEqual(given);
});

// From the MessagePack specification; Terraform's own encoder writes all of these.
test.each<{ hex: string; expected: Value }>([
  { hex: 'cc80', expected: 128 },
  { hex: 'cd0100', expected: 256 },
  { hex: 'ce00010000', expected: 65_536 },
  { hex: 'cf0000000100000000', expected: 4_294_967_296 },
  { hex: 'cfffffffffffffffff', expected: 18_446_744_073_709_551_615n },
  { hex: 'd080', expected: -128 },
  { hex: 'd1ff00', expected: -256 },
  { hex: 'd3ffffffff00000000', expected: -4_294_967_296 },
  { hex: 'e0', expected: -32 },
  { hex: 'ca3fc00000', expected: 1.5 },
  { hex: 'd40000', expected: UNKNOWN },
  { hex: 'c7030c8101c2', expected: UNKNOWN },
  { hex: 'd9026869', expected: 'hi' },
])('reads $hex', ({ hex, expected }) => {
  expect(decodeValue(Buffer.from(hex, 'hex'))).toEqual(expected);
});
