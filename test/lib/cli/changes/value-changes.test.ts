import { countKnown, unknownNames, valueChanges, type ValueChange } from '../../../../lib/cli/changes/value-changes';
import { valueLine } from '../../../../lib/cli/render/value';

interface Row {
  readonly of: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
  readonly changes: readonly ValueChange[];
  readonly lines: readonly string[];
}

const document = (...actions: string[]) => JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions }] });

test.each<Row>([
  { of: 'nothing', before: { a: 1, b: null }, after: { a: 1, b: [] }, changes: [], lines: [] },
  {
    of: 'a value',
    before: { a: 1 },
    after: { a: 2 },
    changes: [{ name: 'a', before: 1, after: 2 }],
    lines: ['a: 1 -> 2'],
  },
  {
    of: 'an added and a removed value',
    before: { a: 'x', b: null },
    after: { a: null, b: 'y' },
    changes: [
      { name: 'a', before: 'x' },
      { name: 'b', after: 'y' },
    ],
    lines: ['a: "x" -> (none)', 'b: "y"'],
  },
  {
    of: 'a value known after apply',
    before: { a: 'x' },
    after: {},
    unknown: { a: true },
    changes: [{ name: 'a', before: 'x', isUnknown: true }],
    lines: ['a: "x" -> (known after apply)'],
  },
  {
    of: 'a value in a block',
    before: { block: [{ size: 1, type: 'a' }] },
    after: { block: [{ size: 2, type: 'a' }] },
    changes: [{ name: 'block[0].size', before: 1, after: 2 }],
    lines: ['block[0].size: 1 -> 2'],
  },
  {
    of: 'a list, by removed and added items',
    before: { cidrs: ['a', 'b'] },
    after: { cidrs: ['b', 'c'] },
    changes: [{ name: 'cidrs', before: ['a', 'b'], after: ['b', 'c'] }],
    lines: ['cidrs: - "a", + "c"'],
  },
  {
    of: 'a list in another order',
    before: { cidrs: ['a', 'b'] },
    after: { cidrs: ['b', 'a'] },
    changes: [{ name: 'cidrs', before: ['a', 'b'], after: ['b', 'a'] }],
    lines: ['cidrs: ["a","b"] -> ["b","a"]'],
  },
  {
    of: 'tags',
    before: { tags: { team: 'a' } },
    after: { tags: { team: 'b', cost: 'c' } },
    changes: [
      { name: 'tags.team', before: 'a', after: 'b' },
      { name: 'tags.cost', after: 'c' },
    ],
    lines: ['tags.team: "a" -> "b"', 'tags.cost: "c"'],
  },
  {
    of: 'a JSON document, by content',
    before: { policy: document('s3:Get*') },
    after: { policy: document('s3:Get*', 's3:Put*') },
    changes: [{ name: 'policy.Statement[0].Action', before: ['s3:Get*'], after: ['s3:Get*', 's3:Put*'] }],
    lines: ['policy.Statement[0].Action: + "s3:Put*"'],
  },
  {
    of: 'a sensitive value, which is hidden',
    before: { password: 'a' },
    after: { password: 'b' },
    sensitive: { password: true },
    changes: [{ name: 'password', isSensitive: true }],
    lines: ['password: (sensitive value) changes'],
  },
])('$of', ({ before, after, unknown, sensitive, changes, lines }) => {
  const found = valueChanges({ before, after, unknown, sensitiveBefore: sensitive, sensitiveAfter: sensitive });
  expect(found).toEqual(changes);
  expect(found.map(valueLine)).toEqual(lines);
});

test('long values are cut to the part that differs', () => {
  const text = (end: string) => `${'x'.repeat(200)}${end}${'y'.repeat(200)}`;
  const line = valueLine({ name: 'user_data', before: text('old'), after: text('new') });
  expect(line).toMatch(/^user_data: …x{12}oldy+… -> …x{12}newy+…$/);
});

test('counts known values and lists unknown ones', () => {
  const after = { name: 'a', tags: { one: '1' }, list: [1, 2], none: null, block: [{ size: 1 }] };
  const unknown = { id: true, block: [{ id: true }, { id: true }] };
  expect(countKnown(after, unknown)).toBe(5);
  expect(unknownNames(unknown)).toEqual(['block.id', 'id']);
});
