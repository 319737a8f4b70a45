import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { Vpc as AwsVpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import { awsContext } from '../core/aws-context';
import { check } from '../core/check';
import { checkProps } from '../core/check-props';
import { preventDestroy } from '../core/prevent-destroy';
import { warn } from '../core/warnings';
import { keyArnProblem } from '../iam/key-arn';
import { keyRegionProblem } from '../iam/key-region';
import { vpcEndpointProblems, Endpoints, PRIVATE_MODE_ENDPOINTS } from './endpoints';
import { flowLogProblem, FlowLogs } from './flow-logs';
import { natProblems, NatGateways, type Nat } from './nat';
import { routeProblems, routesEverywhere } from './route-problems';
import { Routes } from './routes';
import { cidrPlanProblems, dockerWarning, planSubnets, type PlannedSubnet } from './subnet-plan';
import { IntraTier, PodTier, PrivateTier, PublicTier, type Addressing } from './subnet-tiers';
import type { VpcRoute } from './route-props';
import { VPC_PROPS, type VpcProps } from './vpc-props';
import type { VpcRef } from './vpc-ref';
import type { VpcSubnet } from './vpc-subnet';
import { zoneNameProblems } from './zones';

/** A zone failure does not affect the others. */
const NAT: Nat = { kind: 'per-zone' };

/** Tags have at most 256 characters: `<name>-private-us-gov-west-1a`, or with the service of an endpoint. */
const MAX_NAME = 200;
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9-]*$/;

/** The network of an environment: subnets in each zone, egress for the private ones, flow logs. */
export class Vpc extends Construct implements VpcRef {
  readonly vpc: AwsVpc;
  readonly vpcId: string;
  readonly cidr: string;
  readonly secondaryCidrs: readonly string[];
  readonly addressing: Addressing;
  readonly defaultSecurityGroup: DefaultSecurityGroup;
  readonly flowLogs: FlowLogs;
  /** Created for public subnets or a regional NAT gateway. */
  readonly internetGateway?: InternetGateway;
  readonly publicTier?: PublicTier;
  readonly nat?: NatGateways;
  readonly privateTier: PrivateTier;
  /** One per secondary CIDR. */
  readonly podTiers: readonly PodTier[];
  readonly intraTier: IntraTier;
  readonly endpoints: Endpoints;
  /** Created for `routes`. */
  readonly routes?: Routes;

  private readonly name: string;
  private readonly plan: readonly PlannedSubnet[];

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    checkProps(this, props, VPC_PROPS);
    const { name, cidr, zones, nat = NAT, secondaryCidrs = [], routes = [] } = props;
    const hasPublicSubnets = props.publicSubnets ?? nat.kind !== 'none';
    const services = props.endpoints ?? (nat.kind === 'none' ? PRIVATE_MODE_ENDPOINTS : []);
    check(
      this,
      name.length > MAX_NAME &&
        `name '${name}' has ${name.length} characters: shorten it to at most ${MAX_NAME}, it is part of tags`,
      !NAME.test(name) && `name '${name}' is not valid: use letters, digits and hyphens`,
      ...cidrPlanProblems(cidr, secondaryCidrs),
      ...zoneNameProblems(zones, awsContext(this).region),
      ...(props.intraZones ? zoneNameProblems(props.intraZones, awsContext(this).region, 'intraZones') : []),
      ...natProblems(nat, zones, hasPublicSubnets),
      ...vpcEndpointProblems(services, nat.kind === 'none' && !routesEverywhere(routes)),
      ...routeProblems(routes, { cidrs: [cidr, ...secondaryCidrs], nat }),
      flowLogProblem(props.flowLogs ?? {}),
      keyArnProblem('kmsKeyArn', props.kmsKeyArn),
      keyRegionProblem('kmsKeyArn', props.kmsKeyArn, awsContext(this)),
      props.trustedAccounts &&
        nat.kind !== 'none' &&
        `trustedAccounts (${props.trustedAccounts.join(', ')}) has no effect with nat '${nat.kind}': remove it`,
    );
    warn(this, dockerWarning('cidr', cidr));
    for (const secondary of secondaryCidrs) warn(this, dockerWarning('secondaryCidrs', secondary));
    this.name = name;
    this.addressing = props.addressing ?? 'ipv4';
    this.plan = planSubnets({ cidr, zones, intraZones: props.intraZones, secondaryCidrs });

    this.vpc = this.addVpc(props);
    this.vpcId = this.vpc.id;
    this.cidr = cidr;
    this.secondaryCidrs = [...secondaryCidrs];
    this.defaultSecurityGroup = this.addDefaultSecurityGroup();
    this.flowLogs = this.addFlowLogs(props);

