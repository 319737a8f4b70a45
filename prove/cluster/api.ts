import { Agent, request, type RequestOptions } from 'node:https';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject, Json } from '../stacks/synthesized-stack';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly caFile: string;
  readonly token: string;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';

// An object of the API, of which only the used part has a type.
// eslint-disable-next-line typescript/no-explicit-any
export type Any = any;

const RETRY_MS = 200;
const APPLY = 'application/apply-patch+yaml';
const STRATEGIC = 'application/strategic-merge-patch+json';
const MERGE = 'application/merge-patch+json';

/** The part of the Kubernetes API that the proving ground uses. */
export class KubernetesApi {
  private readonly agent: Agent;
  private stopped = false;

  constructor(private readonly connection: Connection) {
    this.agent = new Agent({ keepAlive: true, ca: readFileSync(connection.caFile) });
  }

  stop(): void {
    this.stopped = true;
    this.agent.destroy();
  }

  get(path: string): Promise<Any> {
    return this.call('GET', path);
  }

  post(path: string, body: JsonObject): Promise<Any> {
    return this.call('POST', path, body);
  }

  delete(path: string, body?: JsonObject): Promise<Any> {
    return this.call('DELETE', path, body);
  }

  apply(path: string, body: JsonObject): Promise<Any> {
    return this.call('PATCH', `${path}?fieldManager=prove&force=true`, body, APPLY);
  }

  /** Lists of conditions are merged by type. */
  patch(path: string, body: JsonObject): Promise<Any> {
    return this.call('PATCH', path, body, STRATEGIC);
  }

  mergePatch(path: string, body: JsonObject): Promise<Any> {
    return this.call('PATCH', path, body, MERGE);
  }

  /**
   * Lists, then watches; a lost watch, also one whose version the server has forgotten (410), lists again. Handlers get
   * each object at least once. Source: "Kubernetes API Concepts", section "Efficient detection of changes",
   * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
   */
  async watch(path: string, handle: (type: 'present' | 'deleted', object: Any) => void): Promise<void> {
    let known = new Map<string, Any>();
    const list = async (): Promise<string> => {
      const { items, metadata } = await this.get(path);
      const now = new Map<string, Any>(items.map((item: Any) => [item.metadata.uid, item]));
      for (const [uid, gone] of known) if (!now.has(uid)) handle('deleted', gone);
      for (const item of now.values()) handle('present', item);
      known = now;
      return metadata.resourceVersion;
    };
    const follow = async (): Promise<void> => {
      while (!this.stopped) {
        try {
          const version = await list();
          await this.stream(
            `${path}${path.includes('?') ? '&' : '?'}watch=1&resourceVersion=${version}`,
            (type, object) => {
              if (type === 'DELETED') known.delete(object.metadata.uid);
              else known.set(object.metadata.uid, object);
              handle(type === 'DELETED' ? 'deleted' : 'present', object);
            },
          );
        } catch {
          await sleep(RETRY_MS);
        }
      }
    };
    void follow();
  }

  private stream(path: string, handle: (type: string, object: Any) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const sent = request(this.options('GET', path), (response) => {
        const status = response.statusCode ?? 0;
        if (status >= 300) {
          response.resume();
          reject(new ApiError(status, `GET ${path}: ${status}`));
          return;
        }
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          const lines = text.split('\n');
          text = lines.pop()!;
          for (const line of lines) {
            const { type, object } = JSON.parse(line);
            if (type !== 'ERROR') handle(type, object);
            else {
              reject(new ApiError(object.code ?? 0, `GET ${path}: ${object.message}`));
              response.destroy();
            }
          }
        });
        response.on('close', resolve);
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  private options(method: Method, path: string, headers: Record<string, string> = {}): RequestOptions {
    const { host, port, token } = this.connection;
    return { host, port, method, path, agent: this.agent, headers: { authorization: `Bearer ${token}`, ...headers } };
  }

  private call(method: Method, path: string, body?: Json, contentType = 'application/json'): Promise<Any> {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      // Node sends no length of its own with DELETE.
      const length = String(text === undefined ? 0 : Buffer.byteLength(text));
      const headers = { 'content-type': contentType, 'content-length': length };
      const sent = request(this.options(method, path, headers), (response: IncomingMessage) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const received = Buffer.concat(chunks).toString();
          const status = response.statusCode ?? 0;
          if (status >= 300) reject(new ApiError(status, `${method} ${path}: ${status} ${received.slice(0, 500)}`));
          else resolve(received.startsWith('{') ? JSON.parse(received) : received);
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }
}

const PLURALS: Readonly<Record<string, string>> = {
  NetworkPolicy: 'networkpolicies',
  IngressClass: 'ingressclasses',
  Ingress: 'ingresses',
  PriorityClass: 'priorityclasses',
};

/** Where the API has an object. */
export function pathOf({ apiVersion, kind, metadata }: Any): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const plural = PLURALS[kind] ?? `${kind.toLowerCase()}s`;
  const namespace = metadata.namespace ? `/namespaces/${metadata.namespace}` : '';
  return `${root}${namespace}/${plural}/${metadata.name}`;
}
