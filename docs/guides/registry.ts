import {
  AwsStack,
  CiRole,
  expireAfterDays,
  GITHUB_ACTIONS,
  gitHubActions,
  ImageRepository,
  keepAll,
  keepLast,
  OidcProvider,
  PullThroughCache,
  RegistrySettings,
  synthesize,
} from 'quayside';

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  const stack = new AwsStack(app, 'guide-registry', { account: '123456789012', region: 'eu-west-1' });

  new RegistrySettings(stack, 'scanning');
  const shop = new ImageRepository(stack, 'shop', {
    name: 'shop',
    lifecycle: [keepAll('production-*'), keepLast(50, 'v*'), expireAfterDays(14, 'pr-*')],
    pullAccounts: ['210987654321'],
  });
  const gitHub = new OidcProvider(stack, 'github', GITHUB_ACTIONS);
  new CiRole(stack, 'ci-shop', {
    name: 'ci-shop',
    provider: gitHub,
    subjects: [gitHubActions('example/shop', { branch: 'main' })],
    pushTo: [shop],
  });
  new PullThroughCache(stack, 'quay', { upstream: { kind: 'quay' } });
});
