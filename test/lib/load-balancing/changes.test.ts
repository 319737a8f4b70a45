import 'quayside/testing/jest';
import { planStack, rehearseChanges, type PlannedStack } from 'quayside/testing';
import type { App } from 'cdktf';
import { AwsStack } from '../../../lib/core/aws-stack';
import { formerly } from '../../../lib/core/formerly';
import {
  ApplicationLoadBalancer,
  type ApplicationLoadBalancerProps,
} from '../../../lib/load-balancing/application-load-balancer';
import type { ListenerRule } from '../../../lib/load-balancing/listener-rule';
import { trafficContract, type TrafficContractProps } from '../../../lib/load-balancing/traffic-contract';
import { describeWithTerraform, PLACE } from '../offline/support/app';
import { props } from './fixtures';

jest.setTimeout(60_000);

const certificate = (domain: string, key?: string) => ({
  certificateArn: `arn:aws:acm:eu-west-1:${PLACE.account}:certificate/${key ?? domain}`,
  domainNames: [domain],
  key,
});

const PROPS: ApplicationLoadBalancerProps = { ...props, certificates: [certificate('example.com')] };

type Changes = Partial<ApplicationLoadBalancerProps> & {
  readonly former?: (loadBalancer: ApplicationLoadBalancer) => void;
};

const app =
  ({ former = () => {}, ...changes }: Changes = {}) =>
  (scope: App): void => {
    const stack = new AwsStack(scope, 'test', PLACE);
    former(new ApplicationLoadBalancer(stack, 'lb', { ...PROPS, ...changes }));
  };

const plan = (before: Changes, after: Changes): Promise<PlannedStack> =>
  planStack(app(after), { baseline: app(before) });

const traffic = (given: TrafficContractProps) => ({
  traffic: trafficContract({ trustedCidrs: ['10.20.0.0/16'], ...given }),
});

/** The target groups of the plan that a rule forwards to: weights by port. */
function weights(planned: PlannedStack): Record<string, number> {
  const ports = new Map(
    planned
      .ofType('aws_lb_target_group')
      .filter(({ action }) => action !== 'destroy')
      .map(({ attributes }) => [attributes['arn'], String(attributes['port'])]),
  );
  const [action] = planned.getResource('aws_lb_listener_rule').attributes['action'];
  const forwarded: { arn: string; weight: number }[] = action.forward?.[0]?.target_group ?? [
    { arn: action.target_group_arn, weight: 1 },
  ];
  return Object.fromEntries(forwarded.map(({ arn, weight }) => [ports.get(arn) ?? arn, weight]));
}

describeWithTerraform('deletion protection', () => {
  const internal = { scheme: 'internal', ...traffic({}) } as const;

  test('rejects a replacement of the load balancer when it is planned', async () => {
    await expect(plan({}, internal)).rejects.toThrow(/lb\/load-balancer[^]*Instance cannot be destroyed/);
  });

  test('is turned off in place; then a replacement can be planned', async () => {
    expect(await plan({}, { deletionProtection: false })).toPlan({ update: ['lb/load-balancer'] });
    const replaced = await plan({ deletionProtection: false }, { ...internal, deletionProtection: false });
    expect(replaced.getResource('aws_lb').action).toBe('replace');
  });

  test('a load balancer that is removed from the stack takes it along', async () => {
    const empty = (scope: App) => void new AwsStack(scope, 'test', PLACE);
    expect((await planStack(empty, { baseline: app() })).getResource('aws_lb').action).toBe('destroy');
  });

  test('the lifecycle of a resource can be overridden', async () => {
    const former = ({ loadBalancer }: ApplicationLoadBalancer) =>
      loadBalancer.addOverride('lifecycle.prevent_destroy', false);
    expect((await plan({}, { ...internal, former })).getResource('aws_lb').action).toBe('replace');
  });
});

describeWithTerraform('certificates', () => {
  const [com, org] = [certificate('example.com'), certificate('example.org')];
  const hosts = ['example.com'];

  test('two can be swapped: none is removed', async () => {
    expect(await plan({ certificates: [com, org], hosts }, { certificates: [org, com], hosts })).toPlan({
      update: ['lb/https'],
    });
  });

  test('the default can be removed after another became it', async () => {
    const removed = await plan({ certificates: [com, org], hosts }, { certificates: [com], hosts });
    expect(removed).toPlan({ destroy: 1 });
    expect(removed.getResource('aws_lb_listener_certificate', 'lb/certificate-example.com').action).toBe('no-op');
  });

  test('a successor for the same names is listed before the old one is removed', async () => {
    const successor = certificate('example.com', 'renewed');
    const both = [successor, com];
    expect(await plan({ certificates: [com] }, { certificates: both })).toPlan({
      update: ['lb/https'],
      create: ['lb/certificate-renewed'],
    });
    expect(await plan({ certificates: both }, { certificates: [successor] })).toPlan({ destroy: 1 });
  });
});

