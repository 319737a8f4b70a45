import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbListenerCertificate } from '@cdktf/provider-aws/lib/lb-listener-certificate';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association';
import { Construct } from 'constructs';
import { acknowledge } from '../core/acknowledge';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { dependsOn } from '../core/depends-on';
import { formerly } from '../core/formerly';
import { preventDestroy } from '../core/prevent-destroy';
import type { ScannerCode } from '../core/rules';
import { anyText, bool, list, object, oneOf, optional, text } from '../core/shape';
import { VPC_REF, type VpcRef } from '../network/vpc-ref';
import { certificateKey, LISTENER_CERTIFICATE, type ListenerCertificate } from './listener-certificate';
import { hostsOf, ingressRule, LISTENER_RULE, type ListenerRule } from './listener-rule';
import { actionBlock, conditionBlocks } from './listener-rule-blocks';
import { loadBalancerProblems } from './load-balancer-problems';
import { LoadBalancerSecurityGroup } from './load-balancer-security-group';
import { loadBalancerCidrs, loadBalancerSubnets, subnetsReady, type LoadBalancerScheme } from './load-balancer-subnets';
import { LOAD_BALANCER_LOGS, logProblems, type LoadBalancerLogs, type LogRecords } from './log-bucket-ref';
import { planTargetGroups, targetGroupsOf, withStandbys, type PlannedTargetGroup } from './planned-target-group';
import {
  TARGET_GROUP_OPTIONS,
  TargetGroup,
  TARGETS,
  type AutoScalingTarget,
  type TargetGroupOptions,
} from './target-group';
import { TRAFFIC_CONTRACT, trafficContract, type TrafficContract } from './traffic-contract';
import { WEB_ACL_REF, type WebAclRef } from './web-acl-ref';

export interface ApplicationLoadBalancerProps {
  /** Unique in the account and region; at most 32 characters. */
  readonly name: string;
  readonly vpc: VpcRef;
  /**
   * A change replaces the load balancer, which `deletionProtection` blocks.
   * @default 'internet-facing', in the public subnets; 'internal' uses the private subnets
   */
  readonly scheme?: LoadBalancerScheme;
  /** The first is the default, for clients without SNI; all are selected by SNI. */
  readonly certificates: readonly ListenerCertificate[];
  /** Security group of the ingress nodes: rules that allow the load balancer are added to it. */
  readonly targetSecurityGroupId: string;
  /** The node groups that host the ingress. */
  readonly targets: readonly AutoScalingTarget[];
  /** Destination of the load balancer's logs. */
  readonly logs: LoadBalancerLogs;
  /**
   * The contract with nodes and ingress; it must trust `loadBalancerCidrs(vpc, scheme)`.
   * @default `trafficContract`'s defaults, with these CIDRs trusted
   */
  readonly traffic?: TrafficContract;
  /**
   * Several share the requests by the weights of a rule.
   * @default one, `ingress`, on the contract's ports
   */
  readonly targetGroups?: readonly TargetGroupOptions[];
  /**
   * Hosts forwarded to the first target group unless a rule matches first; all others get a 404.
   * @default all domain names of the certificates
   */
  readonly hosts?: readonly string[];
  /**
   * Rules evaluated before that one.
   * @default none
   */
  readonly rules?: readonly ListenerRule[];
  /** @default none */
  readonly webAcl?: WebAclRef;
  /**
   * Networks that may connect.
   * @default everyone; the VPC if the scheme is internal
   */
  readonly clientCidrs?: readonly string[];
  /**
   * `dualstack` needs subnets with IPv6.
   * @default 'ipv4'
   */
  readonly ipAddressType?: 'ipv4' | 'dualstack';
  /**
   * Blocks deletion and replacement of the load balancer, also by Terraform, until `false` is applied.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Value of the `Strict-Transport-Security` header of every response. `max-age=0` makes browsers forget it.
   * @default 'max-age=31536000': a year, without subdomains, which may belong to another team
   */
  readonly strictTransportSecurity?: string;
}

export const APPLICATION_LOAD_BALANCER_PROPS = object<ApplicationLoadBalancerProps>({
  name: text(),
  vpc: VPC_REF,
  scheme: optional(oneOf('internet-facing', 'internal')),
  certificates: list(LISTENER_CERTIFICATE),
  targetSecurityGroupId: text('the id of a security group, such as sg-0123456789abcdef0', /^sg-/),
  targets: TARGETS,
  logs: LOAD_BALANCER_LOGS,
  traffic: optional(TRAFFIC_CONTRACT),
  targetGroups: optional(list(TARGET_GROUP_OPTIONS)),
  hosts: optional(list(text())),
  rules: optional(list(LISTENER_RULE)),
  webAcl: optional(WEB_ACL_REF),
  clientCidrs: optional(list(text())),
  ipAddressType: optional(oneOf('ipv4', 'dualstack')),
  deletionProtection: optional(bool),
  strictTransportSecurity: optional(anyText),
});

