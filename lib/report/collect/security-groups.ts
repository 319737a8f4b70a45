import type { Exposure } from '../model';
import { list, type Resource, type SynthesizedStacks } from '../synthesized';

/** An ingress rule, in any of the provider's three forms. */
interface IngressRule {
  readonly resource: Resource;
  /** The security group of the rule. */
  readonly group: Resource | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly protocol: unknown;
}

const ANYWHERE: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);
/** Attributes for the sources that a rule allows. */
const SOURCES = [
  'cidr_ipv4',
  'cidr_ipv6',
  'cidr_blocks',
  'ipv6_cidr_blocks',
  'referenced_security_group_id',
  'source_security_group_id',
  'security_groups',
  'prefix_list_id',
  'prefix_list_ids',
];

export function securityGroupRules(stacks: SynthesizedStacks): readonly Exposure[] {
  return ingressRules(stacks).map((rule) => {
    const { resource, fields } = rule;
    const from = SOURCES.flatMap((source) => list(fields[source])).map((value) => sourceName(resource, value));
    return {
      construct: resource.construct,
      what: resource.show(fields['description'] ?? 'Security group rule'),
      from: from.length > 0 ? from : ['itself'],
      ports: ports(rule),
      // The rule does not expose an internal load balancer, which has no public IP address.
      internet: from.some((one) => ANYWHERE.has(one)) && !onlyInternal(stacks, rule.group),
    };
  });
}

function ingressRules(stacks: SynthesizedStacks): readonly IngressRule[] {
  const ingressResources = stacks.ofType('aws_vpc_security_group_ingress_rule').map((resource) => ({
    resource,
    group: resource.target('security_group_id'),
    fields: resource.attributes,
    protocol: resource.get('ip_protocol'),
  }));
  const ruleResources = stacks
    .ofType('aws_security_group_rule')
    .filter((resource) => resource.get('type') === 'ingress')
    .map((resource) => ({
      resource,
      group: resource.target('security_group_id'),
      fields: resource.attributes,
      protocol: resource.get('protocol'),
    }));
  const inline = stacks
    .ofType('aws_security_group', 'aws_default_security_group')
    .flatMap((resource) =>
      resource.blocks('ingress').map((fields) => ({ resource, group: resource, fields, protocol: fields['protocol'] })),
    );
  return [...ingressResources, ...ruleResources, ...inline];
}

function sourceName(resource: Resource, value: unknown): string {
  const [group] = resource.named(value);
  return group?.type === 'aws_security_group' ? `security group ${group.path}` : resource.show(value);
}

function ports({ resource, fields, protocol }: IngressRule): string {
  const [from, to] = [fields['from_port'], fields['to_port']];
  if (protocol === '-1' || protocol === 'all' || from === undefined) return 'all';
  return `${resource.show(protocol)} ${String(from)}${from === to ? '' : `-${String(to)}`}`;
}

function onlyInternal(stacks: SynthesizedStacks, group: Resource | undefined): boolean {
  const users = stacks.ofType('aws_lb').filter((one) => group && one.targets('security_groups').includes(group));
  return users.length > 0 && users.every((one) => one.get('internal') === true);
}
