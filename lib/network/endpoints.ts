import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import type { Problem } from '../core/check';
import { dependsOn } from '../core/depends-on';
import { duplicates } from '../core/duplicates';
import { physicalName } from '../core/naming';
import { endpointPolicy } from './endpoint-policy';
import type { Nat } from './nat';

export interface EndpointsProps {
  /** Of the VPC. */
  readonly name: string;
  readonly vpcId: string;
  /** Who may call: the VPC's CIDRs. */
  readonly cidrs: readonly string[];
  /** Where S3 and DynamoDB are to be reached directly. */
  readonly routeTableIds: readonly string[];
  /** Where the interface endpoints stand, one in each zone. */
  readonly subnetIds: readonly string[];
  /** Services with an interface endpoint, such as `ecr.api`. */
  readonly services: readonly string[];
  /**
   * Whose identities may use the endpoints.
   * @default everybody's
   */
  readonly accounts?: readonly string[];
}

/** Free of charge, so every VPC has them. */
const GATEWAY_SERVICES = ['dynamodb', 's3'];

/** Without these a machine in a private subnet joins no cluster, pulls no image and gives no pod a role. */
const NEEDED_BY_NODES = ['ec2', 'ecr.api', 'ecr.dkr', 'eks-auth', 'sts'];

/** What nodes, EKS add-ons and the usual controllers call. */
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

/** Services that China's regions name `cn.com.amazonaws...`. Source: `aws ec2 describe-vpc-endpoint-services` there. */
const CHINESE_NAMES: ReadonlySet<string> = new Set(['autoscaling', 'ec2', 'ecr.api', 'ecr.dkr', 'eks', 'sqs', 'sts']);

const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/;

/** Ways to AWS that do not leave the VPC. */
export class Endpoints extends Construct {
  readonly gateways: readonly VpcEndpoint[];
  readonly interfaces: readonly VpcEndpoint[];
  /** Of the interface endpoints, if there are any. */
  readonly securityGroup?: SecurityGroup;
  /**
   * What must exist before a machine gets through: the rules of the security group, which come after all
   * endpoints. Where an endpoint exists, its service's name leads there even if there is a NAT gateway.
   */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
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
      // Another name is another group, which the endpoints must have before the old one can go.
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

/** What is wrong with `endpoints`, the services given, in a VPC with this NAT. */
export function vpcEndpointProblems(services: readonly string[], nat: Nat): readonly Problem[] {
  const missing = NEEDED_BY_NODES.filter((service) => !services.includes(service));
  return [
    ...[...new Set(services)].flatMap((service): readonly Problem[] => [
      (!SERVICE.test(service) || service.startsWith('com.amazonaws')) &&
        `endpoints has '${service}': write the service's name alone, like ecr.api`,
      GATEWAY_SERVICES.includes(service) && `endpoints has '${service}', which every VPC has: drop it`,
    ]),
    ...duplicates(services).map((service) => `endpoints has '${service}' more than once: name it once`),
    nat.kind === 'none' &&
      missing.length > 0 && {
        code: 'no-way-to-aws',
        problem: `nat is 'none' and endpoints lacks ${missing.join(', ')}: machines could not join a cluster or pull images; add them, leave endpoints out for the whole list, or choose another nat`,
      },
  ];
}
