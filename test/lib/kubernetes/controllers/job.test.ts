import type { AwsStack } from '../../../../lib/core/aws-stack';
import { ConfigFiles } from '../../../../lib/kubernetes/config-files';
import { Job, type JobProps } from '../../../../lib/kubernetes/job';
import { dependsOn } from '../../../../lib/core/depends-on';
import { Workload } from '../../../../lib/kubernetes/workload';
import { refusal } from '../../../support/stack';
import { props as workload, synth } from '../fixtures';

const { controller: _, ...pods } = workload;
const container = { name: 'migrate', image: 'shop:1.4.2', resources: { cpu: '100m', memory: '128Mi' } };
const identity = { name: 'migrate', partOf: 'shop' };
const props: JobProps = { ...pods, identity, containers: [container] };

const place =
  (changes: Partial<JobProps> = {}) =>
  (stack: AwsStack) =>
    new Job(stack, 'job', { ...props, ...changes });
const synthJob = (changes?: Partial<JobProps>) => synth(place(changes));
const attributesOf = (changes?: Partial<JobProps>) => synthJob(changes).getResource('kubernetes_job_v1').attributes;
const nameOf = (changes?: Partial<JobProps>) => attributesOf(changes)['metadata'].name as string;

test('runs once, with a deadline and without retries, and Terraform waits longer than that', () => {
  const { spec, ...attributes } = attributesOf();
  expect(spec).toMatchObject({
    active_deadline_seconds: 600,
    backoff_limit: 0,
    template: { spec: { restart_policy: 'Never', topology_spread_constraint: [] } },
  });
  expect(attributes).toMatchObject({
    wait_for_completion: true,
    timeouts: { create: '690s', update: '690s', delete: '690s' },
  });
});

test('is never deleted when it has ended: the next apply would run it again', () => {
  expect(attributesOf()['spec']).not.toHaveProperty('ttl_seconds_after_finished');
});

test('may have another deadline and retries', () => {
  const { spec, timeouts } = attributesOf({ deadlineSeconds: 3600, retries: 2, terminationGraceSeconds: 60 });
  expect(spec).toMatchObject({ active_deadline_seconds: 3600, backoff_limit: 2 });
  expect(timeouts.create).toBe('3720s');
});

test('has a network policy, which its only run needs from the start, and no disruption budget', () => {
  const stack = synthJob();
  const policy = stack.getResource('kubernetes_network_policy_v1');
  expect(policy.attributes['metadata'].name).toBe('migrate');
  expect(stack.isAfter(stack.getResource('kubernetes_job_v1'), policy)).toBe(true);
  expect(stack.ofType('kubernetes_pod_disruption_budget_v1')).toEqual([]);
});

describe('its name', () => {
  test('ends in a hash of its pods', () => {
    expect(nameOf()).toMatch(/^migrate-[0-9a-f]{8}$/);
    expect(nameOf()).toBe(nameOf());
  });

  test.each<[string, Partial<JobProps>]>([
    ['image', { containers: [{ ...container, image: 'shop:1.4.3' }] }],
    ['arguments', { containers: [{ ...container, args: ['--all'] }] }],
    // The provider would plan these in place, and change nothing.
    ['configuration', { configHash: 'abc' }],
    ['labels', { labels: { team: 'shop' } }],
    ['volumes', { volumes: { uploads: { kind: 'pvc', name: 'uploads' } } }],
    ['run', { runId: '2026-11-27' }],
  ])('changes with the %s', (_what, changes) => {
    expect(nameOf(changes)).not.toBe(nameOf());
  });

  test.each<Partial<JobProps>>([{ deadlineSeconds: 60 }, { retries: 3 }])('stays with %j', (changes) => {
    expect(nameOf(changes)).toBe(nameOf());
  });

  test('of a job with template marks is that of earlier releases', () => {
    const args = ['${a} %{b}'];
    expect(nameOf({ containers: [{ ...container, args }] })).toBe('migrate-7dcaa816');
  });

  test('is completed by Terraform where the pods refer to what is known only after apply', () => {
    const stack = synth((scope) => {
      const files = new ConfigFiles(scope, 'files', { namespace: pods.namespace, identity, files: { a: 'b' } });
      place({ volumes: { files: files.volume } })(scope);
    });
    const reference = `${stack.getResource('kubernetes_config_map_v1').address}.metadata[0].name`;
    const { name } = stack.getResource('kubernetes_job_v1').attributes['metadata'];
    expect(name.replace(/"[0-9a-f]{64}"/, '"<hash>"')).toBe(
      `migrate-\${substr(sha256(join(",", ["<hash>", ${reference}])), 0, 8)}`,
    );
  });
});

test('what depends on it comes after its success', () => {
  const stack = synth((scope) => dependsOn(new Workload(scope, 'api', workload), place()(scope).workload));
  const [api, job] = ['kubernetes_deployment_v1', 'kubernetes_job_v1'].map((type) => stack.getResource(type));
  expect(stack.isAfter(api!, job!)).toBe(true);
});

test.each<[Partial<JobProps>, string]>([
  [{ name: 'm'.repeat(55) }, `name '${'m'.repeat(55)}' has 55 characters, Kubernetes allows at most 54: shorten it`],
  [{ deadlineSeconds: 0 }, 'deadlineSeconds must be a whole number of at least 1, got 0'],
  [{ retries: -1 }, 'retries must be a whole number of at least 0, got -1'],
])('%j is refused', (changes, problem) => {
  expect(refusal(place(changes))).toBe(`test/job: ${problem}`);
});
