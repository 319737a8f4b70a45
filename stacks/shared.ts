import { expireAfterDays, GITHUB_ACTIONS, gitHubActions, keepAll, keepLast, type SharedProps } from 'quayside';

/** The account's registry, the root domain and the CI roles that push to the registry. */
export const shared: SharedProps = {
  account: '123456789012',
  region: 'eu-west-1',
  domain: 'example.com',
  repositories: [
    {
      name: 'shop',
      lifecycle: [keepAll('production-*'), keepLast(50, 'v*'), expireAfterDays(14, 'pr-*')],
    },
  ],
  ciRoles: [
    {
      name: 'ci-shop',
      issuer: GITHUB_ACTIONS,
      subjects: [gitHubActions('example/shop', { branch: 'main' })],
      pushTo: ['shop'],
    },
  ],
  pullThroughCaches: [{ kind: 'quay' }, { kind: 'kubernetes' }],
  tags: { owner: 'platform' },
};

/** Output `zone_id` of the deployed `shared` stack. */
export const rootZone = { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' };