    if (hasPublicSubnets || nat.kind === 'regional') this.internetGateway = this.addInternetGateway();
    if (hasPublicSubnets) this.publicTier = this.addPublicTier();
    if (nat.kind !== 'none') this.nat = this.addNat(nat);
    this.privateTier = this.addPrivateTier(props.clusterName);
    this.podTiers = secondaryCidrs.map((secondary) => this.addPodTier(secondary));
    this.intraTier = new IntraTier(this, 'intra', this.tier('intra'));
    this.endpoints = this.addEndpoints(props, services, nat);
    if (routes.length > 0) this.routes = this.addRoutes(routes);
  }

  get publicSubnets(): readonly VpcSubnet[] {
    return this.publicTier?.subnets ?? [];
  }

  get privateSubnets(): readonly VpcSubnet[] {
    return this.privateTier.subnets;
  }

  get intraSubnets(): readonly VpcSubnet[] {
    return this.intraTier.subnets;
  }

  get podSubnets(): readonly VpcSubnet[] {
    return this.podTiers.flatMap(({ subnets }) => subnets);
  }

  private addVpc({ cidr, deletionProtection = true }: VpcProps): AwsVpc {
    return new AwsVpc(this, 'vpc', {
      cidrBlock: cidr,
      // VPC endpoints and the EKS API endpoint are resolved through private DNS.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      assignGeneratedIpv6CidrBlock: this.addressing === 'dual-stack' ? true : undefined,
      tags: { Name: this.name },
      lifecycle: preventDestroy(deletionProtection),
    });
  }

  /** AWS creates this group in every VPC, open between its members; nothing may rely on it. */
  private addDefaultSecurityGroup(): DefaultSecurityGroup {
    return new DefaultSecurityGroup(this, 'default-security-group', {
      vpcId: this.vpcId,
      ingress: [],
      egress: [],
      tags: { Name: `${this.name}-default-unused` },
    });
  }

  private addFlowLogs({ flowLogs, kmsKeyArn, deletionProtection }: VpcProps): FlowLogs {
    const { name, vpcId } = this;
    return new FlowLogs(this, 'flow-logs', { ...flowLogs, name, vpcId, kmsKeyArn, deletionProtection });
  }

  private addInternetGateway(): InternetGateway {
    return new InternetGateway(this, 'internet-gateway', { vpcId: this.vpcId, tags: { Name: this.name } });
  }

  private addPublicTier(): PublicTier {
    return new PublicTier(this, 'public', { ...this.tier('public'), internetGateway: this.internetGateway! });
  }

  private addNat(nat: Nat): NatGateways {
    const { name, vpcId, publicSubnets } = this;
    return new NatGateways(this, 'nat', { name, vpcId, nat, publicSubnets, internetGateway: this.internetGateway! });
  }

  private addPrivateTier(clusterName: string | undefined): PrivateTier {
    return new PrivateTier(this, 'private', { ...this.tier('private'), nat: this.nat, clusterName });
  }

  private addPodTier(cidr: string): PodTier {
    const { privateSubnets } = this;
    const { plan, ...tier } = this.tier('pods');
    return new PodTier(this, `pods-${cidr.replace('/', '-')}`, {
      ...tier,
      plan: plan.filter(({ within }) => within === cidr),
      cidr,
      privateSubnets,
    });
  }

  private addEndpoints({ secondaryCidrs = [], trustedAccounts = [] }: VpcProps, services: readonly string[], nat: Nat) {
    const endpoints = new Endpoints(this, 'endpoints', {
      name: this.name,
      vpcId: this.vpcId,
      cidrs: [this.cidr, ...secondaryCidrs],
      routeTableIds: [...(this.publicTier ? [this.publicTier] : []), ...this.privateSubnets].map(
        ({ routeTable }) => routeTable.id,
      ),
      subnetIds: this.privateSubnets.map(({ subnetId }) => subnetId),
      services,
      accounts: nat.kind === 'none' ? [awsContext(this).account, ...trustedAccounts] : undefined,
    });
    for (const subnet of this.privateSubnets) subnet.addPrerequisite(...endpoints.ready);
    return endpoints;
  }

  /** Of private and intra subnets; pods have the route tables of private ones. */
  private addRoutes(routes: readonly VpcRoute[]): Routes {
    const { name, vpcId, addressing, privateSubnets, intraSubnets, intraTier } = this;
    const intraZones = new Set(intraSubnets.map(({ zone }) => zone));
    const added = new Routes(this, 'routes', {
      name,
      vpcId,
      addressing,
      routes,
      routeTables: {
        ...Object.fromEntries(privateSubnets.map(({ zone, routeTable }) => [`private-${zone}`, routeTable.id])),
        intra: intraTier.routeTable.id,
      },
      attachmentSubnets: [...intraSubnets, ...privateSubnets.filter(({ zone }) => !intraZones.has(zone))],
    });
    for (const subnet of privateSubnets) subnet.addPrerequisite(...added.routes.get(`private-${subnet.zone}`)!);
    return added;
  }

  private tier(tier: PlannedSubnet['tier']) {
    const { name, vpc, addressing } = this;
    return { name, vpc, addressing, plan: this.plan.filter((planned) => planned.tier === tier) };
  }
}
