import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Fn, TerraformStack, Testing, Token } from 'cdktf';
import { Construct } from 'constructs';
import { literalText } from '../../../lib/core/literal-text';

class Queue extends Construct {
  readonly queue: SqsQueue;

  constructor(scope: Construct, text: string, literal: boolean) {
    super(scope, 'queue');
    if (literal) literalText(this);
    this.queue = new SqsQueue(new Construct(this, 'group'), 'queue', { name: text, tags: { [text]: text } });
  }
}

test.each<{ of: string; text: string; literal?: boolean; written: string }>([
  { of: 'a policy variable', text: '${aws:PrincipalTag/team}', written: '$${aws:PrincipalTag/team}' },
  { of: 'an SPF macro', text: 'exists:%{i}._spf', written: 'exists:%%{i}._spf' },
  { of: 'text that is escaped already', text: '$${x}', written: '$$${x}' },
  { of: 'JSON', text: '{"a":{"b":"100%"}}', written: '{"a":{"b":"100%"}}' },
  { of: 'a reference', text: Token.asString({ resolve: () => '${aws_vpc.a.id}' }), written: '${aws_vpc.a.id}' },
  { of: 'an expression', text: `${Fn.lower('A')} \${x}`, written: '${lower("A")} $${x}' },
  { of: 'resources of other constructs', text: '${aws_vpc.a.id}', literal: false, written: '${aws_vpc.a.id}' },
])('$of', ({ text, literal = true, written }) => {
  const stack = new TerraformStack(Testing.app(), 'test');
  const { queue } = new Queue(stack, text, literal);
  queue.addOverride('delay_seconds', '${var.delay}');
  const synthesized = () =>
    (JSON.parse(Testing.synth(stack)) as { resource: { aws_sqs_queue: Record<string, unknown> } }).resource;
  const expected = [{ name: written, tags: { [written]: written }, delay_seconds: '${var.delay}' }];
  expect(Object.values(synthesized().aws_sqs_queue)).toEqual(expected);
  expect(Object.values(synthesized().aws_sqs_queue)).toEqual(expected);
});

test('a group of resources is literal by itself, such as the half of an add-on', () => {
  const stack = new TerraformStack(Testing.app(), 'test');
  const half = new Construct(stack, 'half');
  literalText(half);
  new SqsQueue(new Construct(half, 'group'), 'inner', { name: '${inner}' });
  new SqsQueue(new Construct(stack, 'other'), 'outer', { name: '${outer}' });
  expect(Testing.synth(stack)).toContain('"name": "$${inner}"');
  expect(Testing.synth(stack)).toContain('"name": "${outer}"');
});

test('resources that users add to a stack are not changed', () => {
  const stack = new TerraformStack(Testing.app(), 'test');
  new Queue(stack, 'a', true);
  new SqsQueue(stack, 'mine', { name: '${var.name}' });
  expect(Testing.synth(stack)).toContain('"name": "${var.name}"');
});
