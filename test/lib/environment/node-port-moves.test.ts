import 'quayside/testing/jest';
import { rehearseChanges, type PlannedResource, type PlannedStack, type RehearsedStep } from 'quayside/testing';
import type { App } from 'cdktf';
import { ingress } from '../../../lib/addons/ingress/ingress';
import { Environment } from '../../../lib/environment/environment';
import type { EnvironmentProps } from '../../../lib/environment/environment-props';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { describeWithTerraform } from '../offline/support/app';
import { environment } from './fixtures';

jest.setTimeout(120_000);

type Overrides = Partial<EnvironmentProps>;

/** The smallest environment: the ports do not depend on its nodes. */
const app = (overrides: Overrides) => (scope: App) => {
  const [profile, zones] = [EnvironmentProfile.solo(), ['eu-west-1a', 'eu-west-1b']];
  new Environment(scope, environment({ profile, zones, addOns: [ingress()], ...overrides }));
};

interface Plans {
  readonly infrastructure: PlannedStack;
  readonly platform: PlannedStack;
}

const plansOf = (step: RehearsedStep): Plans => ({
  infrastructure: step.getPlan('staging-infrastructure'),
  platform: step.getPlan('staging-platform'),
});

describeWithTerraform('a NodePort changes in three steps', () => {
  const traffic = (given: NonNullable<EnvironmentProps['loadBalancer']>['traffic']): Overrides => ({
    loadBalancer: { traffic: given },
  });
  const steps = [
    traffic({}),
    traffic({ additionalNodePorts: { http: [31000], healthCheck: [31001] } }),
    traffic({
      httpNodePort: 31000,
      healthCheckNodePort: 31001,
      additionalNodePorts: { http: [30080], healthCheck: [30081] },
    }),
    traffic({ httpNodePort: 31000, healthCheckNodePort: 31001 }),
  ];

  let rehearsed: readonly RehearsedStep[];
  beforeAll(async () => {
    rehearsed = await rehearseChanges(steps.map(app));
  });

  type Side = 'before' | 'attributes';

  const listening = ({ platform }: Plans, side: Side): number[] => {
    const [spec] = platform.getResource('kubernetes_service_v1')[side]['spec'];
    return (spec.port as { node_port: string }[]).map(({ node_port }) => Number(node_port)).sort();
  };

  const exists = (side: Side) => (resource: PlannedResource) =>
    resource.action !== (side === 'before' ? 'create' : 'destroy');

  const allowed = ({ infrastructure }: Plans, side: Side): number[] =>
    infrastructure
      .ofType('aws_vpc_security_group_ingress_rule')
      .filter(exists(side))
      .filter(({ attributes }) => attributes['description'] === 'Load balancer')
      .map(({ attributes }) => Number(attributes['from_port']))
      .sort();

  /** The ports that the load balancer sends requests and health checks to. */
  const used = ({ infrastructure }: Plans, side: Side): number[] => {
    const [action] = infrastructure.getResource('aws_lb_listener_rule')[side]['action'];
    const forwarded: readonly { arn: string; weight: number }[] = action.forward?.[0]?.target_group ?? [
      { arn: action.target_group_arn, weight: 1 },
    ];
    const active = forwarded.find(({ weight }) => weight > 0);
    const groups = infrastructure.ofType('aws_lb_target_group').filter(exists(side));
    const { port, health_check } = groups.map((group) => group[side]).find(({ arn }) => arn === active!.arn)!;
    return [Number(port), Number(health_check[0].port)].sort();
  };

  const [OLD, NEW] = [
    [30080, 30081],
    [31000, 31001],
  ];
  const BOTH = [...OLD!, ...NEW!];

  test.each([
    { step: 1, uses: OLD, opens: BOTH },
    { step: 2, uses: NEW, opens: BOTH },
    { step: 3, uses: NEW, opens: NEW },
  ])('after step $step the load balancer uses $uses, which are open at every moment', ({ step, uses, opens }) => {
    const plans = plansOf(rehearsed[step]!);
    expect(plans.platform).toPlan({ update: ['traefik/service/service'] });
    expect(used(plans, 'attributes')).toEqual(uses);
    expect(listening(plans, 'attributes')).toEqual(opens);
    expect(allowed(plans, 'attributes')).toEqual(opens);
    // Before the infrastructure is applied, between, and after the platform.
    const moments: readonly [Side, Side][] = [
      ['before', 'before'],
      ['attributes', 'before'],
      ['attributes', 'attributes'],
    ];
    for (const [infrastructure, platform] of moments) {
      expect(listening(plans, platform)).toEqual(expect.arrayContaining(used(plans, infrastructure)));
      expect(allowed(plans, infrastructure)).toEqual(expect.arrayContaining(used(plans, infrastructure)));
    }
  });
});
