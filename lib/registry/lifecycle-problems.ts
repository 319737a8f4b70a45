import type { Problem } from '../core/check';
import { duplicates } from '../core/duplicates';
import type { LifecycleRule } from './lifecycle';

/**
 * Source: "Lifecycle policy properties",
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
const MAX_WILDCARDS = 4;
const TAG_PATTERN = /^[\w.*-]{1,128}$/;
/** Source: "Amazon ECR service quotas", https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const MAX_RULES = 50;

/** Finds what ECR would reject in a lifecycle policy, and what it would accept with an unintended effect. */
export function lifecycleProblems(rules: readonly LifecycleRule[]): readonly Problem[] {
  return [
    ...(rules.length > MAX_RULES
      ? [`lifecycle has ${rules.length} rules, ECR allows at most ${MAX_RULES}: merge patterns`]
      : []),
    ...duplicates(rules.map((rule) => `${rule.rulePriority}`)).map(
      (priority) => `lifecycle has several rules with rulePriority ${priority}: use unique priorities`,
    ),
    ...anyLast(rules),
    ...duplicates(rules.map(selector)).map(
      (selected) => `lifecycle has several rules for ${selected}, ECR allows only one: keep one of them`,
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
        `lifecycle has tagStatus 'any' at rulePriority ${rule.rulePriority}, before ${last}: use the highest rulePriority, since it matches every image`,
    );
}

function ruleProblems({ rulePriority, selection }: LifecycleRule): readonly Problem[] {
  const { tagStatus, countNumber, countType, countUnit } = selection;
  const patterns = tagsOf({ selection });
  const found: Problem[] = [];
  if (patterns.length > 1) {
    found.push({
      code: 'lifecycle-tags-anded',
      problem: `lifecycle rule ${rulePriority} selects ${patterns.join(', ')}, which matches only images that have all of these tags: use one rule per pattern`,
    });
  }
  if (tagStatus === 'tagged' && patterns.length === 0) {
    found.push(`lifecycle rule ${rulePriority} selects tagged images without a pattern: set tagPatternList`);
  }
  if (tagStatus !== 'tagged' && patterns.length > 0) {
    found.push(`lifecycle rule ${rulePriority} has patterns with tagStatus '${tagStatus}': use tagStatus 'tagged'`);
  }
  for (const pattern of patterns) {
    if (!TAG_PATTERN.test(pattern) || pattern.split('*').length - 1 > MAX_WILDCARDS) {
      found.push(
        `lifecycle pattern '${pattern}' is not a valid tag pattern: use 1 to 128 letters, digits and . _ - with at most ${MAX_WILDCARDS} *`,
      );
    }
  }
  if (!Number.isInteger(countNumber) || countNumber < 1) {
    const unit = countType === 'sinceImagePushed' ? 'days' : 'images';
    found.push(`lifecycle rule ${rulePriority} counts ${countNumber} ${unit}: use a whole number, at least 1`);
  }
  if ((countType === 'sinceImagePushed') !== (countUnit === 'days')) {
    found.push(
      `lifecycle rule ${rulePriority} has countType '${countType}' ${countUnit ? `with countUnit '${countUnit}'` : 'without countUnit'}: use countUnit 'days' with sinceImagePushed only`,
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
