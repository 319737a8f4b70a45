import 'quayside/testing/jest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planApp, rehearse, type RehearsedApp, type RehearsedResource } from 'quayside/testing';
import type { App } from 'cdktf';
import { externalDns } from '../../lib/addons/external-dns/external-dns';
import { ingress } from '../../lib/addons/ingress/ingress';
import { namespaces } from '../../lib/addons/namespaces/namespaces';
import { storage } from '../../lib/addons/storage/storage';
import { Environment } from '../../lib/environment/environment';
import type { NodeGroupSpec } from '../../lib/environment/node-groups';
import { EnvironmentProfile } from '../../lib/environment/profile';
import { describeWithTerraform, removeSynthesized } from '../lib/offline/support/app';
import { environment } from '../lib/environment/fixtures';

jest.setTimeout(240_000);
afterAll(removeSynthesized);

const GROUP: NodeGroupSpec = {
  name: 'apps',
  ingress: true,
  architecture: 'arm64',
  instanceTypes: ['m7g.xlarge'],
  minSize: 3,
  maxSize: 6,
};

/** The environment of the guide, with nodes of both kinds. */
const app = (deletionProtection: boolean) => (scope: App) =>
  void new Environment(
    scope,
    environment({
      name: 'retired',
      profile: EnvironmentProfile.business({ deletionProtection }),
      nodeGroups: [GROUP, { ...GROUP, kind: 'auto-scaling', name: 'workers' }],
      volumeAccess: 'cluster',
      addOns: [ingress(), storage(), externalDns(), namespaces([{ name: 'shop' }])],
    }),
  );

const guide = readFileSync(join(__dirname, '../../docs/guides/going-away.md'), 'utf8');

describeWithTerraform('an environment goes away', () => {
  test('turning protection off is an apply of its own, in place', async () => {
    const plans = await planApp(app(false), { baseline: app(true) });
    expect(plans.get('retired-infrastructure')).toPlan({
      update: ['cluster/cluster', 'load-balancer/load-balancer', 'load-balancer-logs/bucket', 'zone/zone'],
    });
    expect(guide).toContain('expect four changes in place');
  });

  describe('destroyed in the order that lets it finish', () => {
    let rehearsal: RehearsedApp;
    beforeAll(async () => {
      rehearsal = await rehearse(app(false));
    });

    const graph = () => {
      const stack = rehearsal.stacks.get('retired-infrastructure')!;
      return { resources: stack.resources, isAfter: stack.isAfter.bind(stack) };
    };
    const ends = (type: string, path = /./): readonly RehearsedResource[] => {
      const found = rehearsal.destroyed.filter(
        (one) => one.stack === 'retired-infrastructure' && one.type === type && path.test(one.path),
      );
      if (found.length === 0) throw new Error(`no ${type} at ${path} was destroyed`);
      return found;
    };

    test('the platform before the infrastructure', () => {
      const [platform, infrastructure] = ['retired-platform', 'retired-infrastructure'].map(
        (stack) => rehearsal.destroyed.map((one) => one.stack).filter((name) => name === stack).length,
      );
      const order = rehearsal.destroyed.map(({ stack }) => stack);
      expect(order.lastIndexOf('retired-platform')).toBe(platform! - 1);
      expect(order).toHaveLength(platform! + infrastructure!);
      expect(Math.min(platform!, infrastructure!)).toBeGreaterThan(0);
    });

    test.each<{ why: string; first: [string, RegExp?]; next: [string, RegExp?] }>([
      {
        why: 'the EBS driver before the nodes that run it',
        first: ['aws_eks_addon', /ebs-csi/],
        next: ['aws_eks_node_group'],
      },
      {
        why: 'CoreDNS before self-managed nodes',
        first: ['aws_eks_addon', /coredns/],
        next: ['aws_autoscaling_group'],
      },
      // It releases their network interfaces until the last one is gone.
      { why: 'managed nodes before the CNI', first: ['aws_eks_node_group'], next: ['aws_eks_addon', /vpc-cni/] },
      {
        why: 'self-managed nodes before the CNI',
        first: ['aws_autoscaling_group'],
        next: ['aws_eks_addon', /vpc-cni/],
      },
      {
        why: 'the CNI before its permissions',
        first: ['aws_eks_addon', /vpc-cni/],
        next: ['aws_iam_role_policy_attachment', /vpc-cni/],
      },
      {
        why: 'the CNI before the limit of its permissions',
        first: ['aws_eks_addon', /vpc-cni/],
        next: ['aws_iam_role_policy', /vpc-cni/],
      },
      {
        why: 'the CNI before the agent that gives it its role',
        first: ['aws_eks_addon', /vpc-cni/],
        next: ['aws_eks_addon', /pod-identity/],
      },
      {
        why: 'nodes before their permissions',
        first: ['aws_eks_node_group'],
        next: ['aws_iam_role_policy_attachment', /nodes-apps/],
      },
      // Otherwise each instance waits for a handler that no longer runs.
      {
        why: 'lifecycle hooks before their group',
        first: ['aws_autoscaling_lifecycle_hook', /1a/],
        next: ['aws_autoscaling_group', /1a/],
      },
      { why: 'network add-ons before the cluster', first: ['aws_eks_addon'], next: ['aws_eks_cluster'] },
      {
        why: 'the cluster before its log group',
        first: ['aws_eks_cluster'],
        next: ['aws_cloudwatch_log_group', /^cluster/],
      },
      { why: 'the load balancer before its logs', first: ['aws_lb'], next: ['aws_s3_bucket'] },
      { why: 'listeners before the certificate', first: ['aws_lb_listener', /https/], next: ['aws_acm_certificate'] },
      { why: 'aliases before the zone', first: ['aws_route53_record', /alias/], next: ['aws_route53_zone'] },
      { why: 'nodes before the way to AWS', first: ['aws_eks_node_group', /1a/], next: ['aws_nat_gateway', /1a/] },
      { why: 'nodes before their subnets', first: ['aws_eks_node_group', /1a/], next: ['aws_subnet', /private.*1a/] },
      { why: 'the load balancer before its subnets', first: ['aws_lb'], next: ['aws_subnet', /public/] },
      {
        why: 'flow logs before their log group',
        first: ['aws_flow_log'],
        next: ['aws_cloudwatch_log_group', /network/],
      },
      { why: 'everything before the VPC', first: ['aws_eks_cluster'], next: ['aws_vpc'] },
    ])('$why', ({ first, next }) => {
      const firsts = ends(...first);
      const thens = ends(...next).filter((one) => !firsts.includes(one));
      const positions = (list: readonly RehearsedResource[]) => list.map((one) => rehearsal.destroyed.indexOf(one));
      expect(Math.max(...positions(firsts))).toBeLessThan(Math.min(...positions(thens)));
      // Not by chance: the graph says so.
      const { resources, isAfter } = graph();
      const find = ({ address }: RehearsedResource) => resources.find((one) => one.address === address)!;
      const unordered = firsts.flatMap((one) => thens.filter((other) => !isAfter(find(one), find(other))));
      expect(unordered.map(({ path }) => path)).toEqual([]);
    });
  });
});

test.each([
  'retired-platform destroy',
  'retired-infrastructure destroy',
  '/aws/eks/retired/cluster',
  'persistentvolumeclaims',
])('the guide names %s', (text) => expect(guide).toContain(text));
