import { Agent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Endpoint } from '../proxy/kube-proxy';
import type { TargetGroupSettings } from '../stacks/load-balancer-settings';
import { HealthCheck, type Check } from './health-check';

/** Source: "Troubleshoot your Application Load Balancers",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Where a node sends a connection to one of its ports; undefined if it drops the packets. */
export type Route = (node: string, port: number) => Endpoint | undefined;

/** The target does not accept a connection, or does not answer. */
export class TargetTimeout extends Error {}

/**
 * Connections of one node of the load balancer to one target, kept alive until they have been idle for the idle timeout.
 * Source: "Edit attributes for your Application Load Balancer",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
 */
class TargetAgent extends Agent {
  private readonly sockets_ = new Set<Socket>();

  constructor(
    private readonly node: string,
    private readonly port: number,
    private readonly route: Route,
    private readonly localAddress: string | undefined,
    private readonly connectTimeoutMs: number,
    options: AgentOptions,
  ) {
    super(options);
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex {
    const endpoint = this.route(this.node, this.port);
    const socket = endpoint
      ? connect({ host: endpoint.address, port: endpoint.port, localAddress: this.localAddress, noDelay: true })
      : connectingForever();
    this.sockets_.add(socket);
    socket.on('close', () => this.sockets_.delete(socket));
    const timer = setTimeout(
      () => socket.destroy(new TargetTimeout('the target did not accept the connection')),
      this.connectTimeoutMs,
    );
    const settled = () => clearTimeout(timer);
    socket.once('connect', settled).once('close', settled);
    callback?.(null, socket);
    return socket;
  }

  closeAll(): void {
    for (const socket of this.sockets_) socket.destroy();
  }
}

/** Its packets are dropped: what is written to it waits for a connection that never comes. */
function connectingForever(): Socket {
  return Object.assign(new Socket(), { connecting: true });
}

export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';

/** An instance in a target group, as one node of the load balancer sees it. */
export class Target {
  readonly agent: Agent & { closeAll(): void };
  private health: HealthCheck;
  private drainedAt?: Promise<void>;
  private state_: TargetState = 'initial';

  constructor(
    readonly node: string,
    private readonly group: TargetGroupSettings,
    route: Route,
    idleSeconds: number,
    localAddress: string | undefined,
    offset: number,
    private readonly onChange: (state: TargetState, reason: string) => void,
    connectTimeoutMs = CONNECT_TIMEOUT_MS,
    check?: Check,
  ) {
    this.agent = new TargetAgent(node, group.port, route, localAddress, connectTimeoutMs, {
      keepAlive: true,
      timeout: idleSeconds * 1000,
      scheduling: 'lifo',
    });
    this.health = new HealthCheck(
      group.healthCheck,
      () => route(node, group.healthCheck.port),
      (healthy, reason) => this.setState(healthy ? 'healthy' : 'unhealthy', reason),
      localAddress,
      check,
    );
    this.health.start(offset);
  }

  get state(): TargetState {
    return this.state_;
  }

  /**
   * No new requests; those in flight may finish within the delay. Source: "Edit target group attributes for your Application
   * Load Balancer", https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
   */
  deregister(): Promise<void> {
    this.health.stop();
    this.setState('draining', 'deregistered');
    this.drainedAt ??= new Promise((resolve) => {
      setTimeout(() => {
        this.setState('unused', 'the deregistration delay is over');
        this.agent.closeAll();
        resolve();
      }, this.group.deregistrationDelaySeconds * 1000);
    });
    return this.drainedAt;
  }

  stop(): void {
    this.health.stop();
    this.agent.closeAll();
    this.agent.destroy();
  }

  private setState(state: TargetState, reason: string): void {
    if (this.state_ === state || this.state_ === 'unused' || (this.state_ === 'draining' && state !== 'unused')) return;
    this.state_ = state;
    this.onChange(state, reason);
  }
}
