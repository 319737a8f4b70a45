import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  checkedBy,
  bool,
  either,
  integer,
  list,
  object,
  oneOf,
  optional,
  record,
  ref,
  shapeProblems,
  text,
  union,
  withoutNulls,
} from '../../../lib/core/shape';
import { appFor } from '../environment/fixtures';

interface Port {
  readonly name: string;
  readonly number: number;
  readonly protocol?: 'TCP' | 'UDP';
}
type Store =
  | { readonly kind: 'local' }
  | { readonly kind: 's3'; readonly bucket: string }
  | { readonly kind?: 'none'; readonly reason?: string };
interface Network {
  readonly id: string;
  readonly zones?: readonly string[];
}
interface Data {
  readonly ports: readonly Port[];
  readonly labels: Readonly<Record<string, string>>;
  readonly open: boolean;
  readonly store: Store;
  readonly logs?: 'none' | { readonly days?: number };
  readonly network?: Network;
  readonly free?: unknown;
}

const PORT = object<Port>(
  { name: text(), number: integer, protocol: optional(oneOf('TCP', 'UDP')) },
  { renamed: { nr: 'number' } },
);
const SHAPE = object<Data>({
  ports: list(PORT),
  labels: record(text()),
  open: bool,
  store: union<Store, 'kind'>(
    'kind',
    {
      local: object({ kind: oneOf('local') }),
      s3: object({ kind: oneOf('s3'), bucket: text('a bucket, such as states', /^[a-z]+$/) }),
      none: object<{ readonly kind?: 'none'; readonly reason?: string }>({
        kind: optional(oneOf('none')),
        reason: optional(text()),
      }),
    },
    'none',
  ),
  logs: optional(either(oneOf('none'), object<{ readonly days?: number }>({ days: optional(integer) }))),
  network: optional(ref<Network>('a network', { id: text(), zones: optional(list(text())) })),
  free: optional(checkedBy<unknown>('a value', () => [])),
});
const VALID = {
  ports: [{ name: 'http', number: 80, protocol: 'TCP' }],
  labels: { app: 'shop' },
  open: true,
  store: { kind: 's3', bucket: 'states' },
} as const satisfies Data;

class AnyNetwork extends Construct {
  readonly anything = 1;
}

test.each<{ of: string; data: unknown; problems: readonly string[] }>([
  { of: 'valid data', data: VALID, problems: [] },
  { of: 'an omitted optional property', data: { ...VALID, ports: [{ name: 'http', number: 80 }] }, problems: [] },
  { of: 'undefined for an unknown property', data: { ...VALID, other: undefined }, problems: [] },
  { of: 'undefined', data: undefined, problems: ['data is required: an object'] },
  { of: 'a promise', data: Promise.resolve(VALID), problems: ['data is a promise: await it before'] },
  {
    of: 'a promise in an object',
    data: { ...VALID, ports: Promise.resolve([]) },
    problems: ['data.ports is a promise: await it before'],
  },
  { of: 'a list instead of an object', data: [], problems: ['data must be an object, got []'] },
  {
    of: 'an unknown key',
    data: { ...VALID, opne: 1 },
    problems: ["unknown property 'data.opne': did you mean 'open'?"],
  },
  {
    of: 'an unknown key that is close to none',
    data: { ...VALID, xxxxxxxx: 1 },
    problems: [
      "unknown property 'data.xxxxxxxx': use one of ports, labels, open, store, logs, network, free, or remove it",
    ],
  },
  {
    of: 'problems at every depth',
    data: {
      ports: [{ name: '', number: '80', proto: 'TCP' }, null, { name: 'http', nr: 80, protocol: 'tcp' }],
      labels: { app: 1 },
      store: { kind: 's3', bucket: 'States' },
    },
    problems: [
      "unknown property 'data.ports[0].proto': did you mean 'protocol'?",
      'data.ports[0].name is required: a string',
      "data.ports[0].number must be a whole number, got '80'",
      'data.ports[1] must be an object, got null',
      'data.ports[2].nr was renamed: use number',
      "data.ports[2].protocol must be one of TCP, UDP, got 'tcp'",
      'data.labels.app must be a string, got 1',
      'data.open is required: true or false',
      "data.store.bucket must be a bucket, such as states, got 'States'",
    ],
  },
  {
    of: 'an example for a missing value',
    data: { ...VALID, store: { kind: 's3' } },
    problems: ['data.store.bucket is required, such as states'],
  },
  {
    of: 'an unknown kind of a union',
    data: { ...VALID, store: { kind: 'gcs' } },
    problems: ["data.store.kind must be one of local, s3, none, got 'gcs'"],
  },
  {
    of: 'no union at all',
    data: { ...VALID, store: 's3' },
    problems: ["data.store must be an object whose kind is local or s3 or none, got 's3'"],
  },
  { of: 'the default kind', data: { ...VALID, store: { reason: 'a try' } }, problems: [] },
  {
    of: 'the property of another kind',
    data: { ...VALID, store: { bucket: 'states' } },
    problems: ["unknown property 'data.store.bucket': use one of kind, reason, or remove it"],
  },
  {
    of: 'keys of Object.prototype',
    data: { ...VALID, store: JSON.parse('{ "kind": "constructor", "__proto__": 1 }') as unknown },
    problems: ["data.store.kind must be one of local, s3, none, got 'constructor'"],
  },
  { of: 'the value of an alternative', data: { ...VALID, logs: 'none' }, problems: [] },
  { of: 'the object of an alternative', data: { ...VALID, logs: { days: 30 } }, problems: [] },
  {
    of: 'no alternative',
    data: { ...VALID, logs: 'all' },
    problems: ["data.logs must be 'none' or an object, got 'all'"],
  },
  {
    of: 'a wrong object of an alternative',
    data: { ...VALID, logs: { day: 30 } },
    problems: ["unknown property 'data.logs.day': did you mean 'days'?"],
  },
  { of: 'a construct', data: { ...VALID, network: new AnyNetwork(appFor(), 'network') }, problems: [] },
  { of: 'what stands for a construct', data: { ...VALID, network: { id: 'vpc-1' } }, problems: [] },
  {
    of: 'a wrong object instead of a construct',
    data: { ...VALID, network: { id: 1, zone: 'a' } },
    problems: [
      "unknown property 'data.network.zone': did you mean 'zones'?",
      'data.network.id must be a string, got 1',
    ],
  },
  {
    of: 'an id instead of a construct',
    data: { ...VALID, network: 'vpc-1' },
    problems: ["data.network must be a network, got 'vpc-1'"],
  },
  {
    of: 'tokens in place of values, and of lists',
    data: {
      ports: Token.asList(Fn.split(',', 'a')),
      labels: { a: Fn.lower('B'), ...Token.asStringMap(Fn.zipmap(['a'], ['b'])) },
      open: true,
      store: { kind: 's3', bucket: Fn.lower('STATES') },
      network: { id: Token.asString(1), zones: [Fn.lower('A')] },
      free: Fn.zipmap(['a'], ['b']),
    },
    problems: [],
  },
  {
    of: 'tokens in place of what decides on resources',
    data: {
      ports: Token.asAny(Fn.split(',', 'a')),
      labels: Fn.zipmap(['a'], ['b']),
      open: Token.asAny(Fn.tobool('true')),
      store: { kind: Fn.lower('S3'), bucket: 'states' },
      logs: Fn.lower('NONE'),
    },
    problems: [
      'data.ports is known after apply: use a literal, a list',
      'data.labels is known after apply: use a literal, an object',
      'data.open is known after apply: use a literal, true or false',
      expect.stringMatching(/^data.store.kind must be one of local, s3, none, got /) as string,
      "data.logs is known after apply: use a literal, 'none' or an object",
    ],
  },
  {
    of: 'a map',
    data: { ...VALID, labels: new Map([['a', 'b']]) },
    problems: ['data.labels must be an object, got a Map'],
  },
  { of: 'a date', data: { ...VALID, network: new Date(0) }, problems: ['data.network must be a network, got a Date'] },
  {
    of: 'a list with a gap',
    data: { ...VALID, ports: Object.assign([], { length: 1 }) },
    problems: ['data.ports[0] is required: an object'],
  },
  { of: 'a bigint', data: { ...VALID, ports: 1n }, problems: ['data.ports must be a list, got 1'] },
])('$of', ({ data, problems }) => {
  expect(shapeProblems(data, SHAPE, 'data')).toEqual(problems);
});

