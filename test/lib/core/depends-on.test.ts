import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import { dependsOn } from '../../../lib/core/depends-on';
import { synthStack } from '../../support/stack';

test('every resource of the dependent depends on each prerequisite once', () => {
  const stack = synthStack((scope) => {
    const [first, second] = [new SqsQueue(scope, 'first', {}), new SqsQueue(scope, 'second', {})];
    const dependent = new Construct(scope, 'dependent');
    new SqsQueue(dependent, 'a', {});
    new SqsQueue(dependent, 'b', {});
    dependsOn(dependent, first, second);
    dependsOn(dependent, second);
  });
  const [first, second] = [stack.getResource('aws_sqs_queue', 'first'), stack.getResource('aws_sqs_queue', 'second')];
  for (const path of ['dependent/a', 'dependent/b']) {
    expect(stack.getResource('aws_sqs_queue', path).attributes['depends_on']).toEqual([first.address, second.address]);
  }
  expect(stack.isAfter(first, second)).toBe(false);
});
