import {
  clusterAutoscaler,
  dashboard,
  EnvironmentProfile,
  externalDns,
  ingress,
  namespaces,
  storage,
  type EnvironmentProps,
} from 'quayside';
import { rootZone } from '../shared';

export const staging: EnvironmentProps = {
  name: 'staging',
  account: '123456789012',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  cidr: '10.30.0.0/16',
  domain: 'staging.example.com',
  kubernetesVersion: '1.35',
  parentZone: rootZone,
  profile: EnvironmentProfile.ha(),
  access: [
    { name: 'platform', role: 'platform', policy: 'cluster-admin' },
    { name: 'deployment', role: 'ci-deployment', policy: 'cluster-admin' },
    { name: 'developers', role: 'developers', policy: 'edit', namespaces: ['shop'] },
  ],
  volumeAccess: 'cluster',
  addOns: [ingress(), storage(), externalDns(), clusterAutoscaler(), dashboard(), namespaces([{ name: 'shop' }])],
  tags: { owner: 'platform' },
};
