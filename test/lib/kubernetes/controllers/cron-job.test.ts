import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { AwsStack } from '../../../../lib/core/aws-stack';
import { Workload, type Controller } from '../../../../lib/kubernetes/workload';
import { refusal, synthStack } from '../../../support/stack';

type CronJob = Controller & { kind: 'cron-job' };

const place =
  (controller: Partial<CronJob> = {}, name = 'report') =>
  (stack: AwsStack) => {
    new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
    new Workload(stack, 'job', {
      namespace: { namespaceName: 'shop' },
      identity: { name, partOf: 'shop' },
      controller: { kind: 'cron-job', schedule: '0 3 * * *', ...controller },
      containers: [
        { name: 'report', image: 'registry.example.com/report:1.0.0', resources: { cpu: '50m', memory: '64Mi' } },
      ],
    });
  };

const synth = (controller?: Partial<CronJob>) =>
  synthStack(place(controller)).getResource('kubernetes_cron_job_v1').attributes['spec'];

test('runs one at a time, ends what hangs and keeps what failed', () => {
  expect(synth()).toMatchObject({
    schedule: '0 3 * * *',
    timezone: 'Etc/UTC',
    concurrency_policy: 'Forbid',
    starting_deadline_seconds: 300,
    successful_jobs_history_limit: 1,
    failed_jobs_history_limit: 3,
    job_template: { spec: { active_deadline_seconds: 3600, backoff_limit: 0 } },
  });
});

test('its pods are made as all others, but run once', () => {
  const { template } = synth({ retries: 2, deadlineSeconds: 60, timeZone: 'Europe/Berlin' }).job_template.spec;
  expect(template.spec).toMatchObject({ restart_policy: 'Never', security_context: { run_as_non_root: true } });
  expect(template.spec.topology_spread_constraint).toEqual([]);
  expect(template.metadata.labels['app.kubernetes.io/version']).toBe('1.0.0');
});

test('it has no disruption budget, and a network policy', () => {
  const stack = synthStack(place());
  expect(stack.ofType('kubernetes_pod_disruption_budget_v1')).toEqual([]);
  expect(stack.ofType('kubernetes_network_policy_v1')).toHaveLength(1);
});

test.each([
  {
    controller: { schedule: '0 3 * *' },
    name: 'report',
    problem:
      "schedule '0 3 * *' is not a cron expression: write minute, hour, day, month and weekday, such as '0 3 * * *'",
  },
  {
    controller: {},
    name: 'r'.repeat(53),
    problem: `name '${'r'.repeat(53)}' has 53 characters, Kubernetes allows at most 52: shorten it`,
  },
])('$problem', ({ controller, name, problem }) => {
  expect(refusal(place(controller, name))).toBe(`test/job: ${problem}`);
});

test.each(['@hourly', '*/5 * * * 1-5'])('%s is a schedule', (schedule) => {
  expect(synth({ schedule }).schedule).toBe(schedule);
});
