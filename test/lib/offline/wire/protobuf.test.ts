import fc from 'fast-check';
import { message, Message } from '../../../../lib/offline/wire/protobuf';

test('fields are read as they were written', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.string({ unit: 'binary' }), fc.uint8Array(), (integer, text, bytes) => {
      const read = new Message(message([1, integer], [16, text], [3, Buffer.from(bytes)], [500, message([2, text])]));
      expect(read.integer(1)).toBe(integer);
      expect(read.text(16)).toBe(text);
      expect(read.bytes(3)).toEqual(Buffer.from(bytes));
      expect(read.message(500).text(2)).toBe(text);
    }),
  );
});

test('an absent field reads as the default', () => {
  const read = new Message(message([1, 0], [2, ''], [3, undefined], [4, false]));
  expect([read.integer(1), read.text(2), read.integer(4), read.bytes(9).length]).toEqual([0, '', 0, 0]);
});

test('a field that occurs twice reads as the last', () => {
  expect(new Message(message([1, 'first'], [1, 'last'])).text(1)).toBe('last');
});
