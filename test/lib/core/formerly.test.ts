import 'quayside/testing/jest';
import { planStack } from 'quayside/testing';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { App } from 'cdktf';
import { Construct } from 'constructs';
import { AwsStack } from '../../../lib/core/aws-stack';
import { formerly } from '../../../lib/core/formerly';
import { describeWithTerraform, PLACE, removeSynthesized } from '../offline/support/app';
import { refusal, synthStack } from '../../support/stack';

jest.setTimeout(60_000);
afterAll(removeSynthesized);

interface Group {
  readonly id: string;
  readonly part?: string;
  readonly former?: string;
  readonly formerPart?: string;
  readonly latest?: boolean;
}

/** A queue, and another one in a nested construct. */
function group(scope: Construct, { id, part = 'part', former, formerPart, latest }: Group): void {
  const outer = new Construct(scope, id);
  const inner = new Construct(outer, part);
  for (const parent of [outer, inner]) new SqsQueue(parent, 'queue', { visibilityTimeoutSeconds: 30 });
  formerly(outer, former);
  formerly(inner, formerPart, { latest });
}

const app = (props: Group) => (scope: App) => group(new AwsStack(scope, 'test', PLACE), props);

describeWithTerraform('the former id', () => {
  test.each<[string, Group, Group, readonly string[]]>([
    ['of a group', { id: 'old' }, { id: 'new', former: 'old' }, ['new/part/queue', 'new/queue']],
    ['of a nested part', { id: 'a', part: 'old' }, { id: 'a', part: 'new', formerPart: 'old' }, ['a/new/queue']],
    [
      'of both, after the inner one has moved',
      { id: 'old', part: 'new' },
      { id: 'new', former: 'old', part: 'new', formerPart: 'older' },
      ['new/new/queue', 'new/queue'],
    ],
    [
      'of both at once',
      { id: 'old', part: 'older' },
      { id: 'new', former: 'old', part: 'new', formerPart: 'older' },
      ['new/new/queue', 'new/queue'],
    ],
    [
      'of both, after the outer one has moved',
      { id: 'new', part: 'older' },
      { id: 'new', former: 'old', part: 'new', formerPart: 'older', latest: true },
      ['new/new/queue'],
    ],
    ['that was moved before', { id: 'new' }, { id: 'new', former: 'old' }, []],
    ['of a new group', { id: 'other' }, { id: 'other', former: 'old' }, []],
  ])('%s: resources move, and nothing else changes', async (_, before, after, moved) => {
    const plan = await planStack(app(after), { baseline: app(before) });
    expect(plan).toPlan({});
    const wasElsewhere = ({ address }: { readonly address: string }) =>
      plan.json.resource_changes?.some((change) => change.address === address && change.previous_address !== undefined);
    expect(
      plan.resources
        .filter(wasElsewhere)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(moved);
  });
});

test('no former id, or the present one: nothing is written', () => {
  const stack = synthStack((scope) => group(scope, { id: 'a', former: 'a' }));
  expect(stack.json).not.toHaveProperty('moved');
});

test('a former id that exists is rejected', () => {
  const text = refusal((stack) => {
    group(stack, { id: 'old' });
    group(stack, { id: 'new', former: 'old' });
  });
  expect(text).toMatch(/test\/new.*it was formerly 'old', which exists/s);
});
