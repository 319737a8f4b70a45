import { acknowledgements } from '../../../lib/core/acknowledge';
import { Environment } from '../../../lib/environment/environment';
import { InfrastructureStack } from '../../../lib/environment/infrastructure-stack';
import { appFor, environment, refused, synthInfrastructure } from './fixtures';

const production = environment({ name: 'production', cidr: '10.40.0.0/16', domain: 'production.example.com' });

test.each([
  {
    named: [],
    built: ['staging-infrastructure', 'staging-platform', 'production-infrastructure', 'production-platform'],
  },
  { named: ['staging'], built: ['staging-infrastructure', 'staging-platform'] },
  { named: ['production-infrastructure'], built: ['production-infrastructure'] },
  { named: ['*-infrastructure'], built: ['staging-infrastructure', 'production-infrastructure'] },
  { named: ['shared'], built: [] },
])('selecting $named builds $built', ({ named, built }) => {
  const app = appFor(...named);
  const environments = [environment(), production].map((props) => new Environment(app, props));
  const stacks = environments.flatMap(({ infrastructure, platform }) => [infrastructure, platform]);
  expect(stacks.flatMap((stack) => stack?.node.id ?? [])).toEqual(built);
  expect(app.node.children.filter(InfrastructureStack.isStack).map(({ node }) => node.id)).toEqual(built);
});

test('an environment that is not built is still checked for conflicts', () => {
  const app = appFor('staging');
  new Environment(app, environment());
  expect(refused(() => new Environment(app, { ...production, cidr: '10.30.0.0/20' }))).toBe(
    "production: cidr 10.30.0.0/20 overlaps 10.30.0.0/16 of environment 'staging', so their networks cannot be connected: choose another " +
      "(if intended: acknowledge(scope, 'overlapping-environments', 'the reason'))",
  );
});

test('problems within an environment that is not built are not reported', () => {
  const { infrastructure } = new Environment(appFor('staging'), { ...production, zones: [] });
  expect(infrastructure).toBeUndefined();
});

describe('acknowledge', () => {
  const open = { kind: 'private-and-public', allowedCidrs: ['0.0.0.0/0'] } as const;

  test('is required to open the Kubernetes API to everyone', () => {
    expect(refused(() => synthInfrastructure({ endpoint: open }))).toBe(
      'staging-infrastructure/cluster: endpoint.allowedCidrs has 0.0.0.0/0: the Kubernetes API is open to everyone; list the networks that need access ' +
        "(if intended: acknowledge(scope, 'public-api-open', 'the reason'))",
    );
  });

  test('applies to every construct in the environment', () => {
    const stack = synthInfrastructure({ endpoint: open, acknowledge: { 'public-api-open': 'a demonstration' } });
    expect(stack.getResource('aws_eks_cluster').attributes['vpc_config']).toMatchObject({
      endpoint_public_access: true,
    });
  });

  test('is recorded on the stack, for reports', () => {
    const { infrastructure } = new Environment(appFor(), environment({ acknowledge: { 'mutable-image': 'a reason' } }));
    expect(acknowledgements(infrastructure!)).toEqual([{ code: 'mutable-image', reason: 'a reason' }]);
  });
});
