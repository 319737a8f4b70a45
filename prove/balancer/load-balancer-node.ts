import {
  createServer,
  request,
  STATUS_CODES,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer, type ServerOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { LoadBalancerSettings, TargetGroupSettings } from '../stacks/load-balancer-settings';
import { Target, TargetTimeout, type Route, type TargetState } from './target';

/** Response headers of the model itself, for the cause of a failure. */
export const CAUSE = 'x-prove-cause';
export const TARGET = 'x-prove-target';

export type TargetChange = (node: string, group: string, state: TargetState, reason: string) => void;

/**
 * One node of an Application Load Balancer. Statuses of its own: 408 where the client does not send its request in time, 502
 * where the target refuses or closes the connection or the deregistration delay elapses, 503 without targets, 504 where the
 * target does not accept or answer in time. Source: "Troubleshoot your Application Load Balancers",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export class LoadBalancerNode {
  private readonly server: Server | TlsServer;
  private readonly groups = new Map<string, Map<string, Target>>();
  private readonly clients = new Set<Duplex>();
  private forwardTo = '';
  private turn = 0;

  constructor(
    readonly address: string,
    private readonly index: number,
    private readonly settings: LoadBalancerSettings,
    private readonly route: Route,
    private readonly onChange: TargetChange,
    /** Without it, clients connect without TLS. */
    tls?: ServerOptions,
    private readonly localAddress: string | undefined = address,
    private readonly connectTimeoutMs?: number,
  ) {
    const handle: RequestListener = (incoming, response) => this.forward(incoming, response);
    const options = { keepAliveTimeout: settings.idleSeconds * 1000, requestTimeout: 0, headersTimeout: 0 };
    this.server = tls ? createTlsServer({ ...options, ...tls }, handle) : createServer(options, handle);
    this.server.timeout = 0;
    this.server.on('upgrade', (incoming, socket, head) => this.upgrade(incoming, socket, head));
    this.server.on(tls ? 'secureConnection' : 'connection', (socket: Duplex) => {
      this.clients.add(socket);
      socket.on('close', () => this.clients.delete(socket));
    });
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve) => this.server.listen(port, this.address, resolve));
  }

  close(): void {
    for (const targets of this.groups.values()) for (const target of targets.values()) target.stop();
    for (const socket of this.clients) socket.destroy();
    this.server.close();
  }

  /** Only for new connections. */
  setCertificate(certificate: ServerOptions): void {
    (this.server as TlsServer).setSecureContext(certificate);
  }

  /** The target group that gets the requests. */
  useGroup(name: string): void {
    this.forwardTo = name;
  }

  register(group: TargetGroupSettings, node: string): void {
    const targets = this.groups.get(group.name) ?? new Map<string, Target>();
    this.groups.set(group.name, targets);
    const registered = targets.get(node);
    if (registered && !isDeregistered(registered)) return;
    // A former registration that is still draining finishes its requests.
    // The nodes of a load balancer check independently of one another.
    const offset = (group.healthCheck.intervalSeconds * 1000 * ((this.index * 3 + targets.size) % 7)) / 7;
    const onChange = (state: TargetState, reason: string) => this.onChange(node, group.name, state, reason);
    const target = new Target(
      node,
      group,
      this.route,
      this.settings.idleSeconds,
      this.localAddress,
      offset,
      onChange,
      this.connectTimeoutMs,
    );
    targets.set(node, target);
  }

  async deregister(group: string, node: string): Promise<void> {
    const targets = this.groups.get(group);
    const target = targets?.get(node);
    await target?.deregister();
    if (targets?.get(node) === target) targets?.delete(node);
  }

  states(group = this.forwardTo): Readonly<Record<string, TargetState>> {
    return Object.fromEntries([...(this.groups.get(group) ?? [])].map(([node, { state }]) => [node, state]));
  }

  /**
   * Round robin over healthy targets; over all of them if none is. Source: "Health checks for Application Load Balancer target
   * groups", https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
   */
  private choose(): Target | undefined {
    const all = [...(this.groups.get(this.forwardTo)?.values() ?? [])].filter((target) => !isDeregistered(target));
    const healthy = all.filter(({ state }) => state === 'healthy');
    const usable = healthy.length > 0 ? healthy : all;
    this.turn += 1;
    return usable[this.turn % usable.length];
  }

  private headers(incoming: IncomingMessage): NodeJS.Dict<string | string[]> {
    const { connection: _connection, 'keep-alive': _keepAlive, ...headers } = incoming.headers;
    const before = headers['x-forwarded-for'];
    const client = incoming.socket.remoteAddress ?? '';
    return {
      ...headers,
      'x-forwarded-for': before ? `${String(before)}, ${client}` : client,
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    };
  }

  private forward(incoming: IncomingMessage, response: ServerResponse): void {
    const target = this.choose();
    if (!target) return answer(response, 503, 'no target is registered');
    const sent = request({
      method: incoming.method,
      path: incoming.url,
      headers: this.headers(incoming),
      agent: target.agent,
    });
    sent.on('response', (from) => {
      response.writeHead(from.statusCode ?? 502, { ...from.headers, [TARGET]: target.node });
      from.pipe(response);
      // The client sees that the response is incomplete.
      from.on('aborted', () => response.destroy());
      from.on('error', () => response.destroy());
    });
    // Without data in either direction.
    sent.setTimeout(this.settings.idleSeconds * 1000, () =>
      sent.destroy(
        incoming.complete
          ? new TargetTimeout('no answer within the idle timeout')
          : new ClientTimeout('the client sent nothing within the idle timeout'),
      ),
    );
    sent.on('error', (error) => {
      if (response.headersSent) return void response.destroy();
      const reused = sent.reusedSocket ? ' on a kept-alive connection' : '';
      answer(response, statusOf(error), causeOf(error, target, reused), target.node);
    });
    response.on('close', () => !response.writableFinished && sent.destroy());
    incoming.pipe(sent);
    incoming.on('error', () => sent.destroy());
  }

  private upgrade(incoming: IncomingMessage, client: Duplex, head: Buffer): void {
    const target = this.choose();
    client.on('error', () => client.destroy());
    if (!target) return reject(client, 503, 'no target is registered');
    const headers = { ...this.headers(incoming), connection: 'Upgrade', upgrade: incoming.headers.upgrade };
    const sent = request({ method: incoming.method, path: incoming.url, headers, agent: target.agent });
    const idleMs = this.settings.idleSeconds * 1000;
    client.on('close', () => sent.destroy());
    sent.on('upgrade', (from, upstream, first) => {
      const lines = Object.entries(from.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
      client.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}${TARGET}: ${target.node}\r\n\r\n`);
      if (first.length > 0) client.write(first);
      if (head.length > 0) upstream.write(head);
      upstream.pipe(client).pipe(upstream);
      // Without data in either direction.
      upstream.setTimeout(idleMs, () => upstream.destroy());
      upstream.on('close', () => client.destroy());
      upstream.on('error', () => client.destroy());
      client.on('close', () => upstream.destroy());
    });
    sent.on('response', (from) => {
      from.resume();
      reject(client, from.statusCode ?? 502, undefined, target.node);
    });
    sent.setTimeout(idleMs, () => sent.destroy(new TargetTimeout('no answer within the idle timeout')));
    sent.on('error', (error) => reject(client, statusOf(error), causeOf(error, target), target.node));
    sent.end();
  }
}

function isDeregistered({ state }: Target): boolean {
  return state === 'draining' || state === 'unused';
}

class ClientTimeout extends Error {}

function statusOf(error: Error): 408 | 502 | 504 {
  if (error instanceof ClientTimeout) return 408;
  return error instanceof TargetTimeout ? 504 : 502;
}

function causeOf({ message }: Error, { state }: Target, detail = ''): string {
  return state === 'unused' ? 'the deregistration delay was over' : `${message}${detail}`;
}

function answer(response: ServerResponse, status: number, cause: string, node = ''): void {
  response.writeHead(status, { [CAUSE]: cause, [TARGET]: node, 'content-length': 0 }).end();
}

/** Answers a request for an upgrade without one. */
function reject(client: Duplex, status: number, cause?: string, node = ''): void {
  const headers = {
    ...(cause !== undefined && { [CAUSE]: cause }),
    [TARGET]: node,
    'content-length': 0,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  client.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`);
}
