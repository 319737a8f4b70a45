import { Token, type TerraformResource } from 'cdktf';
import type { Problem } from './check';
import { isRecord } from './record';

/** Source: "Tag naming limits and requirements", AWS Tagging Best Practices. */
const MAX_TAGS = 50;

/** Resources of a stack with more tags than AWS allows: the stack's, this library's and their own. */
export function tagLimitProblems(
  resources: readonly TerraformResource[],
  tags: Readonly<Record<string, string>>,
): readonly Problem[] {
  return resources.map((resource) => {
    const count = tagCount(resource, Object.keys(tags));
    const own = isAutoScalingGroup(resource) ? 'the labels and taints of the node group' : 'those of the resource';
    return (
      count > MAX_TAGS &&
      `${resource.node.path} would have ${count} tags, AWS allows at most ${MAX_TAGS}: use ${count - MAX_TAGS} fewer in tags of the stack, or in ${own}`
    );
  });
}

interface Tagged {
  readonly tagsInput?: unknown;
  /** Of an Auto Scaling group, which gets no default tags. */
  readonly tagInput?: unknown;
  /** Of what a launch template launches, which gets no default tags either. */
  readonly tagSpecificationsInput?: unknown;
  readonly config?: Readonly<Record<string, unknown>>;
}

function isAutoScalingGroup(resource: TerraformResource): boolean {
  return Array.isArray((resource as unknown as Tagged).tagInput);
}

function tagCount(resource: TerraformResource, defaultTags: readonly string[]): number {
  const { tagsInput, tagInput, tagSpecificationsInput, config } = resource as unknown as Tagged;
  if (Array.isArray(tagInput)) return tagInput.length;
  const launched = Array.isArray(tagSpecificationsInput) ? tagSpecificationsInput : [];
  return Math.max(
    tagKeys(tagsInput ?? config?.['tags'], defaultTags),
    ...launched.map((specification: unknown) => tagKeys(isRecord(specification) && specification['tags'], [])),
  );
}

function tagKeys(tags: unknown, others: readonly string[]): number {
  return isRecord(tags) && !Token.isUnresolved(tags) ? new Set([...others, ...Object.keys(tags)]).size : 0;
}
