import { isIP } from 'node:net';
import { Token } from 'cdktf';
import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import { caaProblems } from './caa';

export const RECORD_TYPES = [
  'A',
  'AAAA',
  'CAA',
  'CNAME',
  'DS',
  'HTTPS',
  'MX',
  'NAPTR',
  'NS',
  'PTR',
  'SRV',
  'SSHFP',
  'SVCB',
  'TLSA',
  'TXT',
] as const;

export type RecordType = (typeof RECORD_TYPES)[number];

/** Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecord.html */
const MAX_VALUE = 4000;
/**
 * Of one record, and of the characters of all of them. Source: "Quotas",
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
const MAX_VALUES = 400;
const MAX_CHARACTERS = 32_000;

/** Validates the values of a record. Tokens are not checked. */
export function recordValueProblems(type: RecordType, values: readonly string[]): readonly Problem[] {
  // A list that is known after apply.
  if (Token.isUnresolved(values)) return [];
  const known = values.filter((value) => !Token.isUnresolved(value));
  const characters = known.join('').length;
  return [
    values.length === 0 && 'values is empty: give at least one',
    type === 'CNAME' &&
      values.length > 1 &&
      `values has ${values.map((one) => `'${one}'`).join(', ')}, but a CNAME allows only one name: keep one of them`,
    values.length > MAX_VALUES &&
      `values has ${values.length} values, Route 53 allows at most ${MAX_VALUES} per record: remove ${values.length - MAX_VALUES}`,
    ...known.map((value) => formProblem(type, value)),
    ...(type === 'CAA' ? caaProblems('values', known) : []),
    ...duplicates(known).map((value) => `values has '${value}' twice, which Route 53 rejects: remove one`),
    ...known
      .filter((value) => value.length > MAX_VALUE)
      .map(
        (value) =>
          `values has a text of ${value.length} characters, Route 53 allows at most ${MAX_VALUE}: split it into several values, or shorten it`,
      ),
    characters > MAX_CHARACTERS &&
      `values have ${characters} characters, Route 53 allows at most ${MAX_CHARACTERS} per record: shorten them`,
  ];
}

function formProblem(type: RecordType, value: string): Problem {
  if (type === 'TXT') return textProblem(value);
  if (type === 'A' || type === 'AAAA') return addressProblem(type, value);
  const form = FORMS[type];
  return (
    form !== undefined &&
    !matches(value, form) &&
    `values has '${value}', which is not a value of type ${type}: use the form ${form.example}`
  );
}

/** Source: "TXT record type", https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
function textProblem(value: string): Problem {
  if (value.includes('"')) return `values has ${value}: remove the quotes, they are added for you`;
  const special = [...new Set(value.match(/[^ -~]/gu))];
  if (special.length === 0) return false;
  const codes = special.map((one) => `${escapeCode(one)} for ${JSON.stringify(one)}`).join(', ');
  return `values has '${value}', with ${special.length === 1 ? 'a character' : 'characters'} that Route 53 requires an escape code for: write ${codes}`;
}

function escapeCode(character: string): string {
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

function addressProblem(type: 'A' | 'AAAA', value: string): Problem {
  const version = type === 'A' ? 4 : 6;
  return (
    (isIP(value) !== version || value.includes('%')) &&
    `values has '${value}', which is not an IPv${version} address: type ${type} requires IPv${version} addresses`
  );
}

type Field = (text: string) => boolean;

interface Form {
  /** Of the fields between spaces; the last one has whatever follows. */
  readonly fields: readonly Field[];
  readonly example: string;
}

const upTo =
  (max: number): Field =>
  (text) =>
    /^\d{1,5}$/.test(text) && Number(text) <= max;
const byte = upTo(255);
const short = upTo(65_535);
const hex: Field = (text) => /^([0-9a-f]{2})+$/i.test(text.replace(/ /g, ''));
/** Delegations of reverse zones have slashes in labels. Source: RFC 2317, https://www.rfc-editor.org/rfc/rfc2317 */
const HOST = /^(?=.{1,254}$)(([\w-]{1,63}\.)*[\w-]{1,63}|([\w/-]{1,63}\.)+in-addr\.arpa)\.?$/i;
export const isHostName: Field = (text) => HOST.test(text) && isIP(text.replace(/\.$/, '')) === 0;
/** A dot by itself is no host: a service that is not available, or the name of the record itself. */
const hostOrNone: Field = (text) => text === '.' || isHostName(text);

const NAME: Form = { fields: [isHostName], example: 'pages.example.org' };
const SERVICE_BINDING: Form = {
  fields: [short, hostOrNone, (text) => text.trim() !== ''],
  example: '1 . alpn="h2,h3"',
};

/** Source: "Supported DNS record types", https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
const FORMS: Readonly<Partial<Record<RecordType, Form>>> = {
  CNAME: NAME,
  DS: { fields: [short, byte, byte, hex], example: '12345 13 2 49FD46E6C4B45C55D4AC' },
  HTTPS: SERVICE_BINDING,
  MX: { fields: [short, hostOrNone], example: '10 mail.example.com' },
  NAPTR: {
    fields: [
      short,
      short,
      (text) => /^("[^"]*" ){3}\S+$/.test(text) && hostOrNone(text.slice(text.lastIndexOf(' ') + 1)),
    ],
    example: '100 50 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .',
  },
  NS: { ...NAME, example: 'ns1.example.org' },
  PTR: { ...NAME, example: 'host.example.com' },
  SRV: { fields: [short, short, short, hostOrNone], example: '10 5 5060 sip.example.com' },
  SSHFP: { fields: [byte, byte, hex], example: '1 1 09F6A01D2175742B257C6B98B7C72C44C4040683' },
  SVCB: SERVICE_BINDING,
  TLSA: {
    fields: [byte, byte, byte, hex],
    example: '3 1 1 0B9FA5A59EED715C26C1020C711B4F6EC42D58B0015E14337A39DAD301C5AFC3',
  },
};

/** The parameters of a service binding may be omitted. */
function matches(value: string, { fields }: Form): boolean {
  const words = value.split(/\s+/);
  const texts = fields.map((_, index) =>
    index < fields.length - 1 ? (words[index] ?? '') : words.slice(index).join(' '),
  );
  const required = fields === SERVICE_BINDING.fields && words.length === 2 ? fields.slice(0, 2) : fields;
  return required.every((field, index) => field(texts[index]!));
}
