import { Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { randomBytes } from 'node:crypto';
import { CAUSE, TARGET } from '../balancer/load-balancer-node';
import type { RequestKind } from './kinds';

export interface Reply {
  readonly status: number;
  readonly failure?: string;
  readonly node?: string;
}

export interface ClientOptions {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly host: string;
  /** The certificate authority, where clients use TLS. */
  readonly ca?: string;
}

const TIMEOUT_MS = 30_000;
const BODY = 4096;
const CHUNKS = 8;
const HEADER_BYTES = 2;
const MASK_BYTES = 4;
const TEXT_FRAME = 0x81;
const CLOSE_FRAME = 0x88;
const MASKED = 0x80;

/** Clients of the load balancer, which they find by its addresses in turn, as by DNS. */
export class Client {
  private readonly agent: HttpAgent;
  private turn = 0;

  constructor(private readonly options: ClientOptions) {
    const keep = { keepAlive: true, maxSockets: Infinity };
    this.agent = options.ca ? new HttpsAgent({ ...keep, ca: options.ca }) : new HttpAgent(keep);
  }

  close(): void {
    this.agent.destroy();
  }

  send(kind: RequestKind): Promise<Reply> {
    const path = `/?wait=${kind.waitMs}`;
    return kind.connection === 'websocket' ? this.websocket(kind.waitMs) : this.exchange(kind, path);
  }

  private request(options: RequestOptions) {
    const { addresses, port, host, ca } = this.options;
    this.turn += 1;
    const address = addresses[this.turn % addresses.length]!;
    const all = { host: address, port, ...options, headers: { host, ...options.headers } };
    return ca ? httpsRequest({ ...all, ca, servername: host }) : httpRequest(all);
  }

  private exchange(kind: RequestKind, path: string): Promise<Reply> {
    const size = kind.method === 'POST' ? BODY : 0;
    return new Promise((resolve) => {
      const sent = this.request({
        method: kind.method,
        path,
        agent: kind.connection === 'kept-alive' ? this.agent : false,
        headers: {
          ...(kind.method === 'POST' && { 'content-length': size }),
          ...(kind.connection === 'new' && { connection: 'close' }),
        },
      });
      const timer = setTimeout(() => sent.destroy(new Error(`no response in ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
      const end = (reply: Reply) => {
        clearTimeout(timer);
        resolve(reply);
      };
      sent.on('response', (response) => {
        let text = '';
        const status = response.statusCode ?? 0;
        const node = response.headers[TARGET] as string | undefined;
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('error', (error) => end({ status, node, failure: `response cut: ${error.message}` }));
        response.on('end', () => {
          const cause = response.headers[CAUSE];
          const wrong = status === 200 && text !== `received ${size}\n` ? `unexpected body '${text}'` : undefined;
          const failure =
            status === 200
              ? wrong
              : cause
                ? `${status} of the load balancer: ${String(cause)}`
                : `${status} of the ingress or backend`;
          end({ status, node, ...(failure !== undefined && { failure }) });
        });
      });
      sent.on('error', (error) => end({ status: 0, failure: error.message }));
      void sendBody(sent, size, kind.uploadMs);
    });
  }

  /** Opens, exchanges a message each second, closes: every message must come back. */
  private websocket(durationMs: number): Promise<Reply> {
    return new Promise((resolve) => {
      const headers = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
      };
      const sent = this.request({ method: 'GET', path: '/', agent: false, headers });
      sent.on('error', (error) => resolve({ status: 0, failure: error.message }));
      sent.on('response', (response) => {
        response.resume();
        const cause = response.headers[CAUSE];
        resolve({
          status: response.statusCode ?? 0,
          failure: `no upgrade: ${response.statusCode} ${cause ? String(cause) : 'of the ingress or backend'}`,
        });
      });
      sent.on('upgrade', (response, socket) => {
        const node = response.headers[TARGET] as string | undefined;
        let echoes = 0;
        let messages = 0;
        let isClosing = false;
        const end = (failure?: string) => {
          clearInterval(timer);
          clearTimeout(timeout);
          socket.destroy();
          resolve({ status: 101, node, ...(failure !== undefined && { failure }) });
        };
        const timer = setInterval(() => {
          isClosing = (messages + 1) * 1000 >= durationMs;
          if (isClosing) clearInterval(timer);
          socket.write(frame(isClosing ? CLOSE_FRAME : TEXT_FRAME, isClosing ? '' : `message ${messages}`));
          messages += 1;
        }, 1000);
        const timeout = setTimeout(() => end('a message was not answered'), durationMs + TIMEOUT_MS);
        socket.on('data', (data: Buffer) => {
          for (let at = 0; at + HEADER_BYTES <= data.length; at += HEADER_BYTES + (data[at + 1]! & 0x7f)) echoes += 1;
          if (isClosing && echoes === messages) end();
        });
        socket.on('error', (error) => end(`websocket: ${error.message}`));
        socket.on('close', () => end(isClosing && echoes === messages ? undefined : 'the websocket was cut'));
      });
      sent.end();
    });
  }
}

async function sendBody(sent: ReturnType<typeof httpRequest>, size: number, durationMs: number): Promise<void> {
  if (durationMs === 0) return void sent.end(size > 0 ? Buffer.alloc(size) : undefined);
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    if (sent.destroyed) return;
    sent.write(Buffer.alloc(size / CHUNKS));
    await new Promise((resolve) => setTimeout(resolve, durationMs / CHUNKS));
  }
  sent.end();
}

/** A masked frame, as clients send them. */
function frame(kind: number, text: string): Buffer {
  const mask = randomBytes(MASK_BYTES);
  const payload = Buffer.from(text).map((byte, index) => byte ^ mask[index % MASK_BYTES]!);
  return Buffer.concat([Buffer.from([kind, MASKED | payload.length]), mask, payload]);
}
