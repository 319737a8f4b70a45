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
import { physicalName } from '../core/naming';
import { Certificate } from '../dns/certificate';
import { HostedZone } from '../dns/hosted-zone';
import { AliasRecords } from '../dns/records';
import { EncryptionKey } from '../iam/encryption-key';
import { pullThroughMirrors } from '../iam/pull-through';
import { AccessLogBucket } from '../load-balancing/access-logs';
import { ApplicationLoadBalancer } from '../load-balancing/application-load-balancer';
import { WebAcl } from '../load-balancing/web-acl';
import { Vpc } from '../network/vpc';
import { exportAddOnOutputs, installInfrastructure, type OutputsByAddOn } from '../platform/install';
import { addressProblems } from './address-problems';
import { connectivityProblems } from './connectivity-problems';
import { isPrivate } from './environment-facts';
import { EnvironmentStack } from './environment-stack';
import type { EnvironmentProps } from './environment-props';
import { exportOutputs } from './infrastructure-outputs';
import { ingressGroups, type NodeGroupSpec } from './node-groups';
import { infrastructureSettings, type InfrastructureSettings } from './settings';

/** VPC, DNS, cluster, node groups and load balancer of an environment: the only stack that can destroy nodes. */
export class InfrastructureStack extends EnvironmentStack {
  readonly key: EncryptionKey;
  readonly network: Vpc;
  readonly zone: HostedZone;
  readonly certificate: Certificate;
  readonly cluster: Cluster;
  /** Undefined without `tunnel`. */
  readonly tunnel?: SessionManagerTunnel;
  /** By name. */
  readonly nodeGroups: ReadonlyMap<string, NodeGroup>;
  readonly addOns: StandardAddOns;
  readonly loadBalancer: ApplicationLoadBalancer;

  private readonly settings: InfrastructureSettings;
  private nodeDraining?: NodeDraining;

  constructor(scope: Construct, id: string, props: EnvironmentProps) {
    super(scope, id, props);
    check(this, ...addressProblems(props), ...connectivityProblems(props));
    this.settings = infrastructureSettings(props, this.facts);

    this.key = this.addKey();
    this.network = this.addNetwork();
    this.zone = this.addZone();
    this.certificate = this.addCertificate();
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

  private addZone(): HostedZone {
    const { domain, parentZone, profile } = this.props;
    return new HostedZone(this, 'zone', {
      zoneName: domain,
      parent: parentZone,
      deletionProtection: profile.deletionProtection,
      // Records that ExternalDNS wrote are deleted with the zone, as they are useless without it.
      forceDestroy: !profile.deletionProtection,
    });
  }

  private addCertificate(): Certificate {
    const { domain } = this.props;
    return new Certificate(this, 'certificate', {
      domainName: domain,
      subjectAlternativeNames: [`*.${domain}`],
      zones: [this.zone],
    });
  }

  private addCluster(): Cluster {
    const { name, profile, kubernetesVersion, endpoint, access, nodeSecurityGroups, volumeAccess } = this.props;
    return new Cluster(this, 'cluster', {
      name,
      vpc: this.network,
      kubernetesVersion,
      endpoint,
      access: access.map(({ role, ...entry }) => ({ ...entry, principalArn: this.roleArn(role) })),
      logKmsKeyArn: this.key.keyArn,
      deletionProtection: profile.deletionProtection,
      addOns: networkAddOnSettings(this.settings.eksAddOns),
      securityGroups: nodeSecurityGroups,
      volumeAccess,
      pullThroughCaches: pullThroughMirrors(this.props.images),
      openPorts: this.settings.openPorts,
    });
  }

  private addTunnel({ roles }: TunnelSettings): SessionManagerTunnel {
    const { cluster, network } = this;
    return new SessionManagerTunnel(this, 'tunnel', {
      cluster,
      vpc: network,
      roles,
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
    const { name, account, region, loadBalancer: settings = {} } = this.props;
    const { deletionProtection } = this.props.profile;
    const { scheme } = this.settings;
    const bucket = new AccessLogBucket(this, 'load-balancer-logs', {
      name: physicalName('access-log-bucket', name, 'load-balancer-logs', account, region),
      forceDestroy: !deletionProtection,
      deletionProtection,
    });
    return new ApplicationLoadBalancer(this, 'load-balancer', {
      name: physicalName('load-balancer', name),
      vpc: this.network,
      scheme,
      clientCidrs: settings.clientCidrs,
      certificates: [this.certificate],
      targetSecurityGroupId: this.cluster.loadBalancerTargetSecurityGroupId,
      targets: this.ingressTargets(),
      traffic: this.facts.traffic,
      logs: { kind: 'bucket', bucket },
      webAcl: settings.waf
        ? new WebAcl(this, 'firewall', { name, logKeyArn: this.key.keyArn, deletionProtection })
        : undefined,
      deletionProtection,
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

  /** The domain and all hosts below it resolve to the load balancer. */
  private addAliases(): void {
    const { domain } = this.props;
    const target = { dnsName: this.loadBalancer.dnsName, hostedZoneId: this.loadBalancer.zoneId };
    new AliasRecords(this, 'alias', { zone: this.zone, name: domain, target });
    new AliasRecords(this, 'wildcard-alias', { zone: this.zone, name: `*.${domain}`, target });
  }

  private addOutputs(): void {
    const outputs = {
      kubeconfig_command: { value: this.cluster.kubeconfigCommand, description: 'Gives kubectl access to the cluster' },
      name_servers: {
        value: this.zone.nameServers,
        description: `What the domain above ${this.props.domain} delegates to`,
      },
      ...(this.tunnel && {
        tunnel_command: { value: this.tunnel.tunnelCommand, description: 'Opens a tunnel to the Kubernetes API' },
        tunnel_policy_arn: { value: this.tunnel.policy.arn, description: 'Allows a role to open the tunnel' },
      }),
      load_balancer_dns_name: { value: this.loadBalancer.dnsName, description: 'Where requests arrive' },
    };
    for (const [id, output] of Object.entries(outputs)) new TerraformOutput(this, id, { ...output, staticId: true });
  }
}

function nodeGroupId(name: string): string {
  return `nodes-${name}`;
}
