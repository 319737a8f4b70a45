import 'quayside/testing/jest';
import { planStack, rehearse } from 'quayside/testing';
import type { App } from 'cdktf';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { AwsStack } from '../../../lib/core/aws-stack';
import type { Replicas } from '../../../lib/kubernetes/controllers/replicas';
import { Job } from '../../../lib/kubernetes/job';
import { Workload } from '../../../lib/kubernetes/workload';
import { EVERY_OPTION } from '../../fixtures/every-option';
import { describeWithTerraform, PLACE, removeSynthesized, synthesize } from '../offline/support/app';
import { props } from './fixtures';

jest.setTimeout(60_000);
afterAll(removeSynthesized);

/** A job and a deployment. */
const app =
  ({ replicas, team = 'shop' }: { replicas: Replicas; team?: string }) =>
  (scope: App): void => {
    const stack = new AwsStack(scope, 'test', PLACE);
    new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
    const { controller: _, ...pods } = props;
    new Workload(stack, 'api', { ...pods, controller: { kind: 'deployment', replicas } });
    new Job(stack, 'migrate', { ...pods, name: 'migrate', labels: { team } });
  };

describeWithTerraform('what Terraform plans', () => {
  test.each(['job', 'ingress', 'autoscaler'])('%s: a second plan is empty', async (topic) => {
    const { created, destroyed } = await rehearse(synthesize((scope) => EVERY_OPTION.get(topic)!(scope)));
    expect(destroyed).toHaveLength(created.length);
  });

  test("another range changes the autoscaler, and not the deployment's number", async () => {
    const plan = await planStack(app({ replicas: { min: 4, max: 20 } }), {
      baseline: app({ replicas: { min: 2, max: 10 } }),
    });
    expect(plan).toPlan({ update: ['api/autoscaler/autoscaler'] });
  });

  test('a number instead of a range is set again', async () => {
    const plan = await planStack(app({ replicas: 5 }), { baseline: app({ replicas: { min: 2, max: 10 } }) });
    expect(plan).toPlan({ update: ['api/deployment'], destroy: ['api/autoscaler/autoscaler'] });
    expect(plan.getResource('kubernetes_deployment_v1').attributes['spec'][0].replicas).toBe('5');
  });

  test('a job whose pods have other labels is replaced, and so runs again', async () => {
    const plan = await planStack(app({ replicas: 1, team: 'checkout' }), { baseline: app({ replicas: 1 }) });
    expect(plan).toPlan({ replace: ['migrate/job'] });
    expect(plan.getResource('kubernetes_job_v1').replacedBecause).toContain('metadata[0].name');
  });
});
