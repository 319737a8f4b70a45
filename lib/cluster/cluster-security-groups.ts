import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { literalText } from '../core/literal-text';
import { replacementName } from '../core/naming';
import type { ClusterSecurityGroupMode, IpFamily } from './cluster-props';
import type { OpenPort } from './open-port';

export interface ClusterSecurityGroupsProps {
  readonly clusterName: string;
  readonly vpcId: string;
  readonly mode: ClusterSecurityGroupMode;
  /** The security group that EKS created: the control plane is in it. */
  readonly clusterSecurityGroupId: string;
  /** Networks that can reach the Kubernetes API, besides the nodes. */
  readonly apiCidrs: readonly string[];
  readonly ipFamily: IpFamily;
  /** Ports of nodes beside those that Kubernetes needs. */
  readonly openPorts?: readonly OpenPort[];
}

/**
 * Ports on nodes that the control plane connects to. Source: "View Amazon EKS security group requirements for
 * clusters", https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
const PORTS_FOR_CONTROL_PLANE: Readonly<Record<string, number>> = {
  'webhooks-https': 443,
  'webhooks-4443': 4443,
  'webhooks-6443': 6443,
  'webhooks-8443': 8443,
  'webhooks-9443': 9443,
  kubelet: 10250,
  // The EKS add-on listens on this port instead of the upstream 4443.
  'metrics-server': 10251,
};

/** EC2 refuses a rule that exists. */
function isOpenAnyway({ from, port, protocol = 'tcp' }: OpenPort): boolean {
  return from === 'nodes'
    ? port === DNS_PORT || (port >= POD_PORTS.first && port <= POD_PORTS.last)
    : protocol === 'tcp' && Object.values(PORTS_FOR_CONTROL_PLANE).includes(port);
}

const API = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 } as const;
const DNS_PORT = 53;
/** Pods and kubelets listen here; a pod without privileges cannot bind a port below 1025. */
const POD_PORTS = { first: 1025, last: 65535 } as const;

