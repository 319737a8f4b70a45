import type { IConstruct } from 'constructs';
import { check, ValidationError } from './check';
import { IAM_SETTINGS, iamSettingsProblems, type IamSettings } from './iam-settings';
import { isRecord } from './record';
import { object, optional, shapeProblems, text } from './shape';
import { TAGS } from './tag-shape';

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

export const AWS_CONTEXT_PROPS = object<AwsContextProps>({
  account: text("a string of twelve digits, such as '123456789012'", /^\d{12}$/),
  region: text('an AWS region, such as eu-west-1', REGION),
  tags: optional(TAGS),
  iam: optional(IAM_SETTINGS),
});

/** Sets the AWS context of the constructs below `stack`. `AwsStack` does so; other stack classes call this first. */
export function provideAwsContext(stack: IConstruct, props: AwsContextProps): AwsContext {
  check(stack, ...shapeProblems(withoutDerived(props), AWS_CONTEXT_PROPS));
  const { account, region, tags = {}, iam = {} } = props;
  check(stack, ...iamSettingsProblems('iam', iam, account));
  const context: AwsContext = { account, region, tags, iam, ...partitionOf(region) };
  stack.node.setContext(CONTEXT, context);
  return context;
}

/** The context of another stack may be passed as props: what is derived from its region is not read. */
export function withoutDerived<P extends AwsContextProps>(props: P): P {
  if (!isRecord(props)) return props;
  const { partition: _, dnsSuffix: __, ...given } = props as P & Partial<AwsContext>;
  return given as unknown as P;
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
