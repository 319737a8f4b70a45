import 'quayside/testing/jest';
import { planStack, rehearse } from 'quayside/testing';
import type { App } from 'cdktf';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { AwsStack } from '../../../lib/core/aws-stack';
import type { Replicas } from '../../../lib/kubernetes/controllers/replicas';
import type { Controller } from '../../../lib/kubernetes/controllers/controllers';
import { Job } from '../../../lib/kubernetes/job';
import { PodService, type PodServiceProps } from '../../../lib/kubernetes/service';
import { ServiceAccount } from '../../../lib/kubernetes/service-account';
import { Workload, type WorkloadProps } from '../../../lib/kubernetes/workload';
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
    new Job(stack, 'migrate', { ...pods, identity: { name: 'migrate', partOf: 'shop' }, labels: { team } });
  };

/** A stack with the Kubernetes provider and what `build` places in it. */
const withProvider =
  (build: (stack: AwsStack) => void) =>
  (scope: App): void => {
    const stack = new AwsStack(scope, 'test', PLACE);
    new KubernetesProvider(stack, 'kubernetes', { host: 'https://localhost' });
    build(stack);
  };

const workload = (overrides: Partial<WorkloadProps> = {}) =>
  withProvider((stack) => void new Workload(stack, 'api', { ...props, ...overrides }));

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

  describe('the kind of a service', () => {
    const service = (kind: PodServiceProps['kind'], change: (service: PodService) => void = () => {}) =>
      withProvider((stack) => {
        const { namespace, identity } = props;
        change(new PodService(stack, 'service', { namespace, identity, kind, ports: { http: { port: 80 } } }));
      });
    /** As releases before the trigger wrote it. */
    const withoutTrigger = ({ node, service: object }: PodService): void => {
      node.tryRemoveChild('addressing');
      object.lifecycle = undefined;
    };

    test.each([
      ['headless', 'cluster-ip'],
      ['cluster-ip', 'headless'],
      ['headless', 'node-port'],
    ] as const)('%s to %s replaces it', async (from, to) => {
      const plan = await planStack(service(to), { baseline: service(from) });
      expect(plan).toPlan({ update: ['service/addressing'], replace: ['service/service'] });
      const { cluster_ip: address } = plan.getResource('kubernetes_service_v1').attributes['spec'][0];
      expect(address === 'None').toBe(to === 'headless');
    });

    test.each([
      ['cluster-ip', 'node-port'],
      ['node-port', 'cluster-ip'],
    ] as const)('%s to %s is in place', async (from, to) => {
      expect(await planStack(service(to), { baseline: service(from) })).toPlan({ update: ['service/service'] });
    });

    test('that stays leaves a service of an earlier release as it is', async () => {
      const plan = await planStack(service('headless'), { baseline: service('headless', withoutTrigger) });
      expect(plan).toPlan({ create: ['service/addressing'] });
    });
  });

  describe('a service account that is dropped', () => {
    const controllers: readonly Controller[] = [
      { kind: 'deployment', replicas: 1 },
      { kind: 'stateful-set', replicas: 1, serviceId: 'api' },
      { kind: 'daemon-set' },
      { kind: 'cron-job', schedule: '0 3 * * *' },
    ];
    const { namespace, identity } = props;

    test.each(controllers)('is not what the pods of a $kind still name', async (controller) => {
      const plan = await planStack(workload({ controller }), {
        baseline: withProvider((stack) => {
          const serviceAccount = new ServiceAccount(stack, 'account', { namespace, identity });
          new Workload(stack, 'api', { ...props, controller, serviceAccount });
        }),
      });
      const path = `api/${controller.kind}`;
      expect(plan).toPlan({ update: [path], destroy: ['account/account'] });
      const [{ job_template: [jobs] = [], ...spec }] = plan.resources.find((one) => one.path === path)!.attributes[
        'spec'
      ];
      expect((jobs?.spec[0] ?? spec).template[0].spec[0].service_account_name).toBe('default');
    });
  });

  describe('kubectl rollout restart', () => {
    const restarted = { 'kubectl.kubernetes.io/restartedAt': '2026-11-27T12:00:00Z' };
    const controllers: readonly Controller[] = [
      { kind: 'deployment', replicas: 1 },
      { kind: 'deployment', replicas: { min: 1, max: 3 } },
      { kind: 'stateful-set', replicas: 1, serviceId: 'api' },
      { kind: 'daemon-set' },
    ];

    test.each(controllers)('of a $kind is not undone', async (controller) => {
      const baseline = workload({ controller, annotations: restarted });
      expect(await planStack(workload({ controller }), { baseline })).toPlan({});
    });

    test('stays when another annotation changes, so that pods are replaced once', async () => {
      const plan = await planStack(workload({ annotations: { reviewed: 'yes' } }), {
        baseline: workload({ annotations: { ...restarted, reviewed: 'no' } }),
      });
      expect(plan).toPlan({ update: ['api/deployment'] });
      expect(
        plan.getResource('kubernetes_deployment_v1').attributes['spec'][0].template[0].metadata[0].annotations,
      ).toEqual({ ...restarted, reviewed: 'yes' });
    });

    test("its annotation among the workload's own is not ignored", async () => {
      const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-11-28T12:00:00Z' };
      const plan = await planStack(workload({ annotations }), { baseline: workload({ annotations: restarted }) });
      expect(plan).toPlan({ update: ['api/deployment'] });
    });
  });
});
