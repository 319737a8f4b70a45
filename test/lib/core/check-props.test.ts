import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import { checkOptions, checkProps } from '../../../lib/core/check-props';
import { integer, object, optional, text } from '../../../lib/core/shape';
import { refusal, synthStack } from '../../support/stack';

interface QueueProps {
  readonly name: string;
  readonly size?: number;
}
const QUEUE_PROPS = object<QueueProps>({ name: text(), size: optional(integer) });

class Queue extends Construct {
  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    checkProps(this, props, QUEUE_PROPS);
    new SqsQueue(this, 'queue', { name: props.name });
  }
}

const two = "2 problems\n  - unknown property 'names': did you mean 'name'?\n  - name is required: a string";

test('props of a construct: all problems at once, and literal text', () => {
  expect(refusal((stack) => void new Queue(stack, 'queue', { names: 'a' } as never))).toBe(`test/queue: ${two}`);
  const stack = synthStack((scope) => void new Queue(scope, 'queue', { name: '${a}' }));
  expect(stack.getResource('aws_sqs_queue').attributes['name']).toBe('$${a}');
});

describe('options of a function', () => {
  const small = ({ name, size = 1 }: QueueProps) => [
    size > 9 && `size of ${name} must be at most 9, got ${size}`,
    name.startsWith('x') && 'name must not start with x',
  ];

  test.each<{ options: unknown; message: string }>([
    { options: null, message: 'queue: the value must be an object, got null' },
    { options: { names: 'a' }, message: `queue: ${two}` },
    {
      options: { name: 'xa', size: 10 },
      message: 'queue: 2 problems\n  - size of xa must be at most 9, got 10\n  - name must not start with x',
    },
  ])('$options', ({ options, message }) => {
    expect(() => checkOptions('queue', options as QueueProps, QUEUE_PROPS, small)).toThrow(new Error(message));
  });

  test.each<QueueProps>([{ name: 'a' }, { name: 'a', size: 0 }])('$name is accepted', (options) => {
    expect(() => checkOptions('queue', options, QUEUE_PROPS, small)).not.toThrow();
  });
});