describeWithTerraform('ports', () => {
  const steps: readonly TrafficContractProps[] = [
    {},
    { additionalNodePorts: { http: [31000], healthCheck: [31001] } },
    {
      httpNodePort: 31000,
      healthCheckNodePort: 31001,
      additionalNodePorts: { http: [30080], healthCheck: [30081] },
    },
    { httpNodePort: 31000, healthCheckNodePort: 31001 },
  ];
  const step = (number: number) => plan(traffic(steps[number - 1]!), traffic(steps[number]!));

  test('a listed port is opened, with a target group that gets health checks but no requests', async () => {
    const planned = await step(1);
    expect(planned).toPlan({
      create: [
        'lb/security-group/to-nodes-31000',
        'lb/security-group/nodes-from-31000',
        'lb/security-group/to-nodes-31001',
        'lb/security-group/nodes-from-31001',
        'lb/target-group-ingress.31000/target-group',
        'lb/target-group-ingress.31000/attachment-ingress',
      ],
      update: ['lb/rule-ingress'],
    });
    const [action] = planned.getResource('aws_lb_listener_rule').attributes['action'];
    expect(action.forward[0].target_group.map(({ weight }: { weight: number }) => weight).sort()).toEqual([0, 1]);
  });

  test('the ports are exchanged in place: every target group stays', async () => {
    const planned = await step(2);
    expect(planned).toPlan({
      update: ['lb/rule-ingress', 'lb/target-group-ingress/target-group', 'lb/target-group-ingress.31000/target-group'],
    });
    expect(weights(planned)).toEqual({ '30080': 0, '31000': 1 });
    for (const { attributes } of planned.ofType('aws_lb_target_group')) {
      expect(attributes['health_check'][0].port).toBe('31001');
    }
  });

  test('the old port is closed: nothing that requests use changes', async () => {
    const planned = await step(3);
    expect(planned).toPlan({ update: ['lb/rule-ingress'], destroy: 6 });
    // For Terraform it could be an environment of an earlier release, whose target group moves.
    expect(planned.warnings.map(({ summary }) => summary)).toEqual(['Unresolved resource instance address changes']);
    expect(weights(planned)).toEqual({ '31000': 1 });
    const kept = ['lb/target-group-ingress.31000/target-group', 'lb/target-group-ingress.31000/attachment-ingress'];
    for (const path of kept) expect(planned.resources.find((one) => one.path === path)?.action).toBe('no-op');
  });

  test('a port other than the default keeps its target group in releases with additional ports', async () => {
    const contract = traffic({ httpNodePort: 31000 });
    const earlier = (scope: App): void => {
      const stack = new AwsStack(scope, 'test', PLACE);
      const targetGroups = [{ key: 'ingress', nodePort: 31000 }];
      new ApplicationLoadBalancer(stack, 'lb', { ...PROPS, ...contract, targetGroups });
    };
    expect(await planStack(app(contract), { baseline: earlier })).toPlan({});
  });
});

describeWithTerraform('a renamed key', () => {
  const rule = (key: string): readonly ListenerRule[] => [
    { key, priority: 10, paths: ['/old'], action: { kind: 'fixed-response', statusCode: 410 } },
  ];

  test('of a rule moves it', async () => {
    const former = ({ rules }: ApplicationLoadBalancer) => formerly(rules.get('gone')!, 'rule-removed');
    expect(await plan({ rules: rule('removed') }, { rules: rule('gone'), former })).toPlan({});
  });

  test('of a target group replaces it, the new one first', async () => {
    const former = ({ targetGroups }: ApplicationLoadBalancer) =>
      formerly(targetGroups.get('stable')!, 'target-group-blue');
    const planned = await plan({ targetGroups: [{ key: 'blue' }] }, { targetGroups: [{ key: 'stable' }], former });
    expect(planned).toPlan({
      replace: ['lb/target-group-stable/target-group', 'lb/target-group-stable/attachment-ingress'],
      update: ['lb/rule-ingress'],
    });
    const replaced = planned.json.resource_changes?.filter(({ change }) => change.actions.length > 1) ?? [];
    expect(replaced.map(({ change }) => change.actions)).toEqual([
      ['create', 'delete'],
      ['create', 'delete'],
    ]);
  });
});

describeWithTerraform('applied one after the other', () => {
  const applied = async (...versions: readonly Changes[]) => {
    const steps = await rehearseChanges(versions.map(app));
    return steps.map((step) => step.applied.map(({ action, path }) => `${action} ${path}`));
  };

  /** A function that returns when a change was applied. */
  const positions = (order: readonly string[]) => (change: string) => {
    expect(order).toContain(change);
    return order.indexOf(change);
  };

  test('a changed port is attached before the rule switches, and deleted after it', async () => {
    const [, changed, closed] = await applied(
      traffic({}),
      traffic({ httpNodePort: 31000, additionalNodePorts: { http: [30090] } }),
      traffic({ httpNodePort: 31000 }),
    );
    const at = positions(changed!);
    const switched = at('update lb/rule-ingress');
    for (const created of [
      'create lb/target-group-ingress.31000/attachment-ingress',
      'create lb/target-group-ingress.30090/attachment-ingress',
      'create lb/security-group/to-nodes-31000',
      'create lb/security-group/nodes-from-31000',
    ]) {
      expect(at(created)).toBeLessThan(switched);
    }
    for (const deleted of [
      'delete lb/target-group-ingress.31000/attachment-ingress',
      'delete lb/target-group-ingress.31000/target-group',
      'delete lb/security-group/nodes-from-30080',
    ]) {
      expect(at(deleted)).toBeGreaterThan(switched);
    }
    const after = positions(closed!);
    const unlisted = after('update lb/rule-ingress');
    expect(after('delete lb/target-group-ingress.30090/attachment-ingress')).toBeGreaterThan(unlisted);
    expect(after('delete lb/target-group-ingress.30090/target-group')).toBeGreaterThan(unlisted);
  });

  test('swapped certificates, and then the removal of the former default', async () => {
    const [com, org] = [certificate('example.com'), certificate('example.org')];
    const hosts = ['example.org'];
    const [, swapped, removed] = await applied(
      { certificates: [com, org], hosts },
      { certificates: [org, com], hosts },
      { certificates: [org], hosts },
    );
    expect(swapped).toEqual(['update lb/https']);
    expect(removed).toEqual(['delete lb/certificate-example.com']);
  });
});
