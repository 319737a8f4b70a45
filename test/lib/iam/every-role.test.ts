import { Environment } from '../../../lib/environment/environment';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { synthApp } from '../../../lib/testing/synthesized-stack';
import { CONFIGURED_ADD_ONS } from '../../fixtures/every-option/add-ons';
import { ACCOUNT, REGION, ZONES } from '../../fixtures/every-option/fixture';

test('every IAM role of an environment, those of add-ons too, has its permissions boundary and path', () => {
  const domain = 'production.example.com';
  const stacks = synthApp((app) => {
    new Environment(app, {
      account: ACCOUNT,
      region: REGION,
      name: 'production',
      kubernetesVersion: '1.36',
      zones: ZONES,
      cidr: '10.20.0.0/16',
      domain,
      parentZone: { zoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' },
      profile: EnvironmentProfile.solo(),
      nodeGroups: [
        { name: 'system', architecture: 'arm64', instanceTypes: ['m7g.large'], minSize: 1, maxSize: 3 },
        {
          kind: 'auto-scaling',
          name: 'workers',
          labels: { pool: 'workers' },
          architecture: 'arm64',
          instanceTypes: ['m7g.large'],
          ingress: true,
          minSize: 2,
          maxSize: 6,
        },
      ],
      access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
      addOns: CONFIGURED_ADD_ONS(domain),
      iam: { permissionsBoundary: 'DeveloperBoundary', rolePath: '/platform/' },
      backend: { kind: 's3', bucket: 'states', region: REGION },
    });
  });
  const roles = [...stacks.values()].flatMap((stack) => stack.ofType('aws_iam_role'));
  expect(roles.length).toBeGreaterThan(5);
  const boundary = `arn:aws:iam::${ACCOUNT}:policy/DeveloperBoundary`;
  for (const { attributes } of roles) {
    expect(attributes).toMatchObject({ path: '/platform/', permissions_boundary: boundary });
  }
});
