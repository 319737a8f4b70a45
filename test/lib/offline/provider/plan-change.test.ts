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

describe('on creation', () => {
  test.each<{ what: string; given: Record<string, Value>; planned: Record<string, Value> }>([
    { what: 'what is computed is unknown', given: {}, planned: { id: UNKNOWN, size: UNKNOWN, version: UNKNOWN } },
    { what: 'what is set stays', given: { size: 5, color: 'blue' }, planned: { size: 5, color: 'blue' } },
    { what: 'what has a default gets it', given: {}, planned: { color: 'red' } },
    { what: 'what is write-only is not planned', given: { password_wo: 'secret' }, planned: { password_wo: null } },
    {
      what: 'a block has unknowns of its own',
      given: { part: [{ kind: 'wheel', serial: null }] },
      planned: { part: [{ kind: 'wheel', serial: UNKNOWN }] },
    },
    { what: 'a block that the provider fills is unknown', given: {}, planned: { option: UNKNOWN } },
    { what: 'such a block that is set stays', given: { option: [{ on: true }] }, planned: { option: [{ on: true }] } },
  ])('$what', ({ given, planned }) => {
    expect(create(given).planned).toMatchObject(planned);
    expect(create(given).replace).toEqual([]);
  });
});

describe('on update', () => {
  test.each<{ what: string; given: Record<string, Value>; planned: Record<string, Value>; replace?: unknown[] }>([
    { what: 'nothing changes', given: {}, planned: STATE },
    { what: 'what is computed is kept', given: { color: 'blue' }, planned: { id: 'i-1', size: 3, color: 'blue' } },
    { what: 'what is made anew by any change is unknown', given: { color: 'blue' }, planned: { version: UNKNOWN } },
    { what: 'a name forces replacement', given: { name: 'two' }, planned: { name: 'two' }, replace: [['name']] },
    {
      what: 'a name that is not known yet forces replacement',
      given: { name: UNKNOWN },
      planned: { name: UNKNOWN },
      replace: [['name']],
    },
    {
      what: 'what forces replacement below a block is named by its index',
      given: { part: [{ kind: 'door', serial: 's-1' }] },
      planned: {},
      replace: [['part', 0, 'kind']],
    },
    {
      what: 'a new block has unknowns, an old one keeps what it had',
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
    { what: 'a block that the provider fills is kept', given: { color: 'blue' }, planned: { option: [] } },
  ])('$what', ({ given, planned, replace = [] }) => {
    expect(update(given).planned).toMatchObject(planned);
    expect(update(given).replace).toEqual(replace);
  });
});
