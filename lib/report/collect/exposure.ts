import type { Exposure } from '../model';
import { order, read, type SynthesizedStacks } from '../synthesized';
import { clusters } from './cluster';
import { namespaceOf } from './pods';
import { securityGroupRules } from './security-groups';

/** What is reachable from outside: through security groups, the Kubernetes API, Services and public IP addresses. */
export function exposure(stacks: SynthesizedStacks): readonly Exposure[] {
  return [...api(stacks), ...securityGroupRules(stacks), ...services(stacks), ...publicAddresses(stacks)].sort(
    (a, b) => Number(b.internet) - Number(a.internet) || order(a.construct, b.construct),
  );
}

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
        from: [type === 'NodePort' ? "sources that the nodes' security groups allow" : 'its own load balancer'],
        ports: `tcp ${open.join(', ')}`,
        internet: type === 'LoadBalancer',
      };
    });
}

/** Attributes that assign a public IP address to an instance or a database. */
const PUBLIC_ADDRESSES: readonly string[] = [
  'map_public_ip_on_launch',
  'associate_public_ip_address',
  'network_interfaces.associate_public_ip_address',
  'publicly_accessible',
];

function publicAddresses(stacks: SynthesizedStacks): readonly Exposure[] {
  return stacks.resources
    .filter((resource) => PUBLIC_ADDRESSES.some((key) => String(resource.get(key)) === 'true'))
    .map(({ construct, type }) => ({
      construct,
      what: `Public IP addresses (${type})`,
      from: ['sources that the security groups allow'],
      ports: 'all',
      internet: true,
    }));
}
