import { causes, failures, verdict, type RunResult } from '../../prove/result';
import { htmlPage } from '../../prove/report/html';
import { formatResults, formatRun } from '../../prove/report/text';

const outcome = (start: number, failure?: string, node = 'a') => ({
  kind: 'GET',
  start,
  end: start + 5,
  status: failure ? 502 : 200,
  node,
  ...(failure && { failure }),
});
const good = Array.from({ length: 5000 }, (_, index) => outcome(index));

function result(changes: Partial<RunResult> = {}): RunResult {
  const lag = { longestStallMs: 20, latestStartMs: 5 };
  const times = { begin: 1000, end: 4000 };
  return {
    scenario: 's',
    title: 'A scenario',
    outcomes: good,
    events: [],
    ...times,
    lag,
    traefik: '3.7.13',
    ...changes,
  };
}

const bad = [...good, outcome(1500, '502 <b>')];
const stalled = { longestStallMs: 1500, latestStartMs: 5 };

test.each<{ changes: Partial<RunResult>; expected: string; label: string }>([
  { changes: {}, expected: 'passed', label: 'ok' },
  { changes: { outcomes: bad }, expected: 'failed', label: 'FAILED' },
  { changes: { outcomes: bad, lag: stalled }, expected: 'machine', label: 'MACHINE' },
  { changes: { lag: stalled }, expected: 'passed', label: 'ok' },
  { changes: { outcomes: good.slice(1) }, expected: 'too few requests', label: 'TOO FEW REQUESTS' },
  { changes: { control: 'c', outcomes: bad }, expected: 'passed', label: 'ok' },
  { changes: { control: 'c' }, expected: 'failed', label: 'NO EFFECT' },
  { changes: { error: 'it broke' }, expected: 'not run', label: 'NOT RUN' },
  { changes: { control: 'c', error: 'it broke', outcomes: bad }, expected: 'not run', label: 'NOT RUN' },
])('$label', ({ changes, expected, label }) => {
  expect(verdict(result(changes))).toBe(expected);
  expect(formatRun(result(changes)).startsWith(label)).toBe(true);
});

const lost = { node: 'b', seconds: 12, reason: 'power' };
test.each([
  { what: 'on the lost node, in time', failed: outcome(5000, 'x', 'b'), expected: 0 },
  { what: 'on the lost node, too late', failed: outcome(13_500, 'x', 'b'), expected: 1 },
  { what: 'on another node', failed: outcome(5000, 'x', 'a'), expected: 1 },
])('a failure $what', ({ failed, expected }) => {
  expect(failures(result({ tolerated: lost, outcomes: [...good, failed] }))).toHaveLength(expected);
});

test('causes, the most frequent first', () => {
  const outcomes = [outcome(1, 'a'), outcome(2, 'b'), outcome(3, 'b')];
  expect(causes(result({ outcomes }))).toEqual([
    ['GET: b', 2],
    ['GET: a', 1],
  ]);
});

test('the summary counts scenarios and controls, and names the version that ran', () => {
  const text = formatResults([result(), result({ control: 'c', outcomes: bad }), result({ outcomes: bad })], 125);
  expect(text).toContain('1 of 2 scenarios passed without a failed request; 1 of 1 controls dropped some.');
  expect(text).toContain('Traefik 3.7.13, arguments as synthesized. 2 min 5 s.');
});

test('the page has a timeline of every run and escapes what others wrote', () => {
  const page = htmlPage([result({ outcomes: bad, events: [{ at: 10, text: 'a & b' }] }), result({ control: 'c' })]);
  expect(page.match(/<svg/g)).toHaveLength(2);
  expect(page).toContain('502 &lt;b&gt;');
  expect(page).toContain('a &amp; b');
  expect(page).not.toContain('<b>');
});
