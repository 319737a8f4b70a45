import type { Block } from '../schema/schema';
import { isObject, UNKNOWN, type ObjectValue, type Value } from '../wire/values';
import type { PlanModifier } from './plan-change';
import type { ProviderContext } from './provider-context';

/** What the AWS provider plans for all its types: the region and the tags, which are known before apply. */
export function awsPlanModifier(context: ProviderContext): PlanModifier {
  return (block, planned, prior) => {
    if (!prior && planned['region'] === UNKNOWN && block.attributes['region']?.optional) {
      planned['region'] = context.region;
    }
    planAllTags(block, planned, prior, context);
  };
}

/** `tags_all` merges the provider's default tags and the resource's own. */
function planAllTags(
  block: Block,
  planned: Record<string, Value>,
  prior: ObjectValue | null,
  { defaultTags }: ProviderContext,
): void {
  if (!block.attributes['tags_all']?.computed || !block.attributes['tags']) return;
  const own = planned['tags'] ?? null;
  const all = { ...defaultTags, ...(isObject(own) ? own : {}) };
  const values = Object.values(all);
  if (own === UNKNOWN || values.includes(UNKNOWN)) planned['tags_all'] = UNKNOWN;
  else if (values.length > 0 || prior) planned['tags_all'] = all;
}
