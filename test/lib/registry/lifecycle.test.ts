import * as fc from 'fast-check';
import {
  expireAfterDays,
  expireRestAfterDays,
  expireUntaggedAfterDays,
  keepAll,
  keepLast,
  planLifecycle,
  type LifecycleIntent,
  type LifecycleRule,
} from '../../../lib/registry/lifecycle';
import { lifecycleProblems } from '../../../lib/registry/lifecycle-problems';

interface Image {
  readonly tags: readonly string[];
  readonly ageDays: number;
}

/** ECR's evaluation as in its user guide: an image that a rule matches is excluded from all later rules. */
function expired(rules: readonly LifecycleRule[], images: readonly Image[]): Set<Image> {
  const expiredImages = new Set<Image>();
  const claimed = new Set<Image>();
  for (const { selection } of [...rules].sort((a, b) => a.rulePriority - b.rulePriority)) {
    const matched = images
      .filter((image) => selects(selection, image))
      .sort((newer, older) => newer.ageDays - older.ageDays);
    matched
      .filter((image, rank) =>
        selection.countType === 'imageCountMoreThan'
          ? rank >= selection.countNumber
          : image.ageDays > selection.countNumber,
      )
      .filter((image) => !claimed.has(image))
      .forEach((image) => expiredImages.add(image));
    matched.forEach((image) => claimed.add(image));
  }
  return expiredImages;
}

function selects({ tagStatus, tagPatternList = [] }: LifecycleRule['selection'], { tags }: Image): boolean {
  if (tagStatus === 'any') return true;
  if (tagStatus === 'untagged') return tags.length === 0;
  return tagPatternList.every((pattern) => tags.some((tag) => matches(pattern, tag)));
}

function matches(pattern: string, tag: string): boolean {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(tag);
}

const tag = fc.constantFrom('production', 'production-1', 'v1', 'v2', 'pr-1', 'pr-2', 'main');
const images = fc.array(
  fc.record({ tags: fc.uniqueArray(tag, { maxLength: 3 }), ageDays: fc.integer({ min: 0, max: 60 }) }),
  { maxLength: 12 },
);
const intents: readonly LifecycleIntent[] = [
  expireRestAfterDays(30),
  expireUntaggedAfterDays(7),
  expireAfterDays(14, 'pr-*'),
  keepLast(2, 'v*'),
  keepAll('production*'),
];
const shuffled = fc.shuffledSubarray([...intents], { minLength: intents.length });

describe('keep production, expire pull-request builds after 14 days', () => {
  const rules = planLifecycle([expireAfterDays(14, 'pr-*'), keepAll('production-*', 'release-*')]);

  test('one rule per pattern, keep rules first', () => {
    expect(rules).toEqual([
      {
        rulePriority: 1,
        description: 'keep all production-*',
        selection: {
          tagStatus: 'tagged',
          tagPatternList: ['production-*'],
          countType: 'imageCountMoreThan',
          countNumber: 999_999,
        },
        action: { type: 'expire' },
      },
      expect.objectContaining({ rulePriority: 2, description: 'keep all release-*' }),
      {
        rulePriority: 3,
        description: 'expire pr-* after 14 days',
        selection: {
          tagStatus: 'tagged',
          tagPatternList: ['pr-*'],
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: 14,
        },
        action: { type: 'expire' },
      },
    ]);
  });

  test.each([
    { tags: ['pr-7'], ageDays: 15, expires: true },
    { tags: ['pr-7'], ageDays: 14, expires: false },
    { tags: ['pr-7', 'production-3'], ageDays: 400, expires: false },
    { tags: ['main'], ageDays: 400, expires: false },
    { tags: [], ageDays: 400, expires: false },
  ])('$tags after $ageDays days expires: $expires', ({ tags, ageDays, expires }) => {
    expect(expired(rules, [{ tags, ageDays }]).size).toBe(expires ? 1 : 0);
  });
});

