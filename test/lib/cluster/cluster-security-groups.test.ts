import { ClusterSecurityGroups, type ClusterSecurityGroupsProps } from '../../../lib/cluster/cluster-security-groups';
import type { SynthesizedResource } from '../../../lib/testing/synthesized-stack';
import { synthStack } from '../../support/stack';

function synth(props: Partial<ClusterSecurityGroupsProps>) {
  let groups!: ClusterSecurityGroups;
  const stack = synthStack((scope) => {
    groups = new ClusterSecurityGroups(scope, 'groups', {
      clusterName: 'production',
      vpcId: 'vpc-1',
      mode: 'cluster',
      clusterSecurityGroupId: 'sg-eks',
      apiCidrs: [],
      ipFamily: 'ipv4',
      ...props,
    });
  });
  return { stack, groups };
}

/** `tcp 443 from sg-eks to nodes` */
function formatRule({ attributes: rule }: SynthesizedResource): string {
  const group = (id?: string) => (id?.includes('nodes') ? 'nodes' : id);
  const ports = rule['from_port'] === rule['to_port'] ? rule['from_port'] : `${rule['from_port']}-${rule['to_port']}`;
  return `${rule['ip_protocol']} ${ports} from ${group(rule['referenced_security_group_id'])} to ${group(rule['security_group_id'])}`;
}

test('in cluster mode nodes have the security group of EKS, and one for the rules of load balancers', () => {
  const { stack, groups } = synth({});
  expect(groups.nodeSecurityGroupIds).toEqual(['sg-eks']);
  expect(groups.rules).toEqual([]);
  const group = stack.getResource('aws_security_group', 'groups/load-balancer-targets');
  expect(group.attributes).toMatchObject({ vpc_id: 'vpc-1', lifecycle: { create_before_destroy: true } });
  expect(group.attributes).not.toHaveProperty('ingress');
});

test('networks can reach the Kubernetes API through the private endpoint', () => {
  const { stack, groups } = synth({ apiCidrs: ['10.20.0.0/16', '192.168.0.0/24'] });
  expect(stack.ofType('aws_vpc_security_group_ingress_rule').map(({ attributes }) => attributes)).toMatchObject([
    { security_group_id: 'sg-eks', cidr_ipv4: '10.20.0.0/16', ip_protocol: 'tcp', from_port: 443, to_port: 443 },
    { security_group_id: 'sg-eks', cidr_ipv4: '192.168.0.0/24', ip_protocol: 'tcp', from_port: 443, to_port: 443 },
  ]);
  expect(groups.rules).toEqual([]);
});

test('strict mode allows only what Kubernetes needs', () => {
  const { stack } = synth({ mode: 'strict' });
  expect(stack.getResource('aws_security_group', 'groups/nodes').attributes['tags']).toMatchObject({
    'kubernetes.io/cluster/production': 'owned',
  });
  expect(stack.ofType('aws_vpc_security_group_ingress_rule').map(formatRule)).toEqual([
    'tcp 443 from nodes to sg-eks',
    'tcp 53 from nodes to nodes',
    'udp 53 from nodes to nodes',
    'tcp 10250 from sg-eks to nodes',
    'tcp 10251 from sg-eks to nodes',
    'tcp 4443 from sg-eks to nodes',
    'tcp 6443 from sg-eks to nodes',
    'tcp 8443 from sg-eks to nodes',
    'tcp 9443 from sg-eks to nodes',
    'tcp 443 from sg-eks to nodes',
    'tcp 1025-65535 from nodes to nodes',
    'udp 1025-65535 from nodes to nodes',
  ]);
});

test.each([
  { ipFamily: 'ipv4' as const, cidrs: [{ cidr_ipv4: '0.0.0.0/0' }] },
  { ipFamily: 'ipv6' as const, cidrs: [{ cidr_ipv4: '0.0.0.0/0' }, { cidr_ipv6: '::/0' }] },
])('strict nodes of $ipFamily have egress to $cidrs, on all ports', ({ ipFamily, cidrs }) => {
  const rules = synth({ mode: 'strict', ipFamily }).stack.ofType('aws_vpc_security_group_egress_rule');
  expect(rules.map(({ attributes }) => attributes)).toMatchObject(
    cidrs.map((cidr) => ({ ip_protocol: '-1', ...cidr })),
  );
  expect(rules.filter(({ attributes }) => 'from_port' in attributes)).toEqual([]);
});

describe('ports that are opened besides', () => {
  const openPorts = [
    { from: 'control-plane', port: 8200, purpose: 'Webhook of vault' },
    { from: 'control-plane', port: 9443, purpose: 'Webhook of cert-manager' },
    { from: 'nodes', port: 443, purpose: 'Host port' },
    { from: 'nodes', port: 8301, protocol: 'udp', purpose: 'Gossip' },
  ] as const;

  test('in strict mode only what Kubernetes does not need anyway has a rule', () => {
    const paths = (ports: ClusterSecurityGroupsProps['openPorts']) =>
      synth({ mode: 'strict', openPorts: ports }).stack.resources.map(({ path }) => path);
    expect(paths(openPorts).filter((path) => !paths([]).includes(path))).toEqual([
      'groups/nodes-from-control-plane-tcp-8200',
      'groups/nodes-from-nodes-tcp-443',
    ]);
  });

  test('a rule says from where, to which port and why', () => {
    const { stack, groups } = synth({ mode: 'strict', openPorts });
    const { attributes } = stack.getResource(
      'aws_vpc_security_group_ingress_rule',
      'groups/nodes-from-control-plane-tcp-8200',
    );
    expect(attributes).toMatchObject({
      description: 'Webhook of vault',
      from_port: 8200,
      to_port: 8200,
      ip_protocol: 'tcp',
      referenced_security_group_id: 'sg-eks',
    });
    expect(groups.rules).toHaveLength(synth({ mode: 'strict' }).groups.rules.length + 2);
  });

  test("in cluster mode EKS's group lets everything through", () => {
    expect(synth({ openPorts }).groups.rules).toEqual([]);
  });
});
