import { planChange } from '../../../../lib/offline/provider/plan-change';
import type { Block } from '../../../../lib/offline/schema/schema';
import { UNKNOWN, type ObjectValue, type Value } from '../../../../lib/offline/wire/values';

const BLOCK: Block = {
  attributes: {
    id: { type: 'string', computed: true },
    name: { type: 'string', required: true },
    size: { type: 'number', optional: true, computed: true },
    color: { type: 'string', optional: true },
    password_wo: { type: 'string', optional: true, writeOnly: true },
    version: { type: 'number', computed: true },
  },
  blocks: {
    part: {
      nesting: 'list',
      block: {
        attributes: { kind: { type: 'string', required: true }, serial: { type: 'string', computed: true } },
        blocks: {},
      },
    },
    option: {
      nesting: 'list',
      maxItems: 1,
      block: { attributes: { on: { type: 'bool', optional: true } }, blocks: {} },
    },
  },
};
const FACTS = {
  forceNew: ['name', 'part.kind'],
  defaults: { color: 'red' },
  computedBlocks: ['option'],
  computedOnChange: ['version'],
};
const STATE: ObjectValue = {
  id: 'i-1',
  name: 'one',
  size: 3,
  color: 'red',
  password_wo: null,
  version: 1,
  part: [{ kind: 'wheel', serial: 's-1' }],
  option: [],
};

const create = (given: Record<string, Value>) =>
  planChange(BLOCK, FACTS, {
    prior: null,
    proposed: {
      id: null,
      size: null,
      color: null,
      password_wo: null,
      version: null,
      part: [],
      option: [],
      name: 'one',
      ...given,
    },
  });
const update = (given: Record<string, Value>) =>
  planChange(BLOCK, FACTS, { prior: STATE, proposed: { ...STATE, ...given } });

describe('on create', () => {
  test.each<{ what: string; given: Record<string, Value>; planned: Record<string, Value> }>([
    { what: 'a computed attribute is unknown', given: {}, planned: { id: UNKNOWN, size: UNKNOWN, version: UNKNOWN } },
    { what: 'a configured value is kept', given: { size: 5, color: 'blue' }, planned: { size: 5, color: 'blue' } },
    { what: 'an unset attribute gets its default', given: {}, planned: { color: 'red' } },
    { what: 'a write-only argument is not planned', given: { password_wo: 'secret' }, planned: { password_wo: null } },
    {
      what: 'a computed attribute in a block is unknown',
      given: { part: [{ kind: 'wheel', serial: null }] },
      planned: { part: [{ kind: 'wheel', serial: UNKNOWN }] },
    },
    { what: 'a computed block is unknown', given: {}, planned: { option: UNKNOWN } },
    {
      what: 'a configured computed block is kept',
      given: { option: [{ on: true }] },
      planned: { option: [{ on: true }] },
    },
  ])('$what', ({ given, planned }) => {
    expect(create(given).planned).toMatchObject(planned);
    expect(create(given).replace).toEqual([]);
  });
});

describe('on update', () => {
  test.each<{ what: string; given: Record<string, Value>; planned: Record<string, Value>; replace?: unknown[] }>([
    { what: 'nothing changes', given: {}, planned: STATE },
    { what: 'a computed attribute is kept', given: { color: 'blue' }, planned: { id: 'i-1', size: 3, color: 'blue' } },
    {
      what: 'an attribute recomputed on any change is unknown',
      given: { color: 'blue' },
      planned: { version: UNKNOWN },
    },
    { what: 'a name forces replacement', given: { name: 'two' }, planned: { name: 'two' }, replace: [['name']] },
    {
      what: 'an unknown name forces replacement',
      given: { name: UNKNOWN },
      planned: { name: UNKNOWN },
      replace: [['name']],
    },
    {
      what: 'a path into a block has its index',
      given: { part: [{ kind: 'door', serial: 's-1' }] },
      planned: {},
      replace: [['part', 0, 'kind']],
    },
    {
      what: 'a new block has unknown values, an existing one keeps its values',
      given: {
        part: [
          { kind: 'wheel', serial: 's-1' },
          { kind: 'door', serial: null },
        ],
      },
      planned: {
        part: [
          { kind: 'wheel', serial: 's-1' },
          { kind: 'door', serial: UNKNOWN },
        ],
      },
      replace: [['part']],
    },
    { what: 'a computed block is kept', given: { color: 'blue' }, planned: { option: [] } },
  ])('$what', ({ given, planned, replace = [] }) => {
    expect(update(given).planned).toMatchObject(planned);
    expect(update(given).replace).toEqual(replace);
  });
});

test.each<{ what: string; before: Value; after: Value; replace: unknown[] }>([
  { what: 'is added in place', before: [], after: [{ kind: 'wheel', serial: null }], replace: [] },
  {
    what: 'forces replacement if it is removed',
    before: [{ kind: 'wheel', serial: 's' }],
    after: [],
    replace: [['part']],
  },
  {
    what: 'forces replacement if it is changed',
    before: [{ kind: 'wheel', serial: 's' }],
    after: [{ kind: 'door', serial: null }],
    replace: [['part']],
  },
])('a block that is set once $what', ({ before, after, replace }) => {
  const facts = { forceNewOnceSet: ['part'] };
  const change = planChange(BLOCK, facts, {
    prior: { ...STATE, part: before },
    proposed: { ...STATE, part: after },
  });
  expect(change.replace).toEqual(replace);
});
