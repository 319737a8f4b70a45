import { CronJobV1 } from '@cdktf/provider-kubernetes/lib/cron-job-v1';
import { DaemonSetV1 } from '@cdktf/provider-kubernetes/lib/daemon-set-v1';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { JobV1 } from '@cdktf/provider-kubernetes/lib/job-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { StatefulSetV1 } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import type { Construct } from 'constructs';
import { Workload, type Controller } from '../../../../lib/kubernetes/workload';
import { synthStack } from '../../../support/stack';

/** The provider's own classes. */
const CLASSES: Readonly<Record<string, new (scope: Construct, id: string, config: never) => unknown>> = {
  kubernetes_cron_job_v1: CronJobV1,
  kubernetes_daemon_set_v1: DaemonSetV1,
  kubernetes_deployment_v1: DeploymentV1,
  kubernetes_job_v1: JobV1,
  kubernetes_stateful_set_v1: StatefulSetV1,
};

const CONTROLLERS: readonly Controller[] = [
  { kind: 'deployment', replicas: 3 },
  { kind: 'deployment', replicas: { min: 2, max: 4 } },
  { kind: 'stateful-set', replicas: 3, serviceId: 'api' },
  { kind: 'daemon-set', update: 'surge', minAvailable: 1 },
  { kind: 'job', retries: 1 },
  { kind: 'cron-job', schedule: '5 4 * * *' },
];

test.each(CONTROLLERS)("$kind is synthesized as the provider's own class", (controller) => {
  const stack = synthStack((scope) => {
    new KubernetesProvider(scope, 'kubernetes', { host: 'https://localhost' });
    const { workload } = new Workload(scope, 'api', {
      namespace: { namespaceName: 'shop' },
      identity: { name: 'api', component: 'backend', partOf: 'shop' },
      controller,
      containers: [
        {
          name: 'api',
          image: 'registry.example.com/api:1.4.2',
          ports: { http: 8080 },
          env: { LOG_LEVEL: 'info', PASSWORD: { secret: 'api', key: 'password' } },
          resources: { cpu: '100m', memory: '128Mi' },
          readiness: { path: '/ready', port: 'http' },
          liveness: { path: '/live', port: 'http' },
          mounts: [{ volume: 'work', path: '/work' }],
        },
      ],
      volumes: { work: { kind: 'empty-dir', sizeLimit: '1Gi' } },
      placement: {
        nodeLabels: [{ pool: 'apps' }, { pool: 'workers' }],
        tolerations: [{ key: 'pool', value: 'apps', effect: 'NoSchedule' }],
      },
      priorityClass: 'platform',
      configHash: 'abc',
    });
    const Own = CLASSES[workload.terraformResourceType]!;
    new Own(scope, 'own', workload.config as never);
  });
  const [one, other] = stack.resources
    .filter(({ type }) => type in CLASSES)
    .map(({ attributes }) => ({ ...attributes, '//': undefined, depends_on: undefined }));
  expect(one).toEqual(other);
});
