import 'quayside/testing/jest-globals';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { expect, test } from '@jest/globals';
import { synthStack } from 'quayside/testing';
import { team } from './fixtures';

test('the matchers are typed for an imported expect', () => {
  const stack = synthStack(team((scope) => void new Vpc(scope, 'vpc', { cidrBlock: '10.0.0.0/16' })));
  expect(stack).toHaveResource(Vpc, { cidrBlock: expect.stringContaining('10.') });
  // @ts-expect-error not a string
  expect(stack).not.toHaveResource(Vpc, { cidrBlock: 5 });
  // @ts-expect-error no such attribute
  expect(() => expect(stack).toHaveResource(Vpc, { cidr: '10.0.0.0/16' })).toThrow('did you mean');
  expect(stack).toMatchPlanSnapshot();
});
