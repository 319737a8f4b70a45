import type { Outcome } from '../../prove/load/outcome';
import { causes, failures, verdict, type RunResult, type Verdict } from '../../prove/result';
import { answered, failed, run } from './fixtures';

const LOST = { node: 'lost', seconds: 10, reason: 'the node is lost' };
const ENOUGH = 5000;
const STALLED = { longestStallMs: 1001, latestStartMs: 0 };
const LATE = { longestStallMs: 0, latestStartMs: 1001 };
const BUSY = { longestStallMs: 1000, latestStartMs: 1000 };

const all = answered(ENOUGH);

test.each<{ title: string; result: Partial<RunResult>; expected: Verdict }>([
  { title: 'no failure', result: { outcomes: all }, expected: 'passed' },
  { title: 'one failure', result: { outcomes: [...all, failed()] }, expected: 'failed' },
  { title: 'too few requests', result: { outcomes: answered(ENOUGH - 1) }, expected: 'too few requests' },
  { title: 'no request', result: { outcomes: [] }, expected: 'too few requests' },
  { title: 'a failure among too few', result: { outcomes: [failed()] }, expected: 'failed' },
  {
    title: 'a failure on a stalled machine',
    result: { outcomes: [...all, failed()], lag: STALLED },
    expected: 'machine',
  },
  { title: 'a failure among late requests', result: { outcomes: [...all, failed()], lag: LATE }, expected: 'machine' },
  { title: 'a failure on a busy machine', result: { outcomes: [...all, failed()], lag: BUSY }, expected: 'failed' },
  { title: 'no failure on a stalled machine', result: { outcomes: all, lag: STALLED }, expected: 'passed' },
  { title: 'an error', result: { outcomes: all, error: 'no pod' }, expected: 'not run' },
  { title: 'a control with a failure', result: { control: 'c', outcomes: [...all, failed()] }, expected: 'passed' },
  { title: 'a control without one', result: { control: 'c', outcomes: all }, expected: 'failed' },
  { title: 'a control without requests', result: { control: 'c', outcomes: [] }, expected: 'failed' },
  {
    title: 'a control with an error',
    result: { control: 'c', outcomes: [failed()], error: 'no' },
    expected: 'not run',
  },
  {
    title: 'a control with nothing but tolerated failures',
    result: { control: 'c', tolerated: LOST, outcomes: [...all, failed({ node: 'lost' })] },
    expected: 'failed',
  },
  {
    title: 'nothing but tolerated failures',
    result: { tolerated: LOST, outcomes: [...all, failed({ node: 'lost' })] },
    expected: 'passed',
  },
])('$title: $expected', ({ result, expected }) => {
  expect(verdict(run(result))).toBe(expected);
});

/** The event begins at 3,000. */
test.each<{ title: string; outcome: Partial<Outcome>; tolerated: boolean }>([
  { title: 'on the node as it is lost', outcome: { node: 'lost', start: 3000, end: 3001 }, tolerated: true },
  { title: 'in flight on the node as it is lost', outcome: { node: 'lost', start: 10, end: 3000 }, tolerated: true },
  { title: 'on the node, over before', outcome: { node: 'lost', start: 10, end: 2999 }, tolerated: false },
  { title: 'on the node, the last moment', outcome: { node: 'lost', start: 12_999, end: 20_000 }, tolerated: true },
  { title: 'on the node, too late', outcome: { node: 'lost', start: 13_000, end: 13_001 }, tolerated: false },
  { title: 'on another node', outcome: { node: 'other', start: 3500, end: 3600 }, tolerated: false },
  { title: 'on an unknown node', outcome: { node: undefined, start: 3500, end: 3600 }, tolerated: false },
])('$title: tolerated $tolerated', ({ outcome, tolerated }) => {
  expect(failures(run({ tolerated: LOST, outcomes: [failed(outcome)] }))).toHaveLength(tolerated ? 0 : 1);
  expect(failures(run({ outcomes: [failed(outcome)] }))).toHaveLength(1);
});

test('causes are counted by kind, the most frequent first, without tolerated ones', () => {
  const outcomes = [
    ...answered(3),
    failed({ kind: 'POST', failure: '502' }),
    failed({ kind: 'GET', failure: '502' }),
    failed({ kind: 'GET', failure: '502' }),
    failed({ kind: 'GET', failure: 'timeout', node: 'lost' }),
  ];
  expect(causes(run({ outcomes, tolerated: LOST }))).toEqual([
    ['GET: 502', 2],
    ['POST: 502', 1],
  ]);
});
