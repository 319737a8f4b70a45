import { addSharedStack, SharedStack, type SharedProps } from '../../../lib/environment/shared-stack';
import { GITHUB_ACTIONS, GITLAB } from '../../../lib/registry/oidc-provider';
import { gitHubActions, gitLab } from '../../../lib/registry/ci-subject';
import { shapeProblems, withoutNulls } from '../../../lib/core/shape';
import { SHARED_PROPS } from '../../../lib/environment/shared-props';
import { expireUntaggedAfterDays, keepAll } from '../../../lib/registry/lifecycle';
import { changed, format, places, typeOf } from '../../support/data-places';
import { synthApp } from '../../../lib/testing/synthesized-stack';
import { appFor, refused } from './fixtures';

const WHERE = { account: '123456789012', region: 'eu-west-1' };
const SHOP = { name: 'shop' };
const CI_ROLE = {
  name: 'ci-shop',
  issuer: GITHUB_ACTIONS,
  subjects: [gitHubActions('acme/shop', { branch: 'main' })],
  pushTo: ['shop'],
};

function synth(...all: readonly Partial<SharedProps>[]) {
  const stacks = synthApp((app) => {
    for (const props of all) addSharedStack(app, { ...WHERE, ...props });
  });
  return stacks.get('shared')!;
}

test('by default it only configures scanning', () => {
  expect(synth({}).resources.map(({ type }) => type)).toEqual(['aws_ecr_registry_scanning_configuration']);
  expect(synth({ enhancedScanning: false }).resources).toEqual([]);
});

test('a domain adds the outputs for environments and the registrar', () => {
  const stack = synth({ domain: 'example.com', dns: { dnssec: 'signed' } });
  expect(Object.keys(stack.json.output!).sort()).toEqual(['ds_record', 'name_servers', 'repository_urls', 'zone_id']);
});

test('roles of the same CI system share its identity provider', () => {
  const stack = synth({
    repositories: [SHOP],
    ciRoles: [
      CI_ROLE,
      { ...CI_ROLE, name: 'ci-release', subjects: [gitHubActions('acme/shop', { tag: 'v*' })] },
      { ...CI_ROLE, name: 'ci-legacy', issuer: GITLAB, subjects: [gitLab('acme/shop', { branch: 'main' })] },
    ],
  });
  expect(
    stack
      .ofType('aws_iam_openid_connect_provider')
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['gitlab.com/provider', 'token.actions.githubusercontent.com/provider']);
});

test('other accounts may import through a cache that lists them; without any the registry has no policy', () => {
  expect(synth({ pullThroughCaches: [{ kind: 'quay' }] }).ofType('aws_ecr_registry_policy')).toEqual([]);
  const stack = synth({
    pullThroughCaches: [{ kind: 'quay' }, { kind: 'kubernetes', pullAccounts: ['210987654321'] }],
  });
  const policy = JSON.parse(stack.getResource('aws_ecr_registry_policy').attributes['policy']);
  expect(policy.Statement).toMatchObject([
    {
      Principal: { AWS: 'arn:aws:iam::210987654321:root' },
      Resource: 'arn:aws:ecr:eu-west-1:123456789012:repository/kubernetes/*',
    },
  ]);
  const template = stack.getResource('aws_ecr_repository_creation_template', 'pull-through-kubernetes/template');
  expect(template.attributes['repository_policy']).toContain('arn:aws:iam::210987654321:root');
});

test('similar repository names get different ids', () => {
  const stack = synth({ repositories: [{ name: 'shop/web' }, { name: 'shop-web' }] });
  expect(stack.ofType('aws_ecr_repository').map(({ attributes }) => attributes['name'])).toEqual([
    'shop/web',
    'shop-web',
  ]);
});

test.each<{ mistake: string; props: Partial<SharedProps>; problem: string }>([
  {
    mistake: 'settings of no domain',
    props: { dns: { dnssec: 'signed' } },
    problem: 'dns has no effect without domain: set domain, or remove dns',
  },
  {
    mistake: 'two repositories with the same name',
    props: { repositories: [SHOP, SHOP] },
    problem: "repositories has 'shop' twice: remove one",
  },
  {
    mistake: 'repositories whose ids would be the same',
    props: { repositories: [{ name: 'shop/web' }, { name: 'shop--web' }] },
    problem:
      "repositories[1].name must be two or more lowercase letters and digits, with single . _ - / between them, such as shop/checkout, got 'shop--web'",
  },
  {
    mistake: 'two CI roles with the same name',
    props: { repositories: [SHOP], ciRoles: [CI_ROLE, CI_ROLE] },
    problem: "ciRoles has 'ci-shop' twice: remove one",
  },
  {
    mistake: 'two caches of the same registry',
    props: { pullThroughCaches: [{ kind: 'quay' }, { kind: 'quay' }] },
    problem: "pullThroughCaches has 'quay' twice: remove one",
  },
  {
    mistake: 'a CI role for an unknown repository',
    props: { repositories: [SHOP], ciRoles: [{ ...CI_ROLE, pushTo: ['shop', 'shpo'] }] },
    problem: "ciRoles[0].pushTo has 'shpo', which is not in repositories (shop): add it there",
  },
  {
    mistake: 'a CI system with two audiences',
    props: {
      repositories: [SHOP],
      ciRoles: [CI_ROLE, { ...CI_ROLE, name: 'other', issuer: { ...GITHUB_ACTIONS, audience: 'acme' } }],
    },
    problem:
      'ciRoles use the audiences sts.amazonaws.com and acme for https://token.actions.githubusercontent.com, but share its identity provider: use one audience for all',
  },
  {
    mistake: 'all at once',
    props: { repositories: [SHOP, SHOP], ciRoles: [{ ...CI_ROLE, pushTo: ['web'] }] },
    problem:
      "2 problems\n  - repositories has 'shop' twice: remove one\n" +
      "  - ciRoles[0].pushTo has 'web', which is not in repositories (shop): add it there",
  },
])('rejects $mistake', ({ props, problem }) => {
  expect(refused(() => synth(props))).toBe(`shared: ${problem}`);
});

