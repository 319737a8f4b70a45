import type { Problem } from '../core/check';
import { list, object, oneOf, optional, text, union, wholeNumber } from '../core/shape';

/**
 * Which images to keep or to expire, by tag. Patterns may contain `*`. Order matters only between intents of the same
 * kind: keeping always takes precedence over expiring.
 */
export type LifecycleIntent =
  | { readonly kind: 'keep-all'; readonly tagPatterns: readonly string[] }
  | { readonly kind: 'keep-last'; readonly tagPatterns: readonly string[]; readonly count: number }
  | { readonly kind: 'expire'; readonly tagPatterns: readonly string[]; readonly days: number }
  | { readonly kind: 'expire-untagged'; readonly days: number }
  | { readonly kind: 'expire-rest'; readonly days: number };

type Intent<Kind extends LifecycleIntent['kind']> = Extract<LifecycleIntent, { readonly kind: Kind }>;

const PATTERNS = list(text());
const AT_LEAST_ONE = wholeNumber(1);

export const LIFECYCLE_INTENT = union<LifecycleIntent, 'kind'>('kind', {
  'keep-all': object<Intent<'keep-all'>>({ kind: oneOf('keep-all'), tagPatterns: PATTERNS }),
  'keep-last': object<Intent<'keep-last'>>({ kind: oneOf('keep-last'), tagPatterns: PATTERNS, count: AT_LEAST_ONE }),
  expire: object<Intent<'expire'>>({ kind: oneOf('expire'), tagPatterns: PATTERNS, days: AT_LEAST_ONE }),
  'expire-untagged': object<Intent<'expire-untagged'>>({ kind: oneOf('expire-untagged'), days: AT_LEAST_ONE }),
  'expire-rest': object<Intent<'expire-rest'>>({ kind: oneOf('expire-rest'), days: AT_LEAST_ONE }),
});

/** Never expires an image with a matching tag, regardless of its other tags. */
export function keepAll(...tagPatterns: readonly string[]): LifecycleIntent {
  return { kind: 'keep-all', tagPatterns };
}

/** Keeps the newest `count` images per pattern and expires older ones. */
export function keepLast(count: number, ...tagPatterns: readonly string[]): LifecycleIntent {
  return { kind: 'keep-last', tagPatterns, count };
}

/** Expires images with a matching tag `days` days after they were pushed. */
export function expireAfterDays(days: number, ...tagPatterns: readonly string[]): LifecycleIntent {
  return { kind: 'expire', tagPatterns, days };
}

/** Expires images that lost their tag or index. The parts of a tagged multi-platform image are kept with it. */
export function expireUntaggedAfterDays(days: number): LifecycleIntent {
  return { kind: 'expire-untagged', days };
}

/** Expires every image that no other intent matches. */
export function expireRestAfterDays(days: number): LifecycleIntent {
  return { kind: 'expire-rest', days };
}

/**
 * A native ECR rule. Source: "Lifecycle policy properties",
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export interface LifecycleRule {
  /** Rules are evaluated from the lowest to the highest. */
  readonly rulePriority: number;
  readonly description?: string;
  readonly selection: LifecycleSelection;
  readonly action: { readonly type: 'expire' };
}

export interface LifecycleSelection {
  readonly tagStatus: 'tagged' | 'untagged' | 'any';
  readonly tagPatternList?: readonly string[];
  readonly tagPrefixList?: readonly string[];
  readonly countType: 'imageCountMoreThan' | 'sinceImagePushed';
  readonly countUnit?: 'days';
  readonly countNumber: number;
}

export const LIFECYCLE_RULE = object<LifecycleRule>({
  rulePriority: AT_LEAST_ONE,
  description: optional(text()),
  selection: object<LifecycleSelection>({
    tagStatus: oneOf('tagged', 'untagged', 'any'),
    tagPatternList: optional(PATTERNS),
    tagPrefixList: optional(PATTERNS),
    countType: oneOf('imageCountMoreThan', 'sinceImagePushed'),
    countUnit: optional(oneOf('days')),
    countNumber: AT_LEAST_ONE,
  }),
  action: object<LifecycleRule['action']>({ type: oneOf('expire') }),
});

/**
 * An image that an earlier rule matches cannot be expired by a later one: rules that keep images come first, the
 * strongest at the top, and ECR requires the rule for any image to be last.
 */
const ORDER: readonly LifecycleIntent['kind'][] = ['keep-all', 'keep-last', 'expire', 'expire-untagged', 'expire-rest'];

/** More images than a repository can hold: ECR has no rule that only keeps images. */
const ALL = 999_999;

/** ECR's rules for the intents; patterns within a rule are ANDed, so each pattern gets its own rule. */
export function planLifecycle(intents: readonly LifecycleIntent[]): LifecycleRule[] {
  return [...intents]
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .flatMap(rulesOf)
    .map((rule, index) => ({ rulePriority: index + 1, ...rule, action: { type: 'expire' } }));
}

/** The policy document for ECR. */
export function lifecyclePolicy(rules: readonly LifecycleRule[]): string {
  return JSON.stringify({ rules });
}

type Plan = Pick<LifecycleRule, 'description' | 'selection'>;

function rulesOf(intent: LifecycleIntent): Plan[] {
  switch (intent.kind) {
    case 'keep-all':
      return intent.tagPatterns.map((pattern) => ({
        description: `keep all ${pattern}`,
        selection: { ...tagged(pattern), ...newerThan(ALL) },
      }));
    case 'keep-last':
      return intent.tagPatterns.map((pattern) => ({
        description: `keep the last ${intent.count} ${pattern}`,
        selection: { ...tagged(pattern), ...newerThan(intent.count) },
      }));
    case 'expire':
      return intent.tagPatterns.map((pattern) => ({
        description: `expire ${pattern} after ${intent.days} days`,
        selection: { ...tagged(pattern), ...olderThan(intent.days) },
      }));
    case 'expire-untagged':
      return [
        {
          description: `expire untagged images after ${intent.days} days`,
          selection: { tagStatus: 'untagged', ...olderThan(intent.days) },
        },
      ];
    case 'expire-rest':
      return [
        {
          description: `expire all others after ${intent.days} days`,
          selection: { tagStatus: 'any', ...olderThan(intent.days) },
        },
      ];
  }
}

function tagged(pattern: string) {
  return { tagStatus: 'tagged', tagPatternList: [pattern] } as const;
}

function newerThan(countNumber: number) {
  return { countType: 'imageCountMoreThan', countNumber } as const;
}

function olderThan(countNumber: number) {
  return { countType: 'sinceImagePushed', countUnit: 'days', countNumber } as const;
}

/** Rejects intents that would create no rule. */
export function intentProblems(intents: readonly LifecycleIntent[]): readonly Problem[] {
  return intents.map(
    (intent) =>
      'tagPatterns' in intent &&
      intent.tagPatterns.length === 0 &&
      `lifecycle has a ${intent.kind} without a tag pattern: give at least one, such as 'v*'`,
  );
}
