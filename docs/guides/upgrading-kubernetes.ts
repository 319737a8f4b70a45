import { clusterAutoscaler, Environment, EnvironmentProfile, synthesize } from 'quayside';
import type { EnvironmentProps } from 'quayside';

const common = {
  account: '123456789012',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  profile: EnvironmentProfile.ha(),
  access: [{ name: 'platform', role: 'platform', policy: 'cluster-admin' }],
  addOns: [clusterAutoscaler()],
} as const;

/** Upgraded first. */
const rehearsal: EnvironmentProps = {
  ...common,
  name: 'guide-rehearsal',
  cidr: '10.84.0.0/16',
  domain: 'rehearsal.example.com',
  kubernetesVersion: '1.35',
};

const live: EnvironmentProps = {
  ...common,
  name: 'guide-live',
  cidr: '10.85.0.0/16',
  domain: 'live.example.com',
  kubernetesVersion: '1.34',
};

synthesize({ stacks: process.argv.slice(2) }, (app) => {
  new Environment(app, rehearsal);
  new Environment(app, live);
});
