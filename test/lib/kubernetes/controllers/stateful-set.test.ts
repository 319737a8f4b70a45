import { container, synthWorkload } from '../fixtures';

test('each pod of a stateful set has a claim, which outlives it', () => {
  const stack = synthWorkload({
    controller: { kind: 'stateful-set', replicas: 3, serviceId: 'api' },
    volumes: { data: { kind: 'claim-template', size: '10Gi', storageClass: 'gp3' } },
    containers: [{ ...container, mounts: [{ volume: 'data', path: '/data' }] }],
  });
  const { spec } = stack.getResource('kubernetes_stateful_set_v1').attributes;
  expect(spec.volume_claim_template[0].spec).toEqual({
    access_modes: ['ReadWriteOnce'],
    storage_class_name: 'gp3',
    resources: { requests: { storage: '10Gi' } },
  });
  expect(spec.persistent_volume_claim_retention_policy).toEqual([{ when_deleted: 'Retain', when_scaled: 'Retain' }]);
  expect(spec.template.spec.container[0].volume_mount[0]).toEqual({
    name: 'data',
    mount_path: '/data',
    read_only: false,
  });
});

test('sizes of volumes are as the API server writes them, so that no plan differs', () => {
  const stack = synthWorkload({
    controller: { kind: 'stateful-set', replicas: 1, serviceId: 'api' },
    volumes: { cache: { kind: 'empty-dir', sizeLimit: '1024Mi' }, data: { kind: 'claim-template', size: '2048Gi' } },
  });
  const { template, volume_claim_template } = stack.getResource('kubernetes_stateful_set_v1').attributes['spec'];
  expect(template.spec.volume).toContainEqual({ name: 'cache', empty_dir: { size_limit: '1Gi' } });
  expect(volume_claim_template[0].spec.resources).toEqual({ requests: { storage: '2Ti' } });
});
