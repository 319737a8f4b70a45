import { Token } from 'cdktf';
import { descheduler, type DeschedulerProps } from '../../../../lib/addons/descheduler/descheduler';
import { describeAddOn } from '../../../support/add-on-contract';
import { install } from '../../../support/platform';
import { refusal, synthStack } from '../../../support/stack';

describeAddOn('descheduler', () => descheduler());

const synth = (props?: DeschedulerProps) => synthStack((stack) => install(stack, [descheduler(props)]));

function policy(props?: DeschedulerProps) {
  const { data } = synth(props).getResource('kubernetes_config_map_v1').attributes;
  return JSON.parse(data['policy.yaml']);
}

test.each([
  { props: {}, schedule: '*/30 * * * *' },
  { props: { schedule: '15 3 * * *' }, schedule: '15 3 * * *' },
])('$props runs at $schedule, without overlap', ({ props, schedule }) => {
  expect(synth(props).getResource('kubernetes_cron_job_v1').attributes['spec']).toMatchObject({
    schedule,
    timezone: 'Etc/UTC',
    concurrency_policy: 'Forbid',
    job_template: { spec: { active_deadline_seconds: 600, backoff_limit: 0 } },
  });
});

test('DaemonSet pods and critical pods keep their default protection', () => {
  const [evictor] = policy().profiles[0].pluginConfig;
  expect(evictor).toEqual({
    name: 'DefaultEvictor',
    args: {
      nodeFit: true,
      minReplicas: 2,
      podProtections: { defaultDisabled: ['PodsWithLocalStorage'], extraEnabled: ['PodsWithPVC'] },
    },
  });
});

test('every enabled plugin has a configuration, which the descheduler requires to start', () => {
  const [{ pluginConfig, plugins }] = policy().profiles;
  const configured = pluginConfig.map(({ name }: { name: string }) => name);
  expect(configured).toEqual(['DefaultEvictor', ...plugins.balance.enabled, ...plugins.deschedule.enabled]);
});

test('it can evict pods, but not delete them', () => {
  const { rule } = synth().getResource('kubernetes_cluster_role_v1').attributes;
  const verbs = rule.flatMap((one: { verbs: string[] }) => one.verbs);
  expect([...new Set(verbs)].sort()).toEqual(['create', 'get', 'list', 'update', 'watch']);
});

test.each([
  { props: {}, most: 5 },
  { props: { evictionsPerNode: 1 }, most: 1 },
])('$props evicts at most $most pods of a node', ({ props, most }) => {
  expect(policy(props).maxNoOfPodsToEvictPerNode).toBe(most);
});

test.each<{ options: string; problem: string }>([
  { options: '{"evictionsPerNode":0}', problem: 'evictionsPerNode must be a whole number of at least 1, got 0' },
  { options: '{"evictionsPerNode":1.5}', problem: 'evictionsPerNode must be a whole number of at least 1, got 1.5' },
  { options: '{"evictionsPerNode":"5"}', problem: "evictionsPerNode must be a whole number of at least 1, got '5'" },
  { options: '{"schedule":30}', problem: 'schedule must be a cron expression, such as 0 3 * * *, got 30' },
  { options: '{"schedule":""}', problem: 'schedule is required, such as 0 3 * * *' },
  { options: '{"shedule":"0 3 * * *"}', problem: "unknown property 'shedule': did you mean 'schedule'?" },
  { options: '[]', problem: 'the value must be an object, got []' },
])('options $options are rejected when they are given', ({ options, problem }) => {
  expect(() => descheduler(JSON.parse(options) as DeschedulerProps)).toThrow(`descheduler: ${problem}`);
});

test('a number that is known only after apply is part of the policy', () => {
  const evictionsPerNode = Token.asNumber({ resolve: () => '${var.evictions}' });
  const { data } = synth({ evictionsPerNode }).getResource('kubernetes_config_map_v1').attributes;
  expect(data['policy.yaml']).toContain('"maxNoOfPodsToEvictPerNode": ${var.evictions}');
});

test('an invalid schedule is rejected', () => {
  expect(refusal((stack) => install(stack, [descheduler({ schedule: 'hourly' })]))).toBe(
    "test/descheduler/workload: schedule 'hourly' is not a cron expression: write minute, hour, day, month and weekday, such as '0 3 * * *'",
  );
});
