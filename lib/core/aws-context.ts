import type { IConstruct } from 'constructs';
import { ValidationError } from './check';

const CONTEXT = 'quayside:aws';

/** Source: "Regions and Zones"; every region's code has this form. */
export const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/** Where a stack's resources live: inputs, never looked up. */
export interface AwsContext {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** Tags of every resource. The provider sets them; constructs repeat them where the provider does not reach. */
  readonly tags: Readonly<Record<string, string>>;
  /** `aws`, `aws-cn` or `aws-us-gov`: the second field of every ARN. */
  readonly partition: string;
  /** The suffix of service host names and of some service principals. */
  readonly dnsSuffix: string;
}

export interface AwsContextProps {
  readonly account: string;
  readonly region: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Tells the constructs below `stack` where they live. `AwsStack` does it; a stack of another class calls it first. */
export function provideAwsContext(stack: IConstruct, { account, region, tags = {} }: AwsContextProps): AwsContext {
  const context: AwsContext = { account, region, tags, ...partitionOf(region) };
  stack.node.setContext(CONTEXT, context);
  return context;
}

/** Account, region, partition and tags of the stack that `scope` is in. */
export function awsContext(scope: IConstruct): AwsContext {
  const context = scope.node.tryGetContext(CONTEXT) as AwsContext | undefined;
  if (context) return context;
  throw new ValidationError(scope.node.path, [
    'account and region are not known here: make the stack an AwsStack, or call provideAwsContext(this, { account, region }) first in its constructor',
  ]);
}

/** Source: "Amazon Resource Names" in the AWS General Reference. */
function partitionOf(region: string): Pick<AwsContext, 'partition' | 'dnsSuffix'> {
  if (region.startsWith('cn-')) return { partition: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' };
  if (region.startsWith('us-gov-')) return { partition: 'aws-us-gov', dnsSuffix: 'amazonaws.com' };
  return { partition: 'aws', dnsSuffix: 'amazonaws.com' };
}
