import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectMessages, type Message } from './collect';
import { differences, textsOf, type Difference } from './differences';
import { removeDirectory, type Entry, type Group, type Tried } from './try';

const NOT_YET = join(__dirname, 'not-yet.json');
const HINT =
  'add an entry to its folder in test/messages, or run UPDATE_MESSAGES=1 npx jest test/messages to postpone it';

interface Row extends Entry {
  readonly message: string;
  readonly tried: Tried<never>;
}

const ROWS: readonly Row[] = readdirSync(join(__dirname, 'entries')).flatMap((file) => {
  const { GROUPS } = require(join(__dirname, 'entries', file)) as { readonly GROUPS: readonly Group[] };
  return GROUPS.flatMap(({ tried, entries }) =>
    Object.entries(entries).map(([message, entry]) => ({ message, tried, ...entry })),
  );
});

afterAll(removeDirectory);

describe('every message of the sources has an entry', () => {
  const messages = collectMessages();
  const known = new Set(ROWS.map(({ message }) => message));
  const missing = byFolder(messages.filter(({ id }) => !known.has(id)));

  test('or is listed as not yet covered', () => {
    if (process.env['UPDATE_MESSAGES'] === '1') writeFileSync(NOT_YET, `${JSON.stringify(missing, null, 2)}\n`);
    const listed = JSON.parse(readFileSync(NOT_YET, 'utf8')) as typeof missing;
    expect({ hint: HINT, messages: missing }).toEqual({ hint: HINT, messages: listed });
  });

  test('and every entry a message', () => {
    const ids = new Set(messages.map(({ id }) => id));
    expect([...known].filter((id) => !ids.has(id))).toEqual([]);
  });
});

test.each(ROWS)('$message', async ({ message, within = '{}', tried, wrong, right, unnamed }) => {
  const expected = pattern(within.replace('{}', message));
  const given = await tried(wrong as never);
  const found = given.find((one) => expected.test(one));
  // The message, among all problems of the input.
  expect(found ?? given).toEqual(expect.stringMatching(expected));
  expect(found).toMatch(REMEDY);
  // Without need, the reason would hide a message that no longer names its value.
  const isNamed = differences(wrong, right).some((one) => isNamedIn(found!, one));
  expect({ message: found, isNamed }).toEqual({ message: found, isNamed: unnamed === undefined });
  expect(await tried(right as never)).toEqual([]);
});

/** Sorted, so that changes on two branches merge. */
function byFolder(messages: readonly Message[]): Readonly<Record<string, readonly string[]>> {
  const folders = [...new Set(messages.map(({ file }) => file.split('/')[1]!))].sort();
  return Object.fromEntries(
    folders.map((folder) => [
      folder,
      messages
        .filter(({ file }) => file.split('/')[1] === folder)
        .map(({ id }) => id)
        .sort(),
    ]),
  );
}

/** What to do instead. */
const REMEDY =
  /\b(?:must|use|set|add|give|keep|remove|rename|choose|pass|write|list|bring|start|append|mirror|grant|split|begin|name|correct|merge|move|shorten|change|lower|raise|drop|omit|upgrade|regenerate|create|extend|implement|call|declare|return|read|run|await|install|synthesize|fetch|did you mean|is required|exclude each other|takes no|needs a|there are|enable|leave|put|grant|take|make|increase|reduce|requires)\b/;

/** The parts of a prefix, such as `rule 'canary' `, and the hint to acknowledge are not of the message. */
function pattern(message: string): RegExp {
  const text = message
    .split('{}')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^]*?');
  return new RegExp(`^(?:[^]*(?:: |' ))?${text}(?: \\(if intended: [^]*\\))?$`);
}

/** Whether a message names a property and the value given for it. */
function isNamedIn(message: string, { keys, wrong, isRemoved }: Difference): boolean {
  const names = keys.filter((key) => !/^\d+$/.test(key));
  const isProperty = names.at(-1) === keys.at(-1);
  if (isRemoved && isProperty && [`'${names.at(-1)}'`, names.join('.')].some((name) => message.includes(name)))
    return true;
  const texts = textsOf(wrong);
  return (
    (names.length === 0 || names.some((name) => message.includes(name.replace(/s$/, '')))) &&
    (texts.length === 0 || texts.some((text) => message.includes(text)))
  );
}
