import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Claims, perApp, perStack } from '../../../lib/core/claims';

test('the first claimant owns a key', () => {
  const claims = new Claims();
  expect(claims.claim({ path: 'one' }, 'name')).toBeUndefined();
  expect(claims.claim({ path: 'two' }, 'name')).toEqual({ path: 'one' });
  expect(claims.claim({ path: 'three' }, 'name')).toEqual({ path: 'one' });
  expect(claims.claim({ path: 'two' }, 'other')).toBeUndefined();
});

test('several keys are all claimed, or none is', () => {
  const claims = new Claims();
  claims.claim({ path: 'one' }, 'arn');
  expect(claims.claim({ path: 'two' }, 'reference', 'arn')).toEqual({ path: 'one' });
  expect(claims.claim({ path: 'three' }, 'reference')).toBeUndefined();
});

test('each app or stack has its own value', () => {
  const [inApp, inStack] = [perApp(() => new Claims()), perStack(() => new Claims())];
  const stacks = ['a', 'b'].map((app) => new TerraformStack(new App(), app));
  const second = new TerraformStack(stacks[0]!.node.root, 'second');
  expect(inApp(new Construct(stacks[0]!, 'x'))).toBe(inApp(second));
  expect(inApp(stacks[0]!)).not.toBe(inApp(stacks[1]!));
  expect(inStack(new Construct(second, 'x'))).toBe(inStack(second));
  expect(inStack(stacks[0]!)).not.toBe(inStack(second));
});
