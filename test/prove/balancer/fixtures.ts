import { createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { LoadBalancerNode } from '../../../prove/balancer/load-balancer-node';
import type { Route, TargetState } from '../../../prove/balancer/target';
import type { HealthCheckSettings, TargetGroupSettings } from '../../../prove/stacks/load-balancer-settings';

export const LOOPBACK = '127.0.0.1';
const HEALTH_PORT = 9000;

export const HEALTH_CHECK: HealthCheckSettings = {
  port: HEALTH_PORT,
  path: '/health',
  matcher: [200],
  intervalSeconds: 0.02,
  timeoutSeconds: 30,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
};

export const GROUP: TargetGroupSettings = {
  name: 'web',
  port: 80,
  deregistrationDelaySeconds: 60,
  healthCheck: HEALTH_CHECK,
};

/** What a test waits for, instead of sleeping. */
export class Signal<T = void> {
  resolve!: (value: T) => void;
  readonly promise = new Promise<T>((resolve) => (this.resolve = resolve));
}

const cleanUps: (() => void)[] = [];

export function cleanUp(): void {
  for (const action of cleanUps.splice(0)) action();
}

/** A server that counts its connections. */
export class Backend {
  readonly sockets: Socket[] = [];
  readonly paths: string[] = [];

  private constructor(readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      socket.on('error', () => undefined);
      this.sockets.push(socket);
    });
    server.on('request', ({ url = '' }: IncomingMessage) => this.paths.push(url));
  }

  static async start(listener: RequestListener): Promise<Backend> {
    // Its own idle timeout is longer than the load balancer's.
    const server = createServer({ keepAliveTimeout: 120_000 }, listener);
    const backend = new Backend(server);
    await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
    cleanUps.push(() => {
      server.close();
      server.closeAllConnections();
    });
    return backend;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
}

interface BalancerOptions {
  readonly idleSeconds?: number;
  readonly group?: Partial<TargetGroupSettings>;
  /** Backends by target. */
  readonly backends?: Readonly<Record<string, Backend>>;
  readonly route?: Route;
  /** Whether the targets' health checks succeed. */
  readonly healthy?: (target: string) => boolean;
}

/** A node of the load balancer, with its targets registered and, where they can be, healthy. */
export class Balancer {
  readonly changes: string[] = [];
  readonly group: TargetGroupSettings;
  readonly node: LoadBalancerNode;
  private readonly waiting = new Map<string, Signal>();

  private constructor({ idleSeconds = 60, group, route }: BalancerOptions, routeToBackend: Route) {
    this.group = { ...GROUP, ...group };
    const settings = { idleSeconds, subnets: [], targetGroups: [this.group], forwardTo: this.group.name };
    this.node = new LoadBalancerNode(LOOPBACK, 0, settings, route ?? routeToBackend, (node, _group, state) => {
      this.changes.push(`${node} ${state}`);
      this.signal(node, state).resolve();
    });
    this.node.useGroup(this.group.name);
    cleanUps.push(() => this.node.close());
  }

  static async start(options: BalancerOptions): Promise<Balancer> {
    const { backends = {}, healthy = () => true } = options;
    const names = Object.keys(backends);
    const health = await Backend.start((_, response) => void response.writeHead(200).end());
    const unhealthy = await Backend.start((_, response) => void response.writeHead(503).end());
    const balancer = new Balancer(options, (name, port) => {
      if (port === HEALTH_PORT) return { address: LOOPBACK, port: healthy(name) ? health.port : unhealthy.port };
      const backend = backends[name];
      return backend && { address: LOOPBACK, port: backend.port };
    });
    await balancer.node.listen(0);
    for (const name of names) {
      balancer.node.register(balancer.group, name);
      await balancer.becomes(name, healthy(name) ? 'healthy' : 'unhealthy');
    }
    return balancer;
  }

  private signal(target: string, state: TargetState): Signal {
    const key = `${target} ${state}`;
    const signal = this.waiting.get(key) ?? new Signal();
    this.waiting.set(key, signal);
    return signal;
  }

  /** Resolves at the first time, at once if it has been so. */
  becomes(target: string, state: TargetState): Promise<void> {
    return this.signal(target, state).promise;
  }

  send(path = '/', init: SendOptions = {}): Promise<Answer> {
    return send(this.node.port, path, init);
  }
}

interface SendOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Not sent to its end. */
  readonly partial?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** On a new connection. */
export function send(port: number, path: string, init: SendOptions = {}, host = LOOPBACK): Promise<Answer> {
  const { method = 'GET', headers = {}, body, partial = false } = init;
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject);
    sent.on('upgrade', (response, socket) => {
      socket
        .on('error', () => undefined)
        .on('close', () => resolve({ status: 101, headers: response.headers, text: '' }));
      socket.resume();
    });
    if (body !== undefined) sent.write(body);
    if (!partial) sent.end();
  });
}
