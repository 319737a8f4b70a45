import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { jsonObject } from '../../../lib/core/json-shape';
import { shapeProblems } from '../../../lib/core/shape';
import { appFor } from '../environment/fixtures';

const MUST = 'must be a string, a number, true, false, null, a list or an object, got';
const cycle: Record<string, unknown> = {};
cycle['a'] = [cycle];

test.each<{ of: string; data: unknown; problems: readonly string[] }>([
  { of: 'JSON', data: { a: null, b: [1, 'c', true, { d: {} }] }, problems: [] },
  { of: 'what is left out', data: { a: undefined, b: { c: undefined } }, problems: [] },
  { of: 'tokens', data: { a: Fn.lower('B'), c: [Fn.zipmap(['a'], ['b'])] }, problems: [] },
  { of: 'an object twice', data: { a: shared(), b: shared() }, problems: [] },
  { of: 'an object without a prototype', data: { a: Object.create(null) as object }, problems: [] },
  { of: 'a list', data: [], problems: ['values must be an object, got []'] },
  { of: 'no number', data: { a: NaN }, problems: [`values.a ${MUST} NaN`] },
  { of: 'infinity', data: { a: [{ b: Infinity }] }, problems: [`values.a[0].b ${MUST} Infinity`] },
  { of: 'a function', data: { a: function nodes() {} }, problems: [`values.a ${MUST} the function nodes`] },
  { of: 'a bigint', data: { a: 10n }, problems: [`values.a ${MUST} 10`] },
  { of: 'a symbol', data: { a: Symbol('b') }, problems: [`values.a ${MUST} Symbol(b)`] },
  { of: 'a map', data: { a: new Map() }, problems: [`values.a ${MUST} a Map`] },
  {
    of: 'an object of a class',
    data: { a: new URL('https://example.com') },
    problems: [`values.a ${MUST} an object of class URL`],
  },
  { of: 'a date', data: { a: new Date(0) }, problems: [`values.a ${MUST} a Date`] },
  {
    of: 'a construct',
    data: { a: new Construct(appFor(), 'network') },
    problems: [`values.a ${MUST} the construct network`],
  },
  { of: 'a cycle', data: cycle, problems: ['values.a[0].a contains itself: write what it stands for'] },
])('$of', ({ data, problems }) => {
  expect(shapeProblems(data, jsonObject(), 'values')).toEqual(problems);
});

function shared() {
  return { a: 1 };
}