describe('for any images', () => {
  const kept = (image: Image, pattern: string) => image.tags.some((one) => matches(pattern, one));

  const byAge = (newer: Image, older: Image) => newer.ageDays - older.ageDays;

  function shouldExpire(image: Image, all: readonly Image[]): boolean {
    if (kept(image, 'production*')) return false;
    if (kept(image, 'v*')) {
      const newestFirst = all.filter((one) => kept(one, 'v*')).sort(byAge);
      return newestFirst.indexOf(image) >= 2;
    }
    if (kept(image, 'pr-*')) return image.ageDays > 14;
    return image.ageDays > (image.tags.length === 0 ? 7 : 30);
  }

  test('kept images never expire, others do, independent of the order of the intents', () => {
    fc.assert(
      fc.property(shuffled, images, (order, all) => {
        const actual = expired(planLifecycle(order), all);
        const expected = all.filter((image) => shouldExpire(image, all));
        expect(all.filter((image) => actual.has(image))).toEqual(expected);
      }),
    );
  });

  test('planned rules are valid for ECR', () => {
    fc.assert(
      fc.property(shuffled, (order) => {
        const rules = planLifecycle(order);
        expect(lifecycleProblems(rules)).toEqual([]);
        expect(rules.map((rule) => rule.rulePriority)).toEqual(rules.map((_, index) => index + 1));
        expect(rules.at(-1)?.selection.tagStatus).toBe('any');
      }),
    );
  });
});

describe('native rules', () => {
  const rule = (rulePriority: number, selection: Partial<LifecycleRule['selection']>): LifecycleRule => ({
    rulePriority,
    selection: { tagStatus: 'tagged', countType: 'imageCountMoreThan', countNumber: 5, ...selection },
    action: { type: 'expire' },
  });

  test.each<{ name: string; rules: readonly LifecycleRule[]; problems: readonly unknown[] }>([
    {
      name: "'any' not last",
      rules: [rule(1, { tagStatus: 'any' }), rule(2, { tagPatternList: ['v*'] })],
      problems: [
        "lifecycle has tagStatus 'any' at rulePriority 1, before 2: use the highest rulePriority, since it matches every image",
      ],
    },
    {
      name: 'one priority twice',
      rules: [rule(1, { tagPatternList: ['a'] }), rule(1, { tagPatternList: ['b'] })],
      problems: ['lifecycle has several rules with rulePriority 1: use unique priorities'],
    },
    {
      name: 'several patterns',
      rules: [rule(1, { tagPatternList: ['v*', 'release-*'] })],
      problems: [
        {
          code: 'lifecycle-tags-anded',
          problem:
            'lifecycle rule 1 selects v*, release-*, which matches only images that have all of these tags: use one rule per pattern',
        },
      ],
    },
    {
      name: 'one pattern twice',
      rules: [rule(1, { tagPatternList: ['v*'] }), rule(2, { tagPrefixList: ['v'] })],
      problems: ['lifecycle has several rules for tag pattern v*, ECR allows only one: keep one of them'],
    },
    {
      name: 'untagged twice',
      rules: [rule(1, { tagStatus: 'untagged' }), rule(2, { tagStatus: 'untagged' })],
      problems: ['lifecycle has several rules for untagged images, ECR allows only one: keep one of them'],
    },
    {
      name: 'no pattern',
      rules: [rule(1, {})],
      problems: ['lifecycle rule 1 selects tagged images without a pattern: set tagPatternList'],
    },
    {
      name: 'a pattern for untagged images',
      rules: [rule(1, { tagStatus: 'untagged', tagPatternList: ['v*'] })],
      problems: ["lifecycle rule 1 has patterns with tagStatus 'untagged': use tagStatus 'tagged'"],
    },
    {
      name: 'five wildcards',
      rules: [rule(1, { tagPatternList: ['*a*b*c*d*'] })],
      problems: [
        "lifecycle pattern '*a*b*c*d*' is not a valid tag pattern: use 1 to 128 letters, digits and . _ - with at most 4 *",
      ],
    },
    {
      name: 'zero days',
      rules: [rule(1, { tagPatternList: ['v*'], countType: 'sinceImagePushed', countUnit: 'days', countNumber: 0 })],
      problems: ['lifecycle rule 1 counts 0 days: use a whole number, at least 1'],
    },
    {
      name: 'days without their unit',
      rules: [rule(1, { tagPatternList: ['v*'], countType: 'sinceImagePushed' })],
      problems: [
        "lifecycle rule 1 has countType 'sinceImagePushed' without countUnit: use countUnit 'days' with sinceImagePushed only",
      ],
    },
    {
      name: 'too many rules',
      rules: Array.from({ length: 51 }, (_, index) => rule(index + 1, { tagPatternList: [`t${index}`] })),
      problems: ['lifecycle has 51 rules, ECR allows at most 50: merge patterns'],
    },
  ])('$name', ({ rules, problems }) => {
    expect(lifecycleProblems(rules)).toEqual(problems);
  });
});
