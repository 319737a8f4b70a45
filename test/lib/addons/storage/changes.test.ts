import 'quayside/testing/jest';
import { planStack, rehearse } from 'quayside/testing';
import type { App, TerraformResource } from 'cdktf';
import { storage, type StorageProps } from '../../../../lib/addons/storage/storage';
import { AwsStack } from '../../../../lib/core/aws-stack';
import { install } from '../../../support/platform';
import { describeWithTerraform, PLACE, removeSynthesized, synthesize } from '../../offline/support/app';

jest.setTimeout(60_000);
afterAll(removeSynthesized);

describeWithTerraform('another reclaim policy', () => {
  const FILES = { fileSystemId: 'fs-0a1b2c3d4e5f60718', driver: 'installed' } as const;
  const classes =
    (props: StorageProps, change: (stack: AwsStack) => void = () => {}) =>
    (scope: App): void => {
      const stack = new AwsStack(scope, 'test', PLACE);
      install(stack, [storage({ efs: FILES, ...props })]);
      change(stack);
    };
  /** As releases before the trigger wrote it. */
  const withoutTrigger = (stack: AwsStack): void => {
    const { node } = stack.node.findChild('storage');
    node.tryRemoveChild('reclaim-policy');
    for (const name of ['gp3', 'efs']) (node.findChild(name) as TerraformResource).lifecycle = undefined;
  };

  test('replaces the classes under their names', async () => {
    const plan = await planStack(classes({ onRelease: 'delete' }), { baseline: classes({ onRelease: 'retain' }) });
    expect(plan).toPlan({ update: ['storage/reclaim-policy'], replace: ['storage/gp3', 'storage/efs'] });
    const { attributes } = plan.getResource('kubernetes_storage_class_v1', 'storage/gp3');
    expect(attributes).toMatchObject({
      reclaim_policy: 'Delete',
      metadata: [{ name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }],
    });
  });

  test('is not what a class of an earlier release is taken for', async () => {
    const plan = await planStack(classes({}), { baseline: classes({}, withoutTrigger) });
    expect(plan).toPlan({ create: ['storage/reclaim-policy'] });
  });

  test('a second plan is empty', async () => {
    const { created, destroyed } = await rehearse(synthesize(classes({})));
    expect(destroyed).toHaveLength(created.length);
  });
});
