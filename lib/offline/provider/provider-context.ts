import { canonical, isObject, isList, type ObjectValue, type Value } from '../wire/values';

/** The parts of a provider's configuration that computed values depend on. */
export interface ProviderContext {
  readonly account: string;
  /** Differs if the account may differ: providers that assume different roles, and name no account, may use two. */
  readonly accountKey: string;
  readonly region: string;
  readonly partition: string;
  readonly dnsSuffix: string;
  /** Which Kubernetes cluster is configured; undefined if the configuration does not tell. */
  readonly cluster?: string;
  /** Tags of every resource, from `default_tags`. */
  readonly defaultTags: Readonly<Record<string, Value>>;
}

/** AWS's documentation example, used if the configuration names no account. */
const EXAMPLE_ACCOUNT = '123456789012';
/** The default region of AWS's own tools. */
const FALLBACK_REGION = 'us-east-1';

/** The arguments that decide in which account the AWS provider works. */
const IDENTIFYING = ['access_key', 'assume_role', 'assume_role_with_web_identity', 'profile'];

/** Reads a provider block; unknown values count as not set. */
export function providerContext(config: Value): ProviderContext {
  const block = isObject(config) ? config : {};
  const region = text(block['region']) ?? FALLBACK_REGION;
  const accounts = block['allowed_account_ids'];
  const account = isList(accounts) ? text(accounts[0]) : undefined;
  const cluster = text(block['host']) ?? text(block['config_context']) ?? text(block['config_path']);
  return {
    account: account ?? EXAMPLE_ACCOUNT,
    accountKey: account ?? canonical(IDENTIFYING.map((name) => block[name] ?? null)),
    region,
    ...partitionOf(region),
    ...(cluster !== undefined && { cluster }),
    defaultTags: defaultTags(block),
  };
}

function defaultTags(block: ObjectValue): Readonly<Record<string, Value>> {
  const blocks = block['default_tags'];
  const first = isList(blocks) ? blocks[0] : undefined;
  const tags = isObject(first) ? first['tags'] : undefined;
  return isObject(tags) ? tags : {};
}

function partitionOf(region: string): Pick<ProviderContext, 'partition' | 'dnsSuffix'> {
  if (region.startsWith('cn-')) return { partition: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' };
  if (region.startsWith('us-gov-')) return { partition: 'aws-us-gov', dnsSuffix: 'amazonaws.com' };
  return { partition: 'aws', dnsSuffix: 'amazonaws.com' };
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