/** The security groups of a cluster's nodes. All rules are separate resources, so that others can add theirs. */
export class ClusterSecurityGroups extends Construct {
  /** The security groups of every node, except the one for load balancers. */
  readonly nodeSecurityGroupIds: readonly string[];
  /** Also attached to every node: load balancers add their rules to it. */
  readonly loadBalancerTargets: SecurityGroup;
  /** The nodes' security group in strict mode. */
  readonly nodes?: SecurityGroup;
  /** In strict mode nodes have no network access without them. */
  readonly rules: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ClusterSecurityGroupsProps) {
    super(scope, id);
    literalText(this);
    this.loadBalancerTargets = this.addGroup('load-balancer-targets', 'NodePorts that load balancers reach', props);
    this.addApiRulesForNetworks(props);
    if (props.mode === 'cluster') {
      this.nodeSecurityGroupIds = [props.clusterSecurityGroupId];
      this.rules = [];
      return;
    }
    // Kubernetes' load balancer controllers add their rules to the node's only security group with this tag.
    this.nodes = this.addGroup('nodes', 'Nodes: only what Kubernetes needs', props, {
      [`kubernetes.io/cluster/${props.clusterName}`]: 'owned',
    });
    this.nodeSecurityGroupIds = [this.nodes.id];
    this.rules = [
      this.addApiRuleForNodes(this.nodes, props.clusterSecurityGroupId),
      ...this.addControlPlaneRules(this.nodes, props.clusterSecurityGroupId),
      ...this.addNodeToNodeRules(this.nodes),
      ...this.addEgressRules(this.nodes, props.ipFamily),
      ...this.addOpenPorts(this.nodes, props),
    ];
  }

  private addGroup(
    id: string,
    purpose: string,
    { clusterName, vpcId }: ClusterSecurityGroupsProps,
    tags: Readonly<Record<string, string>> = {},
  ): SecurityGroup {
    const description = `${purpose}, cluster ${clusterName}`;
    const name = replacementName('security-group', `${clusterName}-${id}`, [description]);
    const group = new SecurityGroup(this, id, {
      name,
      description,
      vpcId,
      tags: { Name: name, ...tags },
      lifecycle: { createBeforeDestroy: true },
    });
    acknowledge(group, 'CKV2_AWS_5', 'node groups put it on their machines');
    return group;
  }

  /** The security group that EKS creates only allows traffic from its own members. */
  private addApiRulesForNetworks({ clusterSecurityGroupId, apiCidrs }: ClusterSecurityGroupsProps): void {
    for (const cidr of apiCidrs) {
      new VpcSecurityGroupIngressRule(this, `api-from-${cidr.replace('/', '-')}`, {
        securityGroupId: clusterSecurityGroupId,
        description: `Kubernetes API, from ${cidr}`,
        cidrIpv4: cidr,
        ...API,
      });
    }
  }

  private addApiRuleForNodes(nodes: SecurityGroup, clusterSecurityGroupId: string): ITerraformDependable {
    return new VpcSecurityGroupIngressRule(this, 'api-from-nodes', {
      securityGroupId: clusterSecurityGroupId,
      referencedSecurityGroupId: nodes.id,
      description: 'Kubernetes API, from nodes',
      ...API,
    });
  }

  private addControlPlaneRules(nodes: SecurityGroup, clusterSecurityGroupId: string): ITerraformDependable[] {
    return Object.entries(PORTS_FOR_CONTROL_PLANE).map(
      ([purpose, port]) =>
        new VpcSecurityGroupIngressRule(this, `nodes-from-control-plane-${purpose}`, {
          securityGroupId: nodes.id,
          referencedSecurityGroupId: clusterSecurityGroupId,
          description: `${purpose}, from the control plane`,
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
        }),
    );
  }

  private addNodeToNodeRules(nodes: SecurityGroup): ITerraformDependable[] {
    return (['tcp', 'udp'] as const).flatMap((ipProtocol) => {
      const amongNodes = { securityGroupId: nodes.id, referencedSecurityGroupId: nodes.id, ipProtocol };
      const dns = new VpcSecurityGroupIngressRule(this, `nodes-dns-${ipProtocol}`, {
        ...amongNodes,
        description: 'DNS, between nodes',
        fromPort: DNS_PORT,
        toPort: DNS_PORT,
      });
      const pods = new VpcSecurityGroupIngressRule(this, `nodes-pods-${ipProtocol}`, {
        ...amongNodes,
        description: 'Pods and kubelets, between nodes',
        fromPort: POD_PORTS.first,
        toPort: POD_PORTS.last,
      });
      acknowledge(pods, 'CKV_AWS_25', 'the source is the group itself: nodes of this cluster only');
      return [dns, pods];
    });
  }

  private addOpenPorts(
    nodes: SecurityGroup,
    { openPorts = [], clusterSecurityGroupId }: ClusterSecurityGroupsProps,
  ): ITerraformDependable[] {
    const sources = { nodes: nodes.id, 'control-plane': clusterSecurityGroupId } as const;
    return openPorts
      .filter((open) => !isOpenAnyway(open))
      .map(
        ({ from, port, protocol = 'tcp', purpose }) =>
          new VpcSecurityGroupIngressRule(this, `nodes-from-${from}-${protocol}-${port}`, {
            securityGroupId: nodes.id,
            referencedSecurityGroupId: sources[from],
            description: purpose,
            ipProtocol: protocol,
            fromPort: port,
            toPort: port,
          }),
      );
  }

  /** Registries, AWS APIs and whatever the workloads call; network policies restrict it per pod. */
  private addEgressRules(nodes: SecurityGroup, ipFamily: IpFamily): ITerraformDependable[] {
    const everyone = { ipv4: { cidrIpv4: '0.0.0.0/0' }, ipv6: { cidrIpv6: '::/0' } } as const;
    const families = ipFamily === 'ipv6' ? (['ipv4', 'ipv6'] as const) : (['ipv4'] as const);
    return families.map(
      (family) =>
        new VpcSecurityGroupEgressRule(this, `nodes-to-anywhere-${family}`, {
          securityGroupId: nodes.id,
          description: 'Everything, from nodes',
          ipProtocol: '-1',
          ...everyone[family],
        }),
    );
  }
}
