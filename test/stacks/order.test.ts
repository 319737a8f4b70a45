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
  /** Type and path of what is created first, and destroyed last. */
  readonly earlier: readonly [string, RegExp];
  readonly later: readonly [string, RegExp];
}

const EDGES: readonly Edge[] = [
  {
    of: 'route and association of its zone -> nodes',
    stack: production,
    earlier: ['aws_route', /private.*eu-west-1a/],
    later: ['aws_eks_node_group', /eu-west-1a/],
  },
  {
    of: 'NAT -> nodes',
    stack: production,
    earlier: ['aws_nat_gateway', /eu-west-1b/],
    later: ['aws_eks_node_group', /eu-west-1b/],
  },
  {
    of: 'internet gateway -> NAT',
    stack: production,
    earlier: ['aws_internet_gateway', /./],
    later: ['aws_nat_gateway', /./],
  },
  {
    of: 'cluster -> its network add-ons',
    stack: production,
    earlier: ['aws_eks_cluster', /./],
    later: ['aws_eks_addon', /vpc-cni/],
  },
  { of: 'CNI -> nodes', stack: production, earlier: ['aws_eks_addon', /vpc-cni/], later: ['aws_eks_node_group', /./] },
  {
    of: 'kube-proxy -> nodes',
    stack: production,
    earlier: ['aws_eks_addon', /kube-proxy/],
    later: ['aws_eks_node_group', /./],
  },
  {
    of: 'Pod Identity agent -> nodes',
    stack: production,
    earlier: ['aws_eks_addon', /eks-pod-identity-agent/],
    later: ['aws_eks_node_group', /./],
  },
  {
    of: 'CNI permissions -> CNI',
    stack: production,
    earlier: ['aws_iam_role_policy_attachment', /vpc-cni/],
    later: ['aws_eks_addon', /vpc-cni/],
  },
  {
    of: 'nodes -> CoreDNS',
    stack: production,
    earlier: ['aws_eks_node_group', /./],
    later: ['aws_eks_addon', /coredns/],
  },
  {
    of: 'nodes -> EBS driver',
    stack: production,
    earlier: ['aws_eks_node_group', /./],
    later: ['aws_eks_addon', /ebs-csi/],
  },
  {
    of: 'node permissions -> nodes',
    stack: production,
    earlier: ['aws_iam_role_policy_attachment', /nodes-apps/],
    later: ['aws_eks_node_group', /nodes-apps/],
  },
  {
    of: 'zone a -> zone b',
    stack: production,
    earlier: ['aws_eks_node_group', /nodes-apps\/.*1a/],
    later: ['aws_eks_node_group', /nodes-apps\/.*1b/],
  },
  {
    of: 'zone b -> zone c',
    stack: production,
    earlier: ['aws_eks_node_group', /nodes-apps\/.*1b/],
    later: ['aws_eks_node_group', /nodes-apps\/.*1c/],
  },
  {
    of: 'log group -> cluster',
    stack: production,
    earlier: ['aws_cloudwatch_log_group', /^cluster/],
    later: ['aws_eks_cluster', /./],
  },
  {
    of: 'cluster permissions -> cluster',
    stack: production,
    earlier: ['aws_iam_role_policy_attachment', /^cluster\/role/],
    later: ['aws_eks_cluster', /./],
  },
  {
    of: 'log-bucket policy -> load balancer',
    stack: production,
    earlier: ['aws_s3_bucket_policy', /./],
    later: ['aws_lb', /./],
  },
  {
    of: 'validated certificate -> HTTPS listener',
    stack: production,
    earlier: ['aws_acm_certificate_validation', /./],
    later: ['aws_lb_listener', /https/],
  },
  {
    of: 'validation record -> validated certificate',
    stack: production,
    earlier: ['aws_route53_record', /validation/],
    later: ['aws_acm_certificate_validation', /./],
  },
  {
    of: 'access entry -> self-managed nodes',
    stack: full,
    earlier: ['aws_eks_access_entry', /nodes-workers/],
    later: ['aws_autoscaling_group', /nodes-workers/],
  },
  {
    of: 'CNI -> self-managed nodes',
    stack: full,
    earlier: ['aws_eks_addon', /vpc-cni/],
    later: ['aws_autoscaling_group', /./],
  },
  {
    of: 'self-managed nodes -> CoreDNS',
    stack: full,
    earlier: ['aws_autoscaling_group', /./],
    later: ['aws_eks_addon', /coredns/],
  },
  {
    of: 'self-managed zone a -> zone b',
    stack: full,
    earlier: ['aws_autoscaling_group', /1a/],
    later: ['aws_autoscaling_group', /1b/],
  },
  {
    of: 'interface endpoints -> nodes',
    stack: isolated,
    earlier: ['aws_vpc_endpoint', /./],
    later: ['aws_eks_node_group', /./],
  },
];

test.each(EDGES)('$of', ({ stack, earlier, later }) => {
  for (const last of some(stack, ...later)) {
    for (const first of some(stack, ...earlier)) {
      expect({ last: last.path, first: first.path, after: stack.isAfter(last, first) }).toMatchObject({
        after: true,
      });
    }
  }
});

test('a stack has no dependency cycle', () => {
  for (const stack of [production, full, isolated]) {
    expect(stack.resources.filter((resource) => stack.isAfter(resource, resource))).toEqual([]);
  }
});
