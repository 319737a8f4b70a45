import type { IConstruct } from 'constructs';
import { check, ValidationError } from './check';
import { iamSettingsProblems, type IamSettings } from './iam-settings';

const CONTEXT = 'quayside:aws';

/**
 * The form of every region code.
 * Source: "Regions and Zones",
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
 */
export const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/** Account, region and tags of a stack: inputs, never looked up. */
export interface AwsContext {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** Tags of every resource. Constructs repeat them where the provider's default tags do not apply. */
  readonly tags: Readonly<Record<string, string>>;
  /** Of every IAM role. */
  readonly iam: IamSettings;
  /** `aws`, `aws-cn` or `aws-us-gov`: the second field of every ARN. */
  readonly partition: string;
  /** The suffix of service hostnames and of some service principals. */
  readonly dnsSuffix: string;
}

export interface AwsContextProps {
  readonly account: string;
  readonly region: string;
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Permissions boundary and path of every IAM role in the stack.
   * @default none
   */
  readonly iam?: IamSettings;
}

/** Sets the AWS context of the constructs below `stack`. `AwsStack` does so; other stack classes call this first. */
export function provideAwsContext(
  stack: IConstruct,
  { account, region, tags = {}, iam = {} }: AwsContextProps,
): AwsContext {
  check(stack, ...iamSettingsProblems('iam', iam, account));
  const context: AwsContext = { account, region, tags, iam, ...partitionOf(region) };
  stack.node.setContext(CONTEXT, context);
  return context;
}

/** Account, region, partition and tags of the stack of `scope`. */
export function awsContext(scope: IConstruct): AwsContext {
  const context = scope.node.tryGetContext(CONTEXT) as AwsContext | undefined;
  if (context) return context;
  throw new ValidationError(scope.node.path, [
    'account and region are not set: extend AwsStack, or call provideAwsContext(this, { account, region }) first in the constructor of the stack',
  ]);
}

/**
 * Source: "Identify AWS resources with Amazon Resource Names (ARNs)",
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOf(region: string): Pick<AwsContext, 'partition' | 'dnsSuffix'> {
  if (region.startsWith('cn-')) return { partition: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' };
  if (region.startsWith('us-gov-')) return { partition: 'aws-us-gov', dnsSuffix: 'amazonaws.com' };
  return { partition: 'aws', dnsSuffix: 'amazonaws.com' };
}