test.each<{ of: string; data: unknown; result: unknown }>([
  { of: 'an optional property', data: { ...VALID, logs: null }, result: VALID },
  { of: 'deep ones', data: { ...VALID, logs: { days: null } }, result: { ...VALID, logs: {} } },
  {
    of: 'one in a list of objects',
    data: { ...VALID, ports: [{ name: 'http', number: 80, protocol: null }] },
    result: { ...VALID, ports: [{ name: 'http', number: 80 }] },
  },
  {
    of: 'a property of a union',
    data: { ...VALID, store: { reason: null } },
    result: { ...VALID, store: {} },
  },
  { of: 'a required property stays', data: { ...VALID, open: null }, result: { ...VALID, open: null } },
  { of: 'free data stays', data: { ...VALID, free: { a: null } }, result: { ...VALID, free: { a: null } } },
])('null in JSON: $of', ({ data, result }) => {
  expect(withoutNulls(data as Data, SHAPE)).toEqual(result);
});

test('the compiler reports what a type has and its shape has not, and the reverse', () => {
  interface Typed {
    readonly name: string;
    readonly size?: number;
    readonly mode: 'a' | 'b';
  }
  const size = optional(integer);
  const mode = oneOf('a', 'b');
  const shapes = [
    object<Typed>({ name: text(), size, mode }),
    // @ts-expect-error an optional property is missing
    object<Typed>({ name: text(), mode }),
    // @ts-expect-error a property that the type has not
    object<Typed>({ name: text(), size, mode, other: text() }),
    // @ts-expect-error required, but optional in the type
    object<Typed>({ name: text(), size: integer, mode }),
    // @ts-expect-error optional, but required in the type
    object<Typed>({ name: optional(text()), size, mode }),
    // @ts-expect-error a value of the union is missing
    object<Typed>({ name: text(), size, mode: oneOf('a') }),
    // @ts-expect-error a value that the union has not
    object<Typed>({ name: text(), size, mode: oneOf('a', 'b', 'c') }),
    // @ts-expect-error another type
    object<Typed>({ name: integer, size, mode }),
    // @ts-expect-error a kind of the union is missing
    union<Store, 'kind'>('kind', { local: object({ kind: oneOf('local') }) }),
  ];
  expect(shapes).toHaveLength(9);
});