/** TLS 1.2 with forward secrecy, 1.3 and post-quantum key exchange; the API's default is from 2016. */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
const HSTS = 'max-age=31536000';
const DEFAULT_TARGET_GROUPS: readonly TargetGroupOptions[] = [{ key: 'ingress' }];

/** Terminates TLS and forwards requests for known hosts to the ingress on the nodes; everything else gets a 404. */
export class ApplicationLoadBalancer extends Construct {
  readonly loadBalancer: Lb;
  readonly httpListener: LbListener;
  readonly httpsListener: LbListener;
  readonly securityGroup: LoadBalancerSecurityGroup;
  /** By key. */
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
  /** By key. */
  readonly rules: ReadonlyMap<string, LbListenerRule>;
  readonly traffic: TrafficContract;
  readonly arn: string;
  /** `app/<name>/<id>`: the `LoadBalancer` dimension of its CloudWatch metrics. */
  readonly arnSuffix: string;
  /** Target of an alias record. */
  readonly dnsName: string;
  /** Hosted zone of `dnsName`, for an alias record. */
  readonly zoneId: string;

  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps) {
    super(scope, id);
    checkProps(this, props, APPLICATION_LOAD_BALANCER_PROPS);
    const { vpc, scheme = 'internet-facing', targetGroups: groups = DEFAULT_TARGET_GROUPS } = props;
    this.traffic = props.traffic ?? trafficContract({ trustedCidrs: loadBalancerCidrs(vpc, scheme) });
    const rules = [...(props.rules ?? []), this.ingressRule(props, groups)];
    const { region, account } = awsContext(this);
    check(
      this,
      ...loadBalancerProblems({
        ...props,
        scheme,
        region,
        account,
        targetGroups: groups,
        traffic: this.traffic,
        rules,
      }),
      ...logProblems(props.logs, region),
    );

    this.securityGroup = new LoadBalancerSecurityGroup(this, 'security-group', {
      name: props.name,
      vpc,
      clientCidrs: props.clientCidrs ?? defaultClients(props, scheme),
      targetSecurityGroupId: props.targetSecurityGroupId,
      nodePorts: [...groups.flatMap((group) => this.portsOf(group)), ...additionalPorts(this.traffic)],
    });
    this.loadBalancer = this.addLoadBalancer(props, scheme);
    this.httpListener = this.addHttpListener();
    this.httpsListener = this.addHttpsListener(props);
    const planned = planTargetGroups(groups, this.traffic);
    const placed = new Map(planned.map((one) => [one.weightKey, this.addTargetGroup(props, one)]));
    this.targetGroups = new Map(groups.map(({ key }) => [key, placed.get(key)!]));
    this.rules = new Map(rules.map((rule) => [rule.key, this.addRule(rule, planned, placed)]));
    this.addWebAclAssociation(props.webAcl, scheme);

    this.arn = this.loadBalancer.arn;
    this.arnSuffix = this.loadBalancer.arnSuffix;
    this.dnsName = this.loadBalancer.dnsName;
    this.zoneId = this.loadBalancer.zoneId;
  }

  private ingressRule(props: ApplicationLoadBalancerProps, groups: readonly TargetGroupOptions[]): ListenerRule {
    const names = props.certificates.flatMap(({ domainNames }) => domainNames);
    return ingressRule(props.hosts ?? hostsOf(names), groups[0]?.key ?? '');
  }

  private addLoadBalancer(props: ApplicationLoadBalancerProps, scheme: LoadBalancerScheme): Lb {
    const { logs, deletionProtection = true } = props;
    const subnets = loadBalancerSubnets(props.vpc, scheme);
    const loadBalancer = new Lb(this, 'load-balancer', {
      name: props.name,
      loadBalancerType: 'application',
      internal: scheme === 'internal',
      ipAddressType: props.ipAddressType ?? 'ipv4',
      subnets: subnets.map(({ subnetId }) => subnetId),
      securityGroups: [this.securityGroup.securityGroupId],
      idleTimeout: this.traffic.loadBalancerIdleSeconds,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: 'defensive',
      xffHeaderProcessingMode: 'append',
      enableZonalShift: true,
      enableDeletionProtection: deletionProtection,
      accessLogs: logBlock(logs, 'access'),
      connectionLogs: logBlock(logs, 'connection'),
      healthCheckLogs: logBlock(logs, 'health-check'),
      lifecycle: preventDestroy(deletionProtection),
    });
    if (logs.kind === 'bucket') dependsOn(loadBalancer, ...(logs.bucket.ready ?? []));
    // An internet-facing one needs the internet gateway to be created, and blocks detaching it until deleted.
    if (scheme === 'internet-facing') dependsOn(loadBalancer, ...subnetsReady(subnets));
    if (logs.kind === 'off') acknowledge(loadBalancer, 'CKV_AWS_91', logs.reason);
    if (!deletionProtection) acknowledge(loadBalancer, 'CKV_AWS_150', 'deletionProtection is false');
    return loadBalancer;
  }

  private addHttpListener(): LbListener {
    return new LbListener(this, 'http', {
      loadBalancerArn: this.loadBalancer.arn,
      port: 80,
      protocol: 'HTTP',
      defaultAction: [{ type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', statusCode: 'HTTP_301' } }],
    });
  }

  private addHttpsListener(props: ApplicationLoadBalancerProps): LbListener {
    const [defaultCertificate] = props.certificates;
    const listener = new LbListener(this, 'https', {
      loadBalancerArn: this.loadBalancer.arn,
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: TLS_POLICY,
      certificateArn: defaultCertificate?.certificateArn,
      routingHttpResponseServerEnabled: false,
      routingHttpResponseStrictTransportSecurityHeaderValue: props.strictTransportSecurity ?? HSTS,
      defaultAction: [
        {
          type: 'fixed-response',
          fixedResponse: { statusCode: '404', contentType: 'text/plain', messageBody: 'Not found' },
        },
      ],
    });
    // The default one too: when another becomes the default, neither is removed.
    for (const certificate of props.certificates) {
      new LbListenerCertificate(this, `certificate-${certificateKey(certificate)}`, {
        listenerArn: listener.arn,
        certificateArn: certificate.certificateArn,
      });
    }
    return listener;
  }

  private addTargetGroup(
    { name, vpc, targets }: ApplicationLoadBalancerProps,
    { id, formerId, options }: PlannedTargetGroup,
  ): TargetGroup {
    const targetGroup = new TargetGroup(this, id, { targets, ...options, name, vpc, traffic: this.traffic });
    formerly(targetGroup, formerId);
    return targetGroup;
  }

  private addRule(
    { key, priority, action, ...conditions }: ListenerRule,
    planned: readonly PlannedTargetGroup[],
    placed: ReadonlyMap<string, TargetGroup>,
  ): LbListenerRule {
    const rule = new LbListenerRule(this, `rule-${key}`, {
      listenerArn: this.httpsListener.arn,
      priority,
      condition: conditionBlocks(conditions),
      action: [actionBlock(withStandbys(action, planned), (weightKey) => placed.get(weightKey)!.arn)],
    });
    // What must exist before requests are sent to a target group, and is removed only after they stop.
    const prerequisites = targetGroupsOf(action, planned).flatMap(({ options, weightKey }) => [
      ...this.portsOf(options).flatMap((port) => this.securityGroup.rulesOf(port)),
      ...placed.get(weightKey)!.attachments,
    ]);
    dependsOn(rule, ...new Set(prerequisites));
    return rule;
  }

  private portsOf({ nodePort, healthCheckNodePort }: TargetGroupOptions): number[] {
    return [nodePort ?? this.traffic.httpNodePort, healthCheckNodePort ?? this.traffic.healthCheckNodePort];
  }

  /**
   * No create_before_destroy: a load balancer has one web ACL, so deleting the old association would delete the new.
   */
  private addWebAclAssociation(webAcl: WebAclRef | undefined, scheme: LoadBalancerScheme): void {
    const [code, reason]: readonly [ScannerCode, string] = webAcl
      ? ['CKV2_AWS_76', "the list of anonymous addresses holds all clouds: it blocks customers' servers and webhooks"]
      : ['CKV2_AWS_28', 'no webAcl was asked for'];
    if (scheme === 'internet-facing') acknowledge(this.loadBalancer, code, reason);
    if (!webAcl) return;
    new Wafv2WebAclAssociation(this, 'web-acl', {
      resourceArn: this.loadBalancer.arn,
      webAclArn: webAcl.webAclArn,
    });
  }
}

function additionalPorts({ additionalNodePorts }: TrafficContract): readonly number[] {
  return [...(additionalNodePorts?.http ?? []), ...(additionalNodePorts?.healthCheck ?? [])];
}

function defaultClients({ vpc, ipAddressType }: ApplicationLoadBalancerProps, scheme: LoadBalancerScheme): string[] {
  if (scheme === 'internal') return [vpc.cidr];
  return ipAddressType === 'dualstack' ? ['0.0.0.0/0', '::/0'] : ['0.0.0.0/0'];
}

function logBlock(logs: LoadBalancerLogs, records: LogRecords): { bucket: string; enabled: boolean } | undefined {
  if (logs.kind === 'off' || !(logs.records ?? ['access']).includes(records)) return undefined;
  return { bucket: logs.bucket.bucketName, enabled: true };
}
