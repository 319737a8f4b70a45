import { Token } from 'cdktf';
import { annotationProblems, isQualifiedName, labelProblems, ownLabelProblems } from '../../../lib/kubernetes/metadata';

const found = (problems: readonly unknown[]) => problems.filter(Boolean);

test.each(['team', 'example.com/team', 'a_b.c-d', 'A', 'x'.repeat(63), `${'d.'.repeat(126)}d/team`])(
  '%s is a key',
  (key) => {
    expect(isQualifiedName(key)).toBe(true);
  },
);

test.each(['', 'a b', '-a', 'a-', 'a/b/c', '/a', 'a/', 'Example.com/team', 'x'.repeat(64), `${'d'.repeat(254)}/team`])(
  "'%s' is no key",
  (key) => {
    expect(isQualifiedName(key)).toBe(false);
  },
);

test.each([
  [{ team: '' }, []],
  [{ team: 'a.b_c-D' }, []],
  [{ team: Token.asString({ resolve: () => 'x y' }) }, []],
  [
    { team: 'shop front' },
    [
      "labels.team 'shop front' is not a valid value: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
    ],
  ],
  [
    { 'my team': 'shop' },
    [
      "labels has the key 'my team': use at most 63 letters, digits, '-', '_' and '.', optionally after a domain name in lower case and '/'",
    ],
  ],
])('labels %j', (labels, problems) => {
  expect(found(labelProblems('labels', labels))).toEqual(problems);
});

test.each([
  ['app.kubernetes.io/name', "labels has 'app.kubernetes.io/name': set identity.name instead"],
  ['app.kubernetes.io/version', "labels has 'app.kubernetes.io/version': set identity.version instead"],
  [
    'app.kubernetes.io/managed-by',
    "labels has 'app.kubernetes.io/managed-by', which is set on every object: remove it",
  ],
])('the label %s would be overwritten', (key, problem) => {
  expect(found(ownLabelProblems({ [key]: 'x' }))).toEqual([problem]);
});

test.each([
  [{ 'Example.com/note': 'any text: ${x}\n' }, []],
  [{ 'a b': 'x' }, ["annotations has the key 'a b'"]],
  [
    { a: 'x'.repeat(256 * 1024) },
    ['annotations has 262145 bytes, Kubernetes allows at most 262144: move some to a ConfigFiles'],
  ],
])('annotations %#', (annotations, problems) => {
  const all = found(annotationProblems(annotations));
  expect(all).toEqual(problems.map((problem) => expect.stringContaining(problem)));
});
