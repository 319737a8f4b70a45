import { Token, type TerraformResource } from 'cdktf';
import { awsContext } from './aws-context';
import type { Problem } from './check';
import { perApp } from './claims';

/** Within what AWS allows a name once. */
type NameScope = 'account and region' | 'account' | 'partition';

/** Types whose names are unique in AWS. Sources: the "Create" action of each in its API reference. */
const UNIQUE_NAMES: Readonly<Record<string, NameScope>> = {
  aws_autoscaling_group: 'account and region',
  aws_cloudwatch_event_rule: 'account and region',
  aws_cloudwatch_log_group: 'account and region',
  aws_ecr_repository: 'account and region',
  aws_eks_cluster: 'account and region',
  aws_iam_instance_profile: 'account',
  aws_iam_policy: 'account',
  aws_iam_role: 'account',
  aws_kms_alias: 'account and region',
  aws_launch_template: 'account and region',
  aws_lb: 'account and region',
  aws_lb_target_group: 'account and region',
  aws_s3_bucket: 'partition',
  aws_sqs_queue: 'account and region',
  aws_wafv2_web_acl: 'account and region',
};

/** Paths of resources by type and name, and by what the name is unique in. */
const owners = perApp(() => new Map<string, string>());

/**
 * Names that two resources of the app would have in AWS: two environments' names may meet once they are joined with the
 * names of their parts. Names that are known after apply are not compared, nor are those of other providers.
 */
export function uniqueNameProblems(resources: readonly TerraformResource[]): readonly Problem[] {
  return resources.map(nameProblem);
}

function nameProblem(resource: TerraformResource): Problem {
  const type = resource.terraformResourceType;
  const scope = UNIQUE_NAMES[type];
  if (!scope || resource.provider) return false;
  const name = nameOf(resource);
  if (name === undefined) return false;
  const known = owners(resource);
  const key = [type, ...placeOf(resource, scope), name].join(' ');
  const { path } = resource.node;
  const owner = known.get(key) ?? path;
  known.set(key, owner);
  return (
    owner !== path &&
    `${type} '${name}' of ${path} is also the name of ${owner}, which AWS allows once per ${scope}: rename one of them, such as its environment or node group`
  );
}

function placeOf(resource: TerraformResource, scope: NameScope): readonly string[] {
  const { partition, account, region } = awsContext(resource);
  if (scope === 'partition') return [partition];
  if (scope === 'account') return [account];
  return [account, attribute(resource, 'region') ?? region];
}

function nameOf(resource: TerraformResource): string | undefined {
  return attribute(resource, resource.terraformResourceType === 'aws_s3_bucket' ? 'bucket' : 'name');
}

/** A literal value: an override, or that of the provider's class or of a `LightResource`. */
function attribute(resource: TerraformResource, name: 'bucket' | 'name' | 'region'): string | undefined {
  const { rawOverrides, config, ...given } = readable(resource);
  const value = rawOverrides?.[name] ?? given[`${name}Input`] ?? config?.[name];
  return typeof value === 'string' && !Token.isUnresolved(value) && !value.includes('${') ? value : undefined;
}

interface Readable {
  /** Protected, but what `addOverride` changes. */
  readonly rawOverrides?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly bucketInput?: unknown;
  readonly nameInput?: unknown;
  readonly regionInput?: unknown;
}

function readable(resource: TerraformResource): Readable {
  const { rawOverrides, config, bucketInput, nameInput, regionInput } = resource as unknown as Readable;
  return { rawOverrides, config, bucketInput, nameInput, regionInput };
}
