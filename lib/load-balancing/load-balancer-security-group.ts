import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { literalText } from '../core/literal-text';
import { replacementName } from '../core/naming';
import type { VpcRef } from '../network/vpc-ref';

export interface LoadBalancerSecurityGroupProps {
  /** The load balancer's name. */
  readonly name: string;
  readonly vpc: VpcRef;
  /** Networks that may connect, IPv4 or IPv6. */
  readonly clientCidrs: readonly string[];
  /** Security group of the ingress nodes. */
  readonly targetSecurityGroupId: string;
  /** The NodePorts that the load balancer connects to. */
  readonly nodePorts: readonly number[];
}

const HTTP = 80;
const HTTPS = 443;
const DESCRIPTION = 'Clients to the load balancer, load balancer to the ingress nodes';
/** An obsolete rule is deleted after the listener rules that needed it are updated. */
const DELETE_LAST = { lifecycle: { createBeforeDestroy: true } };

/** Allows clients to reach the load balancer, and the load balancer to reach only the given ports of the nodes. */
export class LoadBalancerSecurityGroup extends Construct {
  readonly securityGroup: SecurityGroup;
  readonly securityGroupId: string;
  private readonly rulesByNodePort = new Map<number, readonly ITerraformDependable[]>();

  constructor(scope: Construct, id: string, props: LoadBalancerSecurityGroupProps) {
    super(scope, id);
    literalText(this);
    this.securityGroup = new SecurityGroup(this, 'group', {
      name: replacementName('security-group', `${props.name}-load-balancer`, [
        DESCRIPTION,
        props.vpc.vpcId,
        props.vpc.cidr,
      ]),
      description: DESCRIPTION,
      vpcId: props.vpc.vpcId,
      lifecycle: { createBeforeDestroy: true },
    });
    this.securityGroupId = this.securityGroup.id;
    for (const cidr of props.clientCidrs) {
      this.addClientRule(cidr, HTTP);
      this.addClientRule(cidr, HTTPS);
    }
    for (const port of new Set(props.nodePorts)) {
      this.rulesByNodePort.set(port, this.addNodeRules(port, props.targetSecurityGroupId));
    }
  }

  /** The rules that allow requests to a NodePort. */
  rulesOf(port: number): readonly ITerraformDependable[] {
    return this.rulesByNodePort.get(port) ?? [];
  }

  private addClientRule(cidr: string, port: number): void {
    const rule = new VpcSecurityGroupIngressRule(this, `clients-${port}-${cidr}`, {
      securityGroupId: this.securityGroupId,
      description: port === HTTP ? 'Redirected to HTTPS' : 'HTTPS',
      ...(cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
    });
    if (port === HTTP && cidr === '0.0.0.0/0') {
      acknowledge(rule, 'CKV_AWS_260', 'the listener on port 80 does nothing but redirect to HTTPS');
    }
  }

  private addNodeRules(port: number, targetSecurityGroupId: string): ITerraformDependable[] {
    return [
      new VpcSecurityGroupEgressRule(this, `to-nodes-${port}`, {
        securityGroupId: this.securityGroupId,
        description: 'Ingress nodes',
        referencedSecurityGroupId: targetSecurityGroupId,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        ...DELETE_LAST,
      }),
      new VpcSecurityGroupIngressRule(this, `nodes-from-${port}`, {
        securityGroupId: targetSecurityGroupId,
        description: 'Load balancer',
        referencedSecurityGroupId: this.securityGroupId,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        ...DELETE_LAST,
      }),
    ];
  }
}
