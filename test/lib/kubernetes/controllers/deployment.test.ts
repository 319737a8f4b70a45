import { deploymentOf, synthWorkload } from '../fixtures';

test.each([
  [{}, 'rolling_update', { max_surge: '25%', max_unavailable: '0' }],
  [{ update: 'recreate' }, 'type', 'Recreate'],
] as const)('a deployment with %j is updated by its strategy', (more, key, expected) => {
  expect(
    deploymentOf(synthWorkload({ controller: { kind: 'deployment', replicas: 2, ...more } })).strategy[key],
  ).toEqual(expected);
});

test('Kubernetes says why a rollout fails before Terraform gives up', () => {
  const { attributes } = synthWorkload().getResource('kubernetes_deployment_v1');
  expect(attributes['spec'].progress_deadline_seconds).toBeLessThan(10 * 60);
  expect(attributes['timeouts']).toEqual({ create: '10m', update: '10m' });
});
