import { TerraformOutput, type ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { AutoScalingNodeGroup } from '../cluster/auto-scaling-node-group';
import { Cluster } from '../cluster/cluster';
import { ManagedNodeGroup } from '../cluster/managed-node-group';
import { NodeDraining, slowestPodSeconds } from '../cluster/draining';
import type { NodeGroup } from '../cluster/node-group';
import { networkAddOnSettings, standardAddOnSettings } from '../cluster/eks-add-on-props';
import { SessionManagerTunnel } from '../cluster/session-manager-tunnel';
import type { TunnelSettings } from '../cluster/session-manager-tunnel-props';
import { StandardAddOns } from '../cluster/standard-add-ons';
import { check } from '../core/check';
import { formerly } from '../core/formerly';
import { literalText } from '../core/literal-text';
import { physicalName } from '../core/naming';
import type { Certificate } from '../dns/certificate';
import type { HostedZoneRef } from '../dns/dns-ref';
import type { HostedZone } from '../dns/hosted-zone';
import { EncryptionKey } from '../iam/encryption-key';
import { pullThroughMirrors } from '../iam/pull-through';
import { AccessLogBucket } from '../load-balancing/access-logs';
import { ApplicationLoadBalancer } from '../load-balancing/application-load-balancer';
import { WebAcl } from '../load-balancing/web-acl';
import { Vpc } from '../network/vpc';
import { exportAddOnOutputs, installInfrastructure, type OutputsByAddOn } from '../platform/install';
import { addressProblems } from './address-problems';
import { connectivityProblems } from './connectivity-problems';
import { AdditionalDomains, addAliases, addCertificate, domainZone } from './domain-resources';
import { isPrivate } from './environment-facts';
import type { AdditionalDomain } from './environment-domain';
import { ipv6Problem } from './environment-problems';
import { EnvironmentStack } from './environment-stack';
import type { EnvironmentProps } from './environment-props';
import { exportOutputs } from './infrastructure-outputs';
import type { WafSettings } from './load-balancer-settings';
import { ingressGroups, type NodeGroupSpec } from './node-groups';
import { infrastructureSettings, type InfrastructureSettings } from './settings';

/** VPC, DNS, cluster, node groups and load balancer of an environment: the only stack that can destroy nodes. */
export class InfrastructureStack extends EnvironmentStack {
  readonly key: EncryptionKey;
  readonly network: Vpc;
  /** The zone of the environment's domain, created or existing. */
  readonly zone: HostedZoneRef;
  /** Undefined with an existing `zone`. */
  readonly hostedZone?: HostedZone;
  readonly certificate: Certificate;
  /** Undefined without `domains`. */
  readonly domains?: AdditionalDomains;
  readonly cluster: Cluster;
  /** Undefined without `tunnel`. */
  readonly tunnel?: SessionManagerTunnel;
  /** By name. */
  readonly nodeGroups: ReadonlyMap<string, NodeGroup>;
  readonly addOns: StandardAddOns;
  readonly loadBalancer: ApplicationLoadBalancer;

  private readonly settings: InfrastructureSettings;
  private nodeDraining?: NodeDraining;

  constructor(scope: Construct, id: string, given: EnvironmentProps) {
    super(scope, id, given);
    const { props } = this;
    check(this, ...addressProblems(props), ...connectivityProblems(props), ipv6Problem(props));
    this.settings = infrastructureSettings(props, this.facts);

    this.key = this.addKey();
    this.network = this.addNetwork();
    const { zone, created } = domainZone(this, props, props.profile.deletionProtection);
    this.zone = zone;
    this.hostedZone = created;
    this.certificate = addCertificate(this, props.domain, this.zone);
    if (props.domains?.length) this.domains = this.addDomains(props.domains);
    this.cluster = this.addCluster();
    if (props.tunnel) this.tunnel = this.addTunnel(props.tunnel);
    this.nodeGroups = this.addNodeGroups();
    this.addOns = this.addStandardAddOns();
    this.loadBalancer = this.addLoadBalancer();
    this.addAliases();
    const addOnOutputs = this.installAddOns();
    this.addOutputs();
    exportOutputs(this);
    exportAddOnOutputs(this, props.addOns ?? [], addOnOutputs);
  }

  /** Draining of self-managed nodes by the termination handler; undefined without such nodes. */
  get draining(): NodeDraining | undefined {
    return this.nodeDraining;
  }

  private addKey(): EncryptionKey {
    const { name, profile } = this.props;
    return new EncryptionKey(this, 'key', {
      name,
      description: `Logs of environment ${name}`,
      deletionProtection: profile.deletionProtection,
    });
  }

  private addNetwork(): Vpc {
    const { name, cidr, zones, network, profile } = this.props;
    return new Vpc(this, 'network', {
      ...network,
      nat: this.settings.nat,
      name,
      cidr,
      zones,
      kmsKeyArn: this.key.keyArn,
      deletionProtection: profile.deletionProtection,
    });
  }

  private addDomains(domains: readonly AdditionalDomain[]): AdditionalDomains {
    const { deletionProtection } = this.props.profile;
    return new AdditionalDomains(this, 'domains', { domains, deletionProtection });
  }

  private addCluster(): Cluster {
    const { name, profile, kubernetesVersion, endpoint, access, nodeSecurityGroups, volumeAccess } = this.props;
    return new Cluster(this, 'cluster', {
      ...this.props.cluster,
      name,
      vpc: this.network,
      kubernetesVersion,
      endpoint,
      access: access.map(({ role, principalArn, ...entry }) => ({
        ...entry,
        principalArn: principalArn ?? this.roleArn(role ?? ''),
      })),
      logKmsKeyArn: this.key.keyArn,
      deletionProtection: profile.deletionProtection,
      addOns: networkAddOnSettings(this.settings.eksAddOns),
      securityGroups: nodeSecurityGroups,
      volumeAccess,
      pullThroughCaches: pullThroughMirrors(this.props.images),
      openPorts: this.settings.openPorts,
    });
  }

  private addTunnel(settings: TunnelSettings): SessionManagerTunnel {
    const { cluster, network } = this;
    return new SessionManagerTunnel(this, 'tunnel', {
      ...settings,
      cluster,
      vpc: network,
      // Without internet access, Systems Manager has endpoints in the VPC.
      egressCidrs: isPrivate(this.props) ? [network.cidr] : undefined,
    });
  }

  private roleArn(role: string): string {
    return `arn:${this.aws.partition}:iam::${this.aws.account}:role/${role}`;
  }

  private addNodeGroups(): ReadonlyMap<string, NodeGroup> {
    return new Map(
      this.settings.nodeGroups.map((spec) => {
        const group = this.addNodeGroup(spec);
        formerly(group, spec.formerly && nodeGroupId(spec.formerly));
        return [spec.name, group];
      }),
    );
  }

  private addNodeGroup({
    ingress: _ingress,
    formerly: _formerly,
    zones = this.props.zones,
    ...spec
  }: NodeGroupSpec): NodeGroup {
    const id = nodeGroupId(spec.name);
    const subnets = this.network.privateSubnets.filter(({ zone }) => zones.includes(zone));
    if (spec.kind !== 'auto-scaling') {
      const { kind: _kind, ...group } = spec;
      return new ManagedNodeGroup(this, id, { ...group, cluster: this.cluster, subnets });
    }
    this.nodeDraining ??= this.addDraining();
    const { kind: _kind, ...group } = spec;
    return new AutoScalingNodeGroup(this, id, {
      ...group,
      cluster: this.cluster,
      subnets,
      draining: this.nodeDraining,
    });
  }

  private addDraining(): NodeDraining {
    return new NodeDraining(this, 'draining', {
      cluster: this.cluster,
      podGraceSeconds: slowestPodSeconds(this.facts.traffic.terminationGraceSeconds),
    });
  }

  private addStandardAddOns(): StandardAddOns {
    return new StandardAddOns(this, 'add-ons', {
      cluster: this.cluster,
      after: this.readyForPods(),
      settings: standardAddOnSettings(this.settings.eksAddOns),
      additional: this.props.additionalEksAddOns,
    });
  }

  private readyForPods(): readonly ITerraformDependable[] {
    return [...this.nodeGroups.values()].flatMap(({ ready }) => ready);
  }

  private installAddOns(): OutputsByAddOn {
    return installInfrastructure(this.addOns, this.props.addOns ?? [], {
      facts: this.facts,
      vpc: this.network,
      cluster: this.cluster,
      zone: this.zone,
      kmsKeyArn: this.key.keyArn,
      readyForPods: this.readyForPods(),
      nodeDrainingQueueUrl: this.draining?.queueUrl,
    });
  }

  private addLoadBalancer(): ApplicationLoadBalancer {
    const { name, account, region } = this.props;
    const { waf, rules = [], ...loadBalancer } = this.props.loadBalancer ?? {};
    const { deletionProtection } = this.props.profile;
    const { scheme } = this.settings;
    const bucket = new AccessLogBucket(this, 'load-balancer-logs', {
      name: physicalName('access-log-bucket', name, 'load-balancer-logs', account, region),
      forceDestroy: !deletionProtection,
      deletionProtection,
    });
    return new ApplicationLoadBalancer(this, 'load-balancer', {
      ...loadBalancer,
      name: physicalName('load-balancer', name),
      vpc: this.network,
      scheme,
      certificates: [this.certificate, ...(this.domains?.certificates ?? [])],
      hosts: this.certificate.domainNames,
      rules: [...rules, ...(this.domains?.rules ?? [])],
      targetSecurityGroupId: this.cluster.loadBalancerTargetSecurityGroupId,
      targets: this.ingressTargets(),
      traffic: this.facts.traffic,
      logs: { kind: 'bucket', bucket },
      webAcl: waf ? this.addWebAcl(waf === true ? {} : waf) : undefined,
      deletionProtection,
    });
  }

  private addWebAcl(settings: WafSettings): WebAcl {
    const { name, profile } = this.props;
    return new WebAcl(this, 'firewall', {
      ...settings,
      name,
      logKeyArn: this.key.keyArn,
      deletionProtection: profile.deletionProtection,
    });
  }

  private ingressTargets() {
    return ingressGroups(this.settings.nodeGroups).flatMap(({ name, formerly: formerName }) =>
      this.nodeGroups.get(name)!.groups.map(({ zone, autoScalingGroupName }) => ({
        key: `${name}-${zone}`,
        formerKey: formerName && `${formerName}-${zone}`,
        autoScalingGroupName,
      })),
    );
  }

  private addAliases(): void {
    const target = { dnsName: this.loadBalancer.dnsName, hostedZoneId: this.loadBalancer.zoneId };
    addAliases(this, this.props.domain, this.zone, target);
    this.domains?.addAliases(target);
  }

  private addOutputs(): void {
    const outputs = {
      kubeconfig_command: { value: this.cluster.kubeconfigCommand, description: 'Gives kubectl access to the cluster' },
      ...(this.hostedZone && {
        name_servers: {
          value: this.hostedZone.nameServers,
          description: `What the domain above ${this.props.domain} delegates to`,
        },
      }),
      ...(this.domains && {
        domain_name_servers: {
          value: this.domains.nameServers,
          description: 'What the domain above each further one delegates to',
        },
      }),
      ...(this.tunnel && {
        tunnel_command: { value: this.tunnel.tunnelCommand, description: 'Opens a tunnel to the Kubernetes API' },
        tunnel_policy_arn: { value: this.tunnel.policy.arn, description: 'Allows a role to open the tunnel' },
      }),
      load_balancer_dns_name: { value: this.loadBalancer.dnsName, description: 'Where requests arrive' },
    };
    for (const [id, output] of Object.entries(outputs))
      literalText(new TerraformOutput(this, id, { ...output, staticId: true }));
  }
}

function nodeGroupId(name: string): string {
  return `nodes-${name}`;
}
