import { addSharedStack, SharedStack, type SharedProps } from '../../../lib/environment/shared-stack';
import { GITHUB_ACTIONS, GITLAB } from '../../../lib/registry/oidc-provider';
import { gitHubActions, gitLab } from '../../../lib/registry/ci-subject';
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

test('by default it only scans', () => {
  expect(synth({}).resources.map(({ type }) => type)).toEqual(['aws_ecr_registry_scanning_configuration']);
  expect(synth({ enhancedScanning: false }).resources).toEqual([]);
});

test('a domain gives what environments and the registrar need', () => {
  const stack = synth({ domain: 'example.com', dns: { dnssec: 'signed' } });
  expect(Object.keys(stack.json.output!).sort()).toEqual(['ds_record', 'name_servers', 'repository_urls', 'zone_id']);
});

test('two roles of one CI system share its identity provider', () => {
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

test('names that a path would make alike stay apart', () => {
  const stack = synth({ repositories: [{ name: 'shop/web' }, { name: 'shop-web' }] });
  expect(stack.ofType('aws_ecr_repository').map(({ attributes }) => attributes['name'])).toEqual([
    'shop/web',
    'shop-web',
  ]);
});

test.each<{ mistake: string; props: Partial<SharedProps>; problem: string }>([
  {
    mistake: 'two repositories of one name',
    props: { repositories: [SHOP, SHOP] },
    problem: "repositories has 'shop' twice: leave one out",
  },
  {
    mistake: 'two CI roles of one name',
    props: { repositories: [SHOP], ciRoles: [CI_ROLE, CI_ROLE] },
    problem: "ciRoles has 'ci-shop' twice: leave one out",
  },
  {
    mistake: 'two caches of one registry',
    props: { pullThroughCaches: [{ kind: 'quay' }, { kind: 'quay' }] },
    problem: "pullThroughCaches has 'quay' twice: leave one out",
  },
  {
    mistake: 'a CI role of an unknown repository',
    props: { repositories: [SHOP], ciRoles: [{ ...CI_ROLE, pushTo: ['shop', 'shpo'] }] },
    problem: "CI role 'ci-shop' pushes to 'shpo', which is none of the repositories (shop): add it",
  },
  {
    mistake: 'one CI system with two audiences',
    props: {
      repositories: [SHOP],
      ciRoles: [CI_ROLE, { ...CI_ROLE, name: 'other', issuer: { ...GITHUB_ACTIONS, audience: 'acme' } }],
    },
    problem:
      'ciRoles know https://token.actions.githubusercontent.com by the audiences sts.amazonaws.com and acme, IAM by one: use the same',
  },
  {
    mistake: 'all at once',
    props: { repositories: [SHOP, SHOP], ciRoles: [{ ...CI_ROLE, pushTo: ['web'] }] },
    problem:
      "2 problems\n  - repositories has 'shop' twice: leave one out\n" +
      "  - CI role 'ci-shop' pushes to 'web', which is none of the repositories (shop): add it",
  },
])('refuses $mistake', ({ props, problem }) => {
  expect(refused(() => synth(props))).toBe(`shared: ${problem}`);
});

test('a second stack for the account and region is refused: they would undo each other', () => {
  expect(refused(() => synth({}, { name: 'shared-too' }))).toBe(
    'shared-too/scanning: the registry scanning of account 123456789012 in eu-west-1 is already declared by shared/scanning: keep only one of them',
  );
});

test('is built only where the command asks for it', () => {
  expect(addSharedStack(appFor('staging'), WHERE)).toBeUndefined();
  expect(addSharedStack(appFor('shared'), WHERE)).toBeInstanceOf(SharedStack);
});
