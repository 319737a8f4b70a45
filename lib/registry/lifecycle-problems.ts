import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import type { LifecycleRule } from './lifecycle';

/** Source: "Lifecycle policy properties", Amazon ECR User Guide. */
const MAX_WILDCARDS = 4;
const TAG_PATTERN = /^[\w.*-]{1,128}$/;
/** Source: "Amazon ECR service quotas". */
const MAX_RULES = 50;

/** Says what ECR would refuse in a lifecycle policy, and what it would take but not as meant. */
export function lifecycleProblems(rules: readonly LifecycleRule[]): readonly Problem[] {
  return [
    ...(rules.length > MAX_RULES
      ? [`lifecycle has ${rules.length} rules, ECR takes ${MAX_RULES}: merge patterns`]
      : []),
    ...duplicates(rules.map((rule) => `${rule.rulePriority}`)).map(
      (priority) => `lifecycle has several rules of rulePriority ${priority}: give each its own`,
    ),
    ...anyLast(rules),
    ...duplicates(rules.map(selector)).map(
      (selected) => `lifecycle has several rules for ${selected}, ECR takes one: keep one of them`,
    ),
    ...rules.flatMap(ruleProblems),
  ];
}

function anyLast(rules: readonly LifecycleRule[]): readonly Problem[] {
  const last = Math.max(...rules.map((rule) => rule.rulePriority));
  return rules
    .filter((rule) => rule.selection.tagStatus === 'any' && rule.rulePriority < last)
    .map(
      (rule) =>
        `lifecycle has tagStatus 'any' at rulePriority ${rule.rulePriority} before ${last}: give it the highest, since it matches every image`,
    );
}

function ruleProblems({ rulePriority, selection }: LifecycleRule): readonly Problem[] {
  const { tagStatus, countNumber, countType, countUnit } = selection;
  const patterns = tagsOf({ selection });
  const found: Problem[] = [];
  if (patterns.length > 1) {
    found.push({
      code: 'lifecycle-tags-anded',
      problem: `lifecycle rule ${rulePriority} selects ${patterns.join(', ')}, which ECR matches only with images that have all of them: write a rule for each`,
    });
  }
  if (tagStatus === 'tagged' && patterns.length === 0) {
    found.push(`lifecycle rule ${rulePriority} selects tagged images without a pattern: give tagPatternList`);
  }
  if (tagStatus !== 'tagged' && patterns.length > 0) {
    found.push(`lifecycle rule ${rulePriority} has patterns with tagStatus '${tagStatus}': say 'tagged'`);
  }
  for (const pattern of patterns) {
    if (!TAG_PATTERN.test(pattern) || pattern.split('*').length - 1 > MAX_WILDCARDS) {
      found.push(
        `lifecycle pattern '${pattern}' is none: write 1 to 128 letters, digits and . _ - with at most ${MAX_WILDCARDS} times *`,
      );
    }
  }
  if (!Number.isInteger(countNumber) || countNumber < 1) {
    const unit = countType === 'sinceImagePushed' ? 'days' : 'images';
    found.push(`lifecycle rule ${rulePriority} counts ${countNumber} ${unit}: write a whole number, at least 1`);
  }
  if ((countType === 'sinceImagePushed') !== (countUnit === 'days')) {
    found.push(
      `lifecycle rule ${rulePriority} has countType '${countType}': countUnit 'days' goes with sinceImagePushed`,
    );
  }
  return found;
}

function tagsOf({ selection }: Pick<LifecycleRule, 'selection'>): string[] {
  return [...(selection.tagPatternList ?? []), ...(selection.tagPrefixList ?? []).map((prefix) => `${prefix}*`)];
}

function selector(rule: LifecycleRule): string {
  return rule.selection.tagStatus === 'tagged'
    ? `tag pattern ${[...tagsOf(rule)].sort().join(' and ')}`
    : `${rule.selection.tagStatus} images`;
}
