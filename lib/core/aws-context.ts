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
  /** `aws`, or one such as `aws-cn`: the second field of every ARN. */
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
  const context: AwsContext = { account, region, tags, iam, ...partitionOf(region) };
  check(stack, ...iamSettingsProblems('iam', iam, context));
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
 * Partitions besides `aws`, by the start of their regions. Source: `partitions.json` of botocore,
 * https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
const PARTITIONS = {
  'cn-': { partition: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' },
  'us-gov-': { partition: 'aws-us-gov', dnsSuffix: 'amazonaws.com' },
  'us-iso-': { partition: 'aws-iso', dnsSuffix: 'c2s.ic.gov' },
  'us-isob-': { partition: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov' },
  'eu-isoe-': { partition: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk' },
  'us-isof-': { partition: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov' },
  'eusc-': { partition: 'aws-eusc', dnsSuffix: 'amazonaws.eu' },
} as const;

export function partitionOf(region: string): Pick<AwsContext, 'partition' | 'dnsSuffix'> {
  const other = Object.entries(PARTITIONS).find(([start]) => region.startsWith(start));
  return other?.[1] ?? { partition: 'aws', dnsSuffix: 'amazonaws.com' };
}
