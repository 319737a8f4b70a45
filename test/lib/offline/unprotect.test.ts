import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Fn } from 'cdktf';
import { AwsStack } from '../../../lib/core/aws-stack';
import { withoutProtection } from '../../../lib/offline/isolation/protection';
import { offlinePlan, offlineRehearsal, type Rehearsal } from '../../../lib/offline';
import { describeWithTerraform, PLACE, removeSynthesized, synthesize, synthesizeStack } from './support/app';

jest.setTimeout(60_000);
afterAll(removeSynthesized);

const balancer = (stack: AwsStack, props: Partial<ConstructorParameters<typeof Lb>[2]> = {}) =>
  new Lb(stack, 'balancer', { name: 'web', subnets: ['a', 'b'], enableDeletionProtection: true, ...props });
const stages = ({ steps }: Rehearsal) => steps.map(({ stage, ok }) => (ok ? stage : `${stage} failed`));
const summaries = ({ steps }: Rehearsal) =>
  steps.flatMap(({ diagnostics }) => diagnostics.map(({ summary }) => summary));

describe('protections are turned off', () => {
  const lb = (body: object) => ({ resource: { aws_lb: { a: { ...body } } } });

  test.each<[string, object, object]>([
    ['of the service', { enable_deletion_protection: true }, { enable_deletion_protection: false }],
    ['that are an expression', { enable_deletion_protection: '${var.on}' }, { enable_deletion_protection: false }],
    ['of Terraform', { name: 'x', lifecycle: { prevent_destroy: true } }, { name: 'x', lifecycle: [{}] }],
    [
      'of both, although changes of one are ignored',
      {
        enable_deletion_protection: true,
        lifecycle: [{ prevent_destroy: true, ignore_changes: ['name', 'enable_deletion_protection'] }],
      },
      { enable_deletion_protection: false, lifecycle: [{ ignore_changes: ['name'] }] },
    ],
  ])('%s', (_, body, expected) => {
    expect(withoutProtection(lb(body))).toEqual({ json: lb(expected), addresses: ['aws_lb.a'] });
  });

  test.each<[string, object]>([
    ['without any', { name: 'x', lifecycle: { create_before_destroy: true } }],
    ['turned off already', { enable_deletion_protection: false, lifecycle: { prevent_destroy: false } }],
  ])('but not of a resource %s', (_, body) => {
    expect(withoutProtection(lb(body))).toEqual({ json: lb(body), addresses: [] });
  });
});

