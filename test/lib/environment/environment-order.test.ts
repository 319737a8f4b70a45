import fc from 'fast-check';
import { ingress } from '../../../lib/addons/ingress/ingress';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { shuffled } from '../../support/shuffled';
import { APPS_GROUP, environment, synthEnvironments } from './fixtures';

const GROUP = {
  labels: { pool: 'apps', 'example.com/tier': 'web' },
  taints: [
    { key: 'pool', value: 'apps', effect: 'NoExecute' },
    { key: 'pool', value: 'apps', effect: 'NoSchedule' },
  ],
  systemReserved: { memory: '256Mi', cpu: '100m' },
  zones: ['eu-west-1b', 'eu-west-1a'],
} as const;

const DATA: EnvironmentProps = environment({
  profile: EnvironmentProfile.massive({ minNodes: 1, toleratedNodeLosses: 0 }),
  nodeGroups: [
    { ...APPS_GROUP, ingress: false, name: 'system' },
    { ...APPS_GROUP, ...GROUP, name: 'managed', ingress: true },
    {
      ...APPS_GROUP,
      ...GROUP,
      ingress: false,
      name: 'own',
      kind: 'auto-scaling',
      maxPods: 110,
      labels: { pool: 'own', 'example.com/tier': 'web' },
    },
  ],
  endpoint: { kind: 'private-and-public', allowedCidrs: ['192.0.2.0/24'] },
  network: { secondaryCidrs: ['100.64.0.0/16'] },
  eksAddOns: {
    'vpc-cni': { configuration: { env: { WARM_PREFIX_TARGET: '2', AWS_VPC_K8S_CNI_LOGLEVEL: 'INFO' } } },
    coredns: { configuration: { tolerations: [{ key: 'pool', operator: 'Exists' }] } },
  },
  tags: { owner: 'platform', 'cost-center': '4711' },
});

test('the same data in another order gives the same bytes', () => {
  const bytes = (data: EnvironmentProps) =>
    [...synthEnvironments({ ...data, addOns: [ingress()] }).values()].map(({ json }) => JSON.stringify(json, null, 1));
  const expected = bytes(DATA);
  fc.assert(
    fc.property(shuffled(DATA, new Set(['zones', 'taints'])), (data) => expect(bytes(data)).toEqual(expected)),
    { numRuns: 15 },
  );
});
