import { Lazy } from 'cdktf';
import fc from 'fast-check';
import { NAME_LIMITS, nameTooLong, physicalName, replacementName, type NameKind } from '../../../lib/core/naming';

const kinds = Object.keys(NAME_LIMITS) as NameKind[];
const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,120}$/);

test('a short name consists of its parts', () => {
  expect(physicalName('iam-role', 'production', '', 'cluster')).toBe('production-cluster');
});

test('names stay within the AWS limit and unique', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), part, part, part, (kind, one, two, other) => {
      const name = physicalName(kind, one, two);
      expect(name.length).toBeLessThanOrEqual(NAME_LIMITS[kind]);
      expect(physicalName(kind, one, other) === name).toBe(other === two);
    }),
  );
});

test('a replacement name stays within the limit and changes with the values that force replacement', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), part, fc.integer(), (kind, base, port) => {
      const name = replacementName(kind, base, [port]);
      expect(name.length).toBeLessThanOrEqual(NAME_LIMITS[kind]);
      expect(replacementName(kind, base, [port])).toBe(name);
      expect(replacementName(kind, base, [port + 1])).not.toBe(name);
    }),
  );
});

test('a replacement name does not depend on the text of tokens, which changes with the rest of the app', () => {
  const named = () => replacementName('target-group', 'web', [80, Lazy.stringValue({ produce: () => 'vpc-1' })]);
  expect(named()).toBe(named());
});

test('a name that the user chose is rejected, not truncated', () => {
  expect(nameTooLong('load-balancer', 'name', 'a'.repeat(33))).toBe(
    `name '${'a'.repeat(33)}' has 33 characters, AWS allows at most 32: shorten it`,
  );
  expect(nameTooLong('load-balancer', 'name', 'a'.repeat(32))).toBe(false);
});