const EVERY_SETTING: SharedProps = {
  ...WHERE,
  name: 'shared',
  domain: 'example.com',
  dns: { dnssec: 'signed', caa: { issuers: ['amazon.com'] }, forceDestroy: true, deletionProtection: false },
  repositories: [
    { name: 'shop', mutableTags: ['main'], lifecycle: [keepAll('v*'), expireUntaggedAfterDays(3)], forceDelete: true },
    { name: 'web', pullAccounts: ['210987654321'], deletionProtection: false },
  ],
  ciRoles: [CI_ROLE],
  pullThroughCaches: [
    { kind: 'quay', pullAccounts: ['210987654321'] },
    {
      kind: 'docker-hub',
      credentialsSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf',
    },
  ],
  enhancedScanning: false,
  backend: { kind: 's3', bucket: 'states', region: 'eu-west-1' },
  tags: { team: 'platform' },
  iam: { rolePath: '/platform/' },
};

describe('data from JSON text', () => {
  const data = JSON.parse(JSON.stringify(EVERY_SETTING)) as SharedProps;
  const problemsOf = (given: unknown) => shapeProblems(withoutNulls(given as SharedProps, SHARED_PROPS), SHARED_PROPS);

  test('is valid, and keeps its meaning', () => {
    expect(problemsOf(data)).toEqual([]);
    expect(synth(data).json).toEqual(synth(EVERY_SETTING).json);
    expect(synth({ repositories: [SHOP], domain: null, dns: null, backend: null } as object).json).toEqual(
      synth({ repositories: [SHOP] }).json,
    );
  });

  test.each<{ spoiled: unknown; accepted?: readonly string[] }>([
    { spoiled: 7 },
    { spoiled: 'spoiled' },
    { spoiled: true },
    { spoiled: [null] },
    { spoiled: { spoiled: 1 } },
  ])('$spoiled anywhere is a problem that names its path', ({ spoiled }) => {
    const passed = places(data)
      .filter(({ value }) => typeOf(value) !== typeOf(spoiled))
      .filter(
        ({ path }) => !problemsOf(changed(data, path, spoiled)).some((problem) => problem.includes(format(path))),
      );
    expect(passed.map(({ path }) => format(path))).toEqual([]);
  });

  test.each<{ changes: object; problem: string }>([
    { changes: { robots: [] }, problem: 'robots was renamed: use ciRoles' },
    { changes: { repository: [] }, problem: "unknown property 'repository': did you mean 'repositories'?" },
    {
      changes: { repositories: [{ name: 'shop', mutabletags: ['main'] }] },
      problem: "unknown property 'repositories[0].mutabletags': did you mean 'mutableTags'?",
    },
    {
      changes: { pullThroughCaches: [{ kind: 'dockerhub' }] },
      problem:
        "pullThroughCaches[0].kind must be one of docker-hub, github, quay, kubernetes, ecr-public, got 'dockerhub'",
    },
    {
      changes: { ciRoles: [{ ...CI_ROLE, issuer: 'github' }] },
      problem: "ciRoles[0].issuer must be an issuer, such as GITHUB_ACTIONS, got 'github'",
    },
  ])('$problem', ({ changes, problem }) => {
    expect(refused(() => synth(changes))).toBe(`shared: ${problem}`);
  });
});

test('a second stack for the same account and region is rejected: they would overwrite each other', () => {
  expect(refused(() => synth({}, { name: 'shared-too' }))).toBe(
    'shared-too/scanning: the registry scanning of account 123456789012 in eu-west-1 is already declared by shared/scanning: keep only one of them',
  );
});

test('is built only if selected', () => {
  expect(addSharedStack(appFor('staging'), WHERE)).toBeUndefined();
  expect(addSharedStack(appFor('shared'), WHERE)).toBeInstanceOf(SharedStack);
});
