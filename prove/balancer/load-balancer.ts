import type { ServerOptions } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressIn } from '../stacks/addresses';
import type { LoadBalancerSettings, TargetGroupSettings } from '../stacks/load-balancer-settings';
import { LoadBalancerNode, type TargetChange } from './load-balancer-node';
import type { Route, TargetState } from './target';

const NODE_POSITION = 20;
/** From the attachment of a target group to the registration of the instances. */
const REGISTRATION_SECONDS = 2;

/** An Application Load Balancer: a node in each of its subnets. Cross-zone load balancing, which is always on. */
export class LoadBalancer {
  readonly nodes: readonly LoadBalancerNode[];

  constructor(
    public settings: LoadBalancerSettings,
    route: Route,
    onChange: TargetChange,
    tls?: ServerOptions,
  ) {
    this.nodes = LoadBalancer.addresses(settings).map(
      (address, index) => new LoadBalancerNode(address, index, settings, route, onChange, tls),
    );
    this.useGroup(settings.forwardTo);
  }

  static addresses({ subnets }: LoadBalancerSettings): readonly string[] {
    return subnets.map((subnet) => addressIn(subnet, NODE_POSITION));
  }

  get addresses(): readonly string[] {
    return this.nodes.map(({ address }) => address);
  }

  async listen(port: number): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.listen(port)));
  }

  close(): void {
    for (const node of this.nodes) node.close();
  }

  useGroup(name: string): void {
    for (const node of this.nodes) node.useGroup(name);
  }

  register(node: string, groups: readonly TargetGroupSettings[] = this.settings.targetGroups): void {
    for (const group of groups) for (const one of this.nodes) one.register(group, node);
  }

  async deregister(node: string, groups: readonly TargetGroupSettings[] = this.settings.targetGroups): Promise<void> {
    await Promise.all(groups.flatMap((group) => this.nodes.map((one) => one.deregister(group.name, node))));
  }

  setCertificate(certificate: ServerOptions): void {
    for (const node of this.nodes) node.setCertificate(certificate);
  }

  /**
   * What Terraform does to it: new target groups, the rule switches, and only then are the instances of a new group
   * registered by their Auto Scaling groups. Groups that no rule uses any more are drained and deleted.
   */
  async update(settings: LoadBalancerSettings, nodes: readonly string[], registrationSeconds = REGISTRATION_SECONDS) {
    const has = (groups: readonly TargetGroupSettings[], { name }: TargetGroupSettings) =>
      groups.some((one) => one.name === name);
    const before = this.settings.targetGroups;
    this.settings = settings;
    this.useGroup(settings.forwardTo);
    await sleep(registrationSeconds * 1000);
    const added = settings.targetGroups.filter((group) => !has(before, group));
    for (const node of nodes) this.register(node, added);
    const removed = before.filter((group) => !has(settings.targetGroups, group));
    await Promise.all(nodes.map((node) => this.deregister(node, removed)));
  }

  /** The states of a target by the node of the load balancer that sees them. */
  states(node: string, group?: string): readonly (TargetState | undefined)[] {
    return this.nodes.map((one) => one.states(group)[node]);
  }
}
