import type { SynthesizedResource } from '../../lib/testing/synthesized-stack';
import { APPS } from '../support/apps';

const production = APPS.get('stacks')!().get('production-infrastructure')!;
const full = APPS.get('full-environment')!().get('full-infrastructure')!;
const isolated = APPS.get('private-environment')!().get('private-infrastructure')!;

/** Resources of a type whose path matches. */
function some(stack: typeof production, type: string, path = /./): readonly SynthesizedResource[] {
  const found = stack.ofType(type).filter((resource) => path.test(resource.path));
  if (found.length === 0) throw new Error(`${stack.name} has no ${type} at ${path}`);
  return found;
}

interface Edge {
  readonly of: string;
  readonly stack: typeof production;
  /** Type and path of what is made first, and destroyed last. */
  readonly first: readonly [string, RegExp];
  readonly then: readonly [string, RegExp];
}

const EDGES: readonly Edge[] = [
  {
    of: 'route and association of its zone -> nodes',
    stack: production,
    first: ['aws_route', /private.*eu-west-1a/],
    then: ['aws_eks_node_group', /eu-west-1a/],
  },
  {
    of: 'NAT -> nodes',
    stack: production,
    first: ['aws_nat_gateway', /eu-west-1b/],
    then: ['aws_eks_node_group', /eu-west-1b/],
  },
  {
    of: 'internet gateway -> NAT',
    stack: production,
    first: ['aws_internet_gateway', /./],
    then: ['aws_nat_gateway', /./],
  },
  {
    of: 'cluster -> its network add-ons',
    stack: production,
    first: ['aws_eks_cluster', /./],
    then: ['aws_eks_addon', /vpc-cni/],
  },
  { of: 'CNI -> nodes', stack: production, first: ['aws_eks_addon', /vpc-cni/], then: ['aws_eks_node_group', /./] },
  {
    of: 'kube-proxy -> nodes',
    stack: production,
    first: ['aws_eks_addon', /kube-proxy/],
    then: ['aws_eks_node_group', /./],
  },
  {
    of: 'Pod Identity agent -> nodes',
    stack: production,
    first: ['aws_eks_addon', /eks-pod-identity-agent/],
    then: ['aws_eks_node_group', /./],
  },
  {
    of: 'CNI permissions -> CNI',
    stack: production,
    first: ['aws_iam_role_policy_attachment', /vpc-cni/],
    then: ['aws_eks_addon', /vpc-cni/],
  },
  { of: 'nodes -> CoreDNS', stack: production, first: ['aws_eks_node_group', /./], then: ['aws_eks_addon', /coredns/] },
  {
    of: 'nodes -> EBS driver',
    stack: production,
    first: ['aws_eks_node_group', /./],
    then: ['aws_eks_addon', /ebs-csi/],
  },
  {
    of: 'node permissions -> nodes',
    stack: production,
    first: ['aws_iam_role_policy_attachment', /nodes-apps/],
    then: ['aws_eks_node_group', /nodes-apps/],
  },
  {
    of: 'zone a -> zone b',
    stack: production,
    first: ['aws_eks_node_group', /nodes-apps\/.*1a/],
    then: ['aws_eks_node_group', /nodes-apps\/.*1b/],
  },
  {
    of: 'zone b -> zone c',
    stack: production,
    first: ['aws_eks_node_group', /nodes-apps\/.*1b/],
    then: ['aws_eks_node_group', /nodes-apps\/.*1c/],
  },
  {
    of: 'log group -> cluster',
    stack: production,
    first: ['aws_cloudwatch_log_group', /^cluster/],
    then: ['aws_eks_cluster', /./],
  },
  {
    of: 'cluster permissions -> cluster',
    stack: production,
    first: ['aws_iam_role_policy_attachment', /^cluster\/role/],
    then: ['aws_eks_cluster', /./],
  },
  {
    of: 'log-bucket policy -> load balancer',
    stack: production,
    first: ['aws_s3_bucket_policy', /./],
    then: ['aws_lb', /./],
  },
  {
    of: 'validated certificate -> HTTPS listener',
    stack: production,
    first: ['aws_acm_certificate_validation', /./],
    then: ['aws_lb_listener', /https/],
  },
  {
    of: 'validation record -> validated certificate',
    stack: production,
    first: ['aws_route53_record', /validation/],
    then: ['aws_acm_certificate_validation', /./],
  },
  {
    of: 'access entry -> self-managed nodes',
    stack: full,
    first: ['aws_eks_access_entry', /nodes-workers/],
    then: ['aws_autoscaling_group', /nodes-workers/],
  },
  {
    of: 'CNI -> self-managed nodes',
    stack: full,
    first: ['aws_eks_addon', /vpc-cni/],
    then: ['aws_autoscaling_group', /./],
  },
  {
    of: 'self-managed nodes -> CoreDNS',
    stack: full,
    first: ['aws_autoscaling_group', /./],
    then: ['aws_eks_addon', /coredns/],
  },
  {
    of: 'self-managed zone a -> zone b',
    stack: full,
    first: ['aws_autoscaling_group', /1a/],
    then: ['aws_autoscaling_group', /1b/],
  },
  {
    of: 'interface endpoints -> nodes',
    stack: isolated,
    first: ['aws_vpc_endpoint', /./],
    then: ['aws_eks_node_group', /./],
  },
];

test.each(EDGES)('$of', ({ stack, first, then }) => {
  for (const later of some(stack, ...then)) {
    for (const earlier of some(stack, ...first)) {
      expect({ later: later.path, earlier: earlier.path, after: stack.isAfter(later, earlier) }).toMatchObject({
        after: true,
      });
    }
  }
});

test('a stack has no circle', () => {
  for (const stack of [production, full, isolated]) {
    expect(stack.resources.filter((resource) => stack.isAfter(resource, resource))).toEqual([]);
  }
});
