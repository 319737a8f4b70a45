import type { Problem } from '../core/check';

/**
 * What is to become of images, by their tags. Patterns may hold `*`. The order of intents does not matter where their
 * kinds differ: what keeps always beats what expires.
 */
export type LifecycleIntent =
  | { readonly kind: 'keep-all'; readonly tagPatterns: readonly string[] }
  | { readonly kind: 'keep-last'; readonly tagPatterns: readonly string[]; readonly count: number }
  | { readonly kind: 'expire'; readonly tagPatterns: readonly string[]; readonly days: number }
  | { readonly kind: 'expire-untagged'; readonly days: number }
  | { readonly kind: 'expire-rest'; readonly days: number };

/** Never expires an image with such a tag, whatever else it is tagged. */
export function keepAll(...tagPatterns: readonly string[]): LifecycleIntent {
  return { kind: 'keep-all', tagPatterns };
}

/** Keeps the newest `count` images of each pattern, and expires the older ones. */
export function keepLast(count: number, ...tagPatterns: readonly string[]): LifecycleIntent {
  return { kind: 'keep-last', tagPatterns, count };
}

/** Expires images with such a tag so many days after they were pushed. */
export function expireAfterDays(days: number, ...tagPatterns: readonly string[]): LifecycleIntent {
  return { kind: 'expire', tagPatterns, days };
}

/** Expires what a moved tag or a deleted index left behind. The parts of a tagged multi-platform image stay with it. */
export function expireUntaggedAfterDays(days: number): LifecycleIntent {
  return { kind: 'expire-untagged', days };
}

/** Expires every image that no other intent speaks of. */
export function expireRestAfterDays(days: number): LifecycleIntent {
  return { kind: 'expire-rest', days };
}

/** A rule as ECR has it: "Lifecycle policy properties", Amazon ECR User Guide. */
export interface LifecycleRule {
  /** The lowest acts first. */
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

/**
 * An image that an earlier rule matches cannot be expired by a later one: so what keeps comes first, the strongest
 * foremost, and ECR wants the rule for any image last.
 */
const ORDER: readonly LifecycleIntent['kind'][] = ['keep-all', 'keep-last', 'expire', 'expire-untagged', 'expire-rest'];

/** More than a repository can hold: ECR knows no rule that only keeps. */
const ALL = 999_999;

/** ECR's rules for the intents; the patterns of one rule are ANDed, so each has a rule of its own. */
export function planLifecycle(intents: readonly LifecycleIntent[]): LifecycleRule[] {
  return [...intents]
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .flatMap(rulesOf)
    .map((rule, index) => ({ rulePriority: index + 1, ...rule, action: { type: 'expire' } }));
}

/** The document that ECR takes. */
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

/** Says what is wrong with intents that would make no rule. */
export function intentProblems(intents: readonly LifecycleIntent[]): readonly Problem[] {
  return intents.map(
    (intent) =>
      'tagPatterns' in intent &&
      intent.tagPatterns.length === 0 &&
      `lifecycle has a ${intent.kind} without a tag pattern: name at least one, such as 'v*'`,
  );
}