describeWithTerraform('a rehearsal', () => {
  test('turns deletion protection off before it destroys', async () => {
    const stacksDir = synthesizeStack((stack) => {
      balancer(stack, { lifecycle: { preventDestroy: true } });
      new DynamodbTable(stack, 'table', { name: 'orders', deletionProtectionEnabled: true });
      new SqsQueue(stack, 'queue', { name: 'jobs' });
    });
    const rehearsal = await offlineRehearsal({ stacksDir });
    expect([summaries(rehearsal), rehearsal.ok]).toEqual([[], true]);
    expect(stages(rehearsal)).toEqual(['plan', 'apply', 'replan', 'unprotect', 'destroy']);
    const [, , , unprotect, destroy] = rehearsal.steps;
    expect(unprotect!.order.map(({ path, action }) => `${action} ${path}`).sort()).toEqual([
      'update test/balancer',
      'update test/table',
    ]);
    expect(destroy!.order).toHaveLength(3);
  });

  test('removes prevent_destroy, which alone changes nothing', async () => {
    const stacksDir = synthesizeStack((stack) => {
      new SqsQueue(stack, 'queue', { name: 'jobs', lifecycle: { preventDestroy: true } });
    });
    const rehearsal = await offlineRehearsal({ stacksDir });
    expect([stages(rehearsal), rehearsal.ok]).toEqual([['plan', 'apply', 'replan', 'unprotect', 'destroy'], true]);
    expect(rehearsal.steps[3]!.order).toEqual([]);
  });

  test('has no such stage for a stack without protection', async () => {
    const stacksDir = synthesizeStack((stack) => void balancer(stack, { enableDeletionProtection: false }));
    expect(stages(await offlineRehearsal({ stacksDir }))).toEqual(['plan', 'apply', 'replan', 'destroy']);
  });

  test('unprotects what files besides the stack define', async () => {
    const stacksDir = synthesizeStack((stack) => {
      balancer(stack, { enableDeletionProtection: false });
      stack.addOverride('module.guarded.source', './guarded');
    });
    const directory = join(stacksDir, 'stacks', 'test');
    mkdirSync(join(directory, 'guarded'));
    const guarded = 'resource "terraform_data" "kept" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n';
    writeFileSync(join(directory, 'guarded', 'main.tf'), guarded);
    writeFileSync(
      join(directory, 'more.tf'),
      'resource "aws_lb" "more" {\n  name = "more"\n  enable_deletion_protection = true\n}\n',
    );
    const rehearsal = await offlineRehearsal({ stacksDir });
    expect([summaries(rehearsal), stages(rehearsal)]).toEqual([
      [],
      ['plan', 'apply', 'replan', 'unprotect', 'destroy'],
    ]);
  });

  test('destroys what a failed apply left, and does not create the rest', async () => {
    const stacksDir = synthesizeStack((stack) => {
      const first = balancer(stack);
      new IamRole(stack, 'one', { name: 'nodes', assumeRolePolicy: '{}', tags: { lb: first.arn } });
      // Not known at synthesis, which rejects it too.
      new IamRole(stack, 'two', { name: Fn.lower('nodes'), assumeRolePolicy: '{}', tags: { lb: first.arn } });
      new DynamodbTable(stack, 'table', {
        name: 'orders',
        deletionProtectionEnabled: true,
        dependsOn: [first],
      }).addOverride('depends_on', ['aws_iam_role.one', 'aws_iam_role.two']);
    });
    const rehearsal = await offlineRehearsal({ stacksDir });
    expect(stages(rehearsal)).toEqual(['plan', 'apply failed', 'unprotect', 'destroy']);
    expect(rehearsal.steps[1]!.diagnostics).toMatchObject([
      {
        severity: 'error',
        summary: 'The role nodes already exists',
        paths: [expect.stringMatching(/^test\/(one|two)$/)],
      },
    ]);
    expect(rehearsal.steps[2]!.order.map(({ path }) => path)).toEqual(['test/balancer']);
    expect(rehearsal.steps[3]!.order).toHaveLength(2);
  });
});

describeWithTerraform('a stack that a version no longer has', () => {
  test('is planned to be destroyed, as it takes its prevent_destroy with it', async () => {
    const stacksDir = synthesize((app) => void new AwsStack(app, 'other', PLACE));
    const baseline = synthesizeStack((stack) => void balancer(stack, { lifecycle: { preventDestroy: true } }));
    const { ok, stacks } = await offlinePlan({ stacksDir, baseline });
    expect([ok, stacks.map(({ name, resources }) => [name, resources.map(({ actions }) => actions)])]).toEqual([
      true,
      [
        ['other', []],
        ['test', [['delete']]],
      ],
    ]);
  });
});

describeWithTerraform('the replacement of what is protected', () => {
  test('is planned, and rejected when it is applied', async () => {
    const internal = (isInternal: boolean) =>
      synthesizeStack((stack) => void balancer(stack, { internal: isInternal }));
    // Without a reader nothing is applied: the replacement is only planned.
    const plan = await offlinePlan({ stacksDir: internal(true), baseline: internal(false) });
    expect(plan.stacks[0]!.resources[0]!.actions).toEqual(['delete', 'create']);
    const changed = await offlineRehearsal({
      stacksDir: internal(false),
      laterVersions: [{ stacksDir: internal(true) }],
    });
    expect(stages(changed)).toEqual(['plan', 'apply', 'replan', 'plan', 'apply failed']);
    expect(changed.steps.at(-1)).toMatchObject({
      version: 1,
      diagnostics: [
        {
          summary: expect.stringMatching(
            /^Elastic Load Balancing rejects the deletion of arn:\S+: deletion protection is on$/,
          ),
          detail: 'enable_deletion_protection is true. Turn it off and apply, then destroy or replace it.',
          paths: ['test/balancer'],
        },
      ],
    });
  });
});
