import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import type { App } from 'cdktf';
import { acknowledge } from '../../../lib/core/acknowledge';
import { AwsStack } from '../../../lib/core/aws-stack';
import { offlinePlan, offlineRehearsal } from '../../../lib/offline';
import { describeWithTerraform, PLACE, removeSynthesized, synthesize } from './support/app';

jest.setTimeout(60_000);
afterAll(removeSynthesized);

/** Above the limit for a state in a file, with a stack that reads the state. */
const QUEUES = 320;

function app(visibilitySeconds: number) {
  return (root: App): void => {
    acknowledge(root, 'cross-stack-reference', 'the subject of the test');
    const large = new AwsStack(root, 'large', PLACE);
    const queues = Array.from(
      { length: QUEUES },
      (_, index) =>
        new SqsQueue(large, `queue-${index}`, { name: `queue-${index}`, visibilityTimeoutSeconds: visibilitySeconds }),
    );
    const reader = new AwsStack(root, 'reader', PLACE);
    new SqsQueuePolicy(reader, 'policy', { queueUrl: queues[0]!.url, policy: '{}' });
  };
}

describeWithTerraform('a state of many resources', () => {
  test('is applied, found unchanged and destroyed', async () => {
    const { ok, steps } = await offlineRehearsal({ stacksDir: synthesize(app(30)) });
    expect(steps.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(ok).toBe(true);
    const counts = steps.map(({ stack, stage, order }) => `${stage} ${stack} ${order.length}`);
    expect(counts.filter((text) => /^(apply|destroy)/.test(text))).toEqual([
      `apply large ${QUEUES}`,
      'apply reader 1',
      'destroy reader 1',
      `destroy large ${QUEUES}`,
    ]);
  });

  test('is the baseline of another version', async () => {
    const { ok, stacks } = await offlinePlan({ stacksDir: synthesize(app(60)), baseline: synthesize(app(30)) });
    expect(ok).toBe(true);
    const actions = stacks.map(({ name, resources }) => [
      name,
      [...new Set(resources.filter(({ mode }) => mode === 'managed').map((one) => one.actions.join()))],
    ]);
    expect(actions).toEqual([
      ['large', ['update']],
      ['reader', ['no-op']],
    ]);
  });
});
