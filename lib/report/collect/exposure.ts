import type { Exposure } from '../model';
import { order, read, type Resource, type SynthesizedStacks } from '../synthesized';
import { clusters } from './cluster';
import { namespaceOf } from './pods';

/** What can be reached from outside: by security groups, the Kubernetes API, Services and public buckets. */
export function exposure(stacks: SynthesizedStacks): readonly Exposure[] {
  return [...api(stacks), ...securityGroups(stacks), ...services(stacks), ...machines(stacks)].sort(
    (a, b) => Number(b.internet) - Number(a.internet) || order(a.construct, b.construct),
  );
}

const EVERYONE: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

function api(stacks: SynthesizedStacks): readonly Exposure[] {
  return clusters(stacks)
    .filter(({ publicCidrs }) => publicCidrs.length > 0)
    .map(({ construct, name, publicCidrs }) => ({
      construct,
      what: `Kubernetes API of ${name}`,
      from: publicCidrs,
      ports: 'tcp 443',
      internet: true,
    }));
}

function securityGroups(stacks: SynthesizedStacks): readonly Exposure[] {
  return stacks.ofType('aws_vpc_security_group_ingress_rule').map((rule) => {
    const group = rule.target('referenced_security_group_id');
    const from = [rule.text('cidr_ipv4'), rule.text('cidr_ipv6'), group && `security group ${group.path}`];
    const named = from.filter((one) => one !== undefined);
    return {
      construct: rule.construct,
      what: rule.text('description') ?? 'Security group rule',
      from: named,
      ports: ports(rule),
      // A rule is no way in where the load balancer behind it has no public address.
      internet: named.some((one) => EVERYONE.has(one)) && !onlyInternal(stacks, rule),
    };
  });
}

function ports(rule: Resource): string {
  const [protocol = 'all', from, to] = ['ip_protocol', 'from_port', 'to_port'].map((key) => rule.text(key));
  if (protocol === '-1' || from === undefined) return 'all';
  return `${protocol} ${from === to ? from : `${from}-${to}`}`;
}

function onlyInternal(stacks: SynthesizedStacks, rule: Resource): boolean {
  const group = rule.target('security_group_id');
  const users = stacks.ofType('aws_lb').filter((one) => group && one.targets('security_groups').includes(group));
  return users.length > 0 && users.every((one) => one.get('internal') === true);
}

function services(stacks: SynthesizedStacks): readonly Exposure[] {
  return stacks
    .ofType('kubernetes_service_v1', 'kubernetes_service')
    .filter((service) => ['NodePort', 'LoadBalancer'].includes(String(service.get('spec.type'))))
    .map((service) => {
      const type = String(service.get('spec.type'));
      const open = service.blocks('spec.port').map((port) => String(read(port, 'node_port') ?? read(port, 'port')));
      return {
        construct: service.construct,
        what: `Service ${namespaceOf(service)}/${service.text('metadata.name') ?? ''} (${type})`,
        from: [type === 'NodePort' ? "whoever the nodes' security groups admit" : 'a load balancer of its own'],
        ports: `tcp ${open.join(', ')}`,
        internet: type === 'LoadBalancer',
      };
    });
}

function machines(stacks: SynthesizedStacks): readonly Exposure[] {
  return stacks
    .ofType('aws_subnet')
    .filter((subnet) => subnet.get('map_public_ip_on_launch') === true)
    .map((subnet) => ({
      construct: subnet.construct,
      what: `Machines in subnet ${subnet.text('cidr_block') ?? ''} get public addresses`,
      from: ['whoever their security groups admit'],
      ports: 'all',
      internet: true,
    }));
}
