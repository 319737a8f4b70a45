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

export const production: EnvironmentProps = {
  name: 'production',
  account: '123456789012',
  region: 'eu-west-1',
  zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  cidr: '10.20.0.0/16',
  domain: 'production.example.com',
  kubernetesVersion: '1.35',
  parentZone: rootZone,
  profile: EnvironmentProfile.business(),
  access: [
    { name: 'platform', role: 'platform', policy: 'cluster-admin' },
    { name: 'deployment', role: 'ci-deployment', policy: 'cluster-admin' },
    { name: 'developers', role: 'developers', policy: 'view' },
  ],
  loadBalancer: { waf: true },
  volumeAccess: 'cluster',
  addOns: [ingress(), storage(), externalDns(), clusterAutoscaler(), dashboard(), namespaces([{ name: 'shop' }])],
  tags: { owner: 'platform' },
};
