import { AwsStack, type AwsStackProps } from '../../lib/core/aws-stack';
import { synthApp, type SynthesizedStack } from '../../lib/testing/synthesized-stack';

/** A stack named `test` in account 123456789012, eu-west-1, with the constructs that `build` adds. */
export function synthStack(build: (stack: AwsStack) => void, props: Partial<AwsStackProps> = {}): SynthesizedStack {
  const stacks = synthApp((app) => {
    build(new AwsStack(app, 'test', { account: '123456789012', region: 'eu-west-1', ...props }));
  });
  return stacks.get('test')!;
}

/** The full error message with which `build` is rejected. */
export function refusal(build: (stack: AwsStack) => void, props: Partial<AwsStackProps> = {}): string {
  try {
    synthStack(build, props);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was rejected');
}
