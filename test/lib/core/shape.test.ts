import {
  bool,
  integer,
  list,
  object,
  oneOf,
  optional,
  record,
  shapeProblems,
  text,
  union,
} from '../../../lib/core/shape';

const PORT = object<{ name: string; number: number; protocol?: string }>({
  name: text(),
  number: integer,
  protocol: optional(oneOf('TCP', 'UDP')),
});
const SHAPE = object<{ ports: unknown; labels: unknown; open: boolean; store: unknown }>({
  ports: list(PORT),
  labels: record(text()),
  open: bool,
  store: union('kind', {
    local: object<{ kind: string }>({ kind: text() }),
    s3: object<{ kind: string; bucket: string }>({ kind: text(), bucket: text('a bucket', /^[a-z]+$/) }),
  }),
});
const VALID = {
  ports: [{ name: 'http', number: 80, protocol: 'TCP' }],
  labels: { app: 'shop' },
  open: true,
  store: { kind: 's3', bucket: 'states' },
};

test.each<{ of: string; data: unknown; problems: readonly string[] }>([
  { of: 'valid data', data: VALID, problems: [] },
  { of: 'an omitted optional property', data: { ...VALID, ports: [{ name: 'http', number: 80 }] }, problems: [] },
  { of: 'undefined', data: undefined, problems: ['data is required: an object'] },
  { of: 'a list instead of an object', data: [], problems: ['data must be an object, got []'] },
  {
    of: 'an unknown key',
    data: { ...VALID, opne: 1 },
    problems: ["unknown property 'data.opne': did you mean 'open'?"],
  },
  {
    of: 'problems at every depth',
    data: {
      ports: [{ name: '', number: '80', proto: 'TCP' }, null],
      labels: { app: 1 },
      store: { kind: 's3', bucket: 'States' },
    },
    problems: [
      "unknown property 'data.ports[0].proto': did you mean 'protocol'?",
      'data.ports[0].name must be a string, got ""',
      'data.ports[0].number must be a whole number, got "80"',
      'data.ports[1] must be an object, got null',
      'data.labels.app must be a string, got 1',
      'data.open is required: true or false',
      'data.store.bucket must be a bucket, got "States"',
    ],
  },
  {
    of: 'an unknown kind of a union',
    data: { ...VALID, store: { kind: 'gcs' } },
    problems: ['data.store.kind must be one of local, s3, got "gcs"'],
  },
  {
    of: 'keys of Object.prototype',
    data: { ...VALID, store: JSON.parse('{ "kind": "constructor", "__proto__": 1 }') as unknown },
    problems: ['data.store.kind must be one of local, s3, got "constructor"'],
  },
])('$of', ({ data, problems }) => {
  expect(shapeProblems(data, SHAPE, 'data').filter(Boolean)).toEqual(problems);
});
