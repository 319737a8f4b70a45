import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { literalText } from '../core/literal-text';
import { awsContext } from '../core/aws-context';
import type { Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { duplicates } from '../core/duplicates';
import { physicalName } from '../core/naming';
import { endpointPolicy } from './endpoint-policy';

export interface EndpointsProps {
  /** The VPC's name. */
  readonly name: string;
  readonly vpcId: string;
  /** Allowed sources: the VPC's CIDRs. */
  readonly cidrs: readonly string[];
  /** Route tables for the S3 and DynamoDB gateway endpoints. */
  readonly routeTableIds: readonly string[];
  /** Subnets of the interface endpoints, one per zone. */
  readonly subnetIds: readonly string[];
  /** Services with an interface endpoint, such as `ecr.api`. */
  readonly services: readonly string[];
  /**
   * Accounts whose principals may use the endpoints.
   * @default all accounts
   */
  readonly accounts?: readonly string[];
}

/** Free of charge, so every VPC has them. */
const GATEWAY_SERVICES = ['dynamodb', 's3'];

/** Without these, a node in a private subnet cannot join a cluster, pull images or provide roles to pods. */
const NEEDED_BY_NODES = ['ec2', 'ecr.api', 'ecr.dkr', 'eks-auth', 'sts'];

/** Services that nodes, EKS add-ons and common controllers call. */
export const PRIVATE_MODE_ENDPOINTS: readonly string[] = [
  ...NEEDED_BY_NODES,
  'autoscaling',
  'eks',
  'elasticloadbalancing',
  'kms',
  'logs',
  'sqs',
  'ssm',
  'ssmmessages',
];

/** Named `cn.com.amazonaws...` in China's regions. Source: `aws ec2 describe-vpc-endpoint-services` there. */
const CHINESE_NAMES: ReadonlySet<string> = new Set(['autoscaling', 'ec2', 'ecr.api', 'ecr.dkr', 'eks', 'sqs', 'sts']);

const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/;

/** Endpoints for AWS services that traffic reaches without leaving the VPC. */
export class Endpoints extends Construct {
  readonly gateways: readonly VpcEndpoint[];
  readonly interfaces: readonly VpcEndpoint[];
  /** Of the interface endpoints, if any. */
  readonly securityGroup?: SecurityGroup;
  /**
   * What must exist before a node can connect: the security group's rules, which depend on all endpoints. Once an
   * endpoint exists, its service's DNS name resolves to it even if there is a NAT gateway.
   */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    literalText(this);
    this.gateways = GATEWAY_SERVICES.map((service) => this.addGateway(service, props));
    if (props.services.length === 0) {
      this.interfaces = [];
      this.ready = [];
      return;
    }
    const group = this.addSecurityGroup(props);
    this.securityGroup = group;
    this.interfaces = props.services.map((service) => this.addInterface(service, group, props));
    this.ready = this.addHttpsRules(group, props);
  }

  private addGateway(service: string, { name, vpcId, routeTableIds, accounts }: EndpointsProps): VpcEndpoint {
    return new VpcEndpoint(this, `gateway-${service}`, {
      vpcId,
      serviceName: this.serviceName(service),
      vpcEndpointType: 'Gateway',
      routeTableIds: [...routeTableIds],
      policy: endpointPolicy(awsContext(this), service, accounts),
      tags: { Name: `${name}-${service}` },
    });
  }

  private addInterface(service: string, group: SecurityGroup, props: EndpointsProps): VpcEndpoint {
    const { name, vpcId, subnetIds, accounts } = props;
    return new VpcEndpoint(this, `interface-${service}`, {
      vpcId,
      serviceName: this.serviceName(service),
      vpcEndpointType: 'Interface',
      subnetIds: [...subnetIds],
      securityGroupIds: [group.id],
      privateDnsEnabled: true,
      policy: endpointPolicy(awsContext(this), service, accounts),
      tags: { Name: `${name}-${service}` },
    });
  }

  private addSecurityGroup({ name, vpcId }: EndpointsProps): SecurityGroup {
    const groupName = physicalName('security-group', name, 'endpoints');
    return new SecurityGroup(this, 'security-group', {
      name: groupName,
      description: 'Interface endpoints',
      vpcId,
      tags: { Name: groupName },
      // A new name replaces the group, which the endpoints must use before the old one can be deleted.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private addHttpsRules(group: SecurityGroup, { cidrs }: EndpointsProps): readonly VpcSecurityGroupIngressRule[] {
    return cidrs.map((cidr) => {
      const rule = new VpcSecurityGroupIngressRule(this, `https-from-${cidr.replace('/', '-')}`, {
        securityGroupId: group.id,
        description: `HTTPS from ${cidr}`,
        cidrIpv4: cidr,
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
      });
      dependsOn(rule, ...this.gateways, ...this.interfaces);
      return rule;
    });
  }

  private serviceName(service: string): string {
    const { partition, region } = awsContext(this);
    const prefix = partition === 'aws-cn' && CHINESE_NAMES.has(service) ? 'cn.com.amazonaws' : 'com.amazonaws';
    return `${prefix}.${region}.${service}`;
  }
}

/**
 * Validates the `endpoints` of a VPC.
 * @param only whether nodes reach AWS through the endpoints only
 */
export function vpcEndpointProblems(services: readonly string[], only: boolean): readonly Problem[] {
  const missing = NEEDED_BY_NODES.filter((service) => !services.includes(service));
  return [
    ...[...new Set(services)].flatMap((service): readonly Problem[] => [
      (!SERVICE.test(service) || service.startsWith('com.amazonaws')) &&
        `endpoints has '${service}', which is not a valid service name: use the short name, such as ecr.api`,
      GATEWAY_SERVICES.includes(service) &&
        `endpoints has '${service}', which every VPC has as a gateway endpoint: remove it`,
    ]),
    ...duplicates(services).map((service) => `endpoints has '${service}' more than once: list it once`),
    only &&
      missing.length > 0 && {
        code: 'no-way-to-aws',
        problem: `nat is 'none' and endpoints (${services.join(', ') || 'none'}) lacks ${missing.join(', ')}: nodes could not join a cluster or pull images; add them, omit endpoints to get all of them, or use another nat`,
      },
  ];
}
