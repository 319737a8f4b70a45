import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Fn, type App } from 'cdktf';
import '../../../lib/testing/jest';
import { acknowledge } from '../../../lib/core/acknowledge';
import { AwsStack } from '../../../lib/core/aws-stack';
import { PlanError, rehearseChanges, type AppSource } from '../../../lib/testing';
import { describeWithTerraform, PLACE } from '../offline/support/app';
import { team } from './fixtures';

jest.setTimeout(60_000);

const role = (stack: AwsStack, id: string, name = 'nodes') => new IamRole(stack, id, { name, assumeRolePolicy: '{}' });
const balancer = (stack: AwsStack, isProtected: boolean, internal = false) =>
  new Lb(stack, 'balancer', {
    name: 'web',
    subnets: ['a', 'b'],
    internal,
    enableDeletionProtection: isProtected,
    lifecycle: { preventDestroy: isProtected },
  });
const failure = (versions: readonly AppSource[]) =>
  rehearseChanges(versions).then(
    () => 'succeeded',
    (error: Error) => {
      expect(error).toBeInstanceOf(PlanError);
      return error.message;
    },
  );

describeWithTerraform('a rehearsal of changes', () => {
  test('applies versions one after another on the same states', async () => {
    const queue = (delaySeconds: number) =>
      team((stack) => void new SqsQueue(stack, 'queue', { name: 'jobs', delaySeconds }));
    const [first, second, third] = await rehearseChanges([queue(0), queue(5), queue(5)]);
    expect(first!.getPlan()).toPlan({ create: ['queue'] });
    expect(second!.getPlan('team')).toPlan({ update: ['queue'] });
    expect(second!.getPlan().getResource(SqsQueue)).toMatchObject({
      before: { delay_seconds: 0 },
      attributes: { delay_seconds: 5 },
    });
    expect(second!.applied).toMatchObject([{ action: 'update', path: 'queue', stack: 'team', type: 'aws_sqs_queue' }]);
    expect(third!.getPlan()).toPlan({});
    expect(third!.getPlan()).toHaveNoDestroy();
    expect(third!.applied).toEqual([]);
  });

  test('a rename with a moved block destroys nothing', async () => {
    const renamed = team((stack) => {
      role(stack, 'new');
      stack.addOverride('moved', [{ from: 'aws_iam_role.old', to: 'aws_iam_role.new' }]);
    });
    const [, step] = await rehearseChanges([team((stack) => void role(stack, 'old')), renamed]);
    expect(step!.getPlan()).toPlan({});
  });

  test('a rename without it meets the name that is still in use, which Terraform would find by chance', async () => {
    const versions = ['old', 'new'].map((id) => team((stack) => void role(stack, id)));
    expect(await failure(versions)).toMatch(
      /^step 2: team cannot be applied\n {2}- team\/new: The role nodes already exists: team\/old has it until it is deleted/,
    );
  });

  test('a rename is ordered by a dependency that both have, and that is replaced', async () => {
    const version = (id: string, cidrBlock: string) =>
      team((stack) => {
        const vpc = new Vpc(stack, 'vpc', { cidrBlock });
        new SecurityGroup(stack, id, { name: 'nodes', vpcId: vpc.id });
        role(stack, `role-${id}`).addOverride('description', '${aws_vpc.vpc.arn}');
      });
    const [, step] = await rehearseChanges([version('old', '10.0.0.0/16'), version('new', '10.1.0.0/16')]);
    expect(step!.getPlan()).toPlan({
      create: ['new', 'role-new'],
      replace: ['vpc'],
      destroy: ['old', 'role-old'],
    });
  });

  test('a name that is in use is rejected', async () => {
    const both = team((stack) => {
      role(stack, 'old');
      // Not known at synthesis, which rejects it too.
      role(stack, 'new', Fn.lower('nodes'));
    });
    expect(await failure([team((stack) => void role(stack, 'old')), both])).toBe(
      [
        'step 2: team cannot be applied',
        '  - team/new: The role nodes already exists. Another resource of this run has created it, and has not yet ' +
          'deleted it. Terraform orders a create after the delete of another resource only if it depends on it: rename ' +
          'in place with a moved block, use another name, or delete the other one in an earlier apply. (aws_iam_role.new)',
      ].join('\n'),
    );
  });

  test('what prevent_destroy protects cannot be replaced', async () => {
    const versions = [false, true].map((internal) => team((stack) => void balancer(stack, true, internal)));
    expect(await failure(versions)).toMatch(/^step 2: team cannot be planned\n {2}- .*Instance cannot be destroyed/);
  });

  test('what only the service protects is planned to be replaced, and then rejected', async () => {
    const versions = [false, true].map((internal) =>
      team((stack) => void balancer(stack, true, internal).addOverride('lifecycle', undefined)),
    );
    expect(await failure(versions)).toMatch(
      /^step 2: team cannot be applied\n {2}- team\/balancer: Elastic Load Balancing rejects the deletion of/,
    );
  });

  test('with protection off in a step of its own it is replaced, and destroyed', async () => {
    const [, off, replaced, gone] = await rehearseChanges([
      team((stack) => void balancer(stack, true)),
      team((stack) => void balancer(stack, false)),
      team((stack) => void balancer(stack, false, true)),
      team((stack) => void role(stack, 'only')),
    ]);
    expect(off!.getPlan()).toPlan({ update: ['balancer'] });
    expect(replaced!.getPlan()).toPlan({ replace: ['balancer'] });
    expect(replaced!.applied.map(({ action }) => action)).toEqual(['delete', 'create']);
    expect(gone!.getPlan()).toPlan({ create: ['only'], destroy: ['balancer'] });
  });

  test('stacks are applied in order, and one that reads another sees its change', async () => {
    const app = (cidrBlock: string) => (root: App) => {
      acknowledge(root, 'cross-stack-reference', 'the subject of the test');
      const vpc = new Vpc(new AwsStack(root, 'below', PLACE), 'vpc', { cidrBlock });
      new SqsQueue(new AwsStack(root, 'above', PLACE), 'queue', { name: 'jobs', tags: { cidr: vpc.cidrBlock } });
    };
    const [first, second] = await rehearseChanges([app('10.0.0.0/16'), app('10.1.0.0/16')]);
    expect([...first!.plans.keys()]).toEqual(['below', 'above']);
    expect(second!.getPlan('below')).toPlan({ replace: ['vpc'] });
    expect(second!.getPlan('above')).toPlan({ update: ['queue'] });
  });

  test('a stack that a version no longer has is left, and destroyed at the end', async () => {
    const app =
      (...names: readonly string[]) =>
      (root: App): void => {
        for (const name of names) {
          const stack = new AwsStack(root, name, PLACE);
          new SqsQueue(stack, 'queue', { name, lifecycle: { preventDestroy: true } });
        }
      };
    const steps = await rehearseChanges([app('one', 'two'), app('one', 'three'), app('one', 'three')]);
    expect(steps.map(({ removedStacks, plans }) => [removedStacks, [...plans.keys()]])).toEqual([
      [[], ['one', 'two']],
      [['two'], ['one', 'three']],
      [[], ['one', 'three']],
    ]);
    expect(steps[1]!.getPlan('one')).toPlan({});
    // It still exists.
    const taken = (root: App) => void role(new AwsStack(root, 'two', PLACE), 'role');
    const again = (root: App) => void role(new AwsStack(root, 'other', PLACE), 'role');
    expect(await failure([taken, again])).toMatch(/^step 2: other cannot be applied\n.*The role nodes already exists/);
  });

  test('one version is enough, none is an error', async () => {
    const [only] = await rehearseChanges([team((stack) => void role(stack, 'role'))]);
    expect(only!.getPlan()).toPlan({ create: 1 });
    await expect(rehearseChanges([])).rejects.toThrow('rehearseChanges requires at least one version of an app');
  });

  test('a version that is not idempotent names its step', async () => {
    const tagged = team((stack) => void new SqsQueue(stack, 'queue', { name: 'a', tags: { at: '${timestamp()}' } }));
    const plain = team((stack) => void new SqsQueue(stack, 'queue', { name: 'a' }));
    expect(await failure([plain, tagged])).toMatch(/^step 2: team is not idempotent\n/);
  });
});
