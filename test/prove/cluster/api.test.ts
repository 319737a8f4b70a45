import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiError, KubernetesApi, pathOf, type Any } from '../../../prove/cluster/api';
import { run } from '../../../prove/ground/processes';

const directory = mkdtempSync(join(tmpdir(), 'api-'));
const caFile = join(directory, 'ca.crt');
const keyFile = join(directory, 'ca.key');

/** Writes a key and a certificate that it signs itself. */
async function certify(key: string, certificate: string, ...subject: readonly string[]): Promise<void> {
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await run('openssl', ['req', '-x509', ...newKey, '-days', '2', ...subject, '-keyout', key, '-out', certificate]);
}

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly response: ServerResponse;
}

/** An API server that answers as it is told; without an answer a request stays open. */
let server: Server;
let answer: (request: Request) => void;
let requests: Request[];
let waiting: (() => void)[] = [];
let api: KubernetesApi;

beforeAll(async () => {
  await certify(keyFile, caFile, '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1');
  server = createServer({ key: readFileSync(keyFile), cert: readFileSync(caFile) }, (incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (text: string) => (body += text));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body, response };
      requests.push(request);
      answer(request);
      waiting.splice(0).forEach((wake) => wake());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  requests = [];
  answer = ({ response }) => void response.end('{}');
  const { port } = server.address() as AddressInfo;
  api = new KubernetesApi({ host: '127.0.0.1', port, caFile, token: 'a-token' });
});
afterEach(() => api.stop());
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Until it is true; asked again with each request and each event. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise<void>((resolve) => waiting.push(resolve));
}

test.each<[string, () => Promise<Any>, string, string, string]>([
  ['get', () => api.get('/api/v1/pods'), 'GET', '/api/v1/pods', 'application/json'],
  ['post', () => api.post('/api/v1/nodes', { a: 'ü' }), 'POST', '/api/v1/nodes', 'application/json'],
  ['patch', () => api.patch('/x/status', { a: 'ü' }), 'PATCH', '/x/status', 'application/strategic-merge-patch+json'],
  ['mergePatch', () => api.mergePatch('/x', { a: 'ü' }), 'PATCH', '/x', 'application/merge-patch+json'],
  [
    'apply',
    () => api.apply('/x', { a: 'ü' }),
    'PATCH',
    '/x?fieldManager=prove&force=true',
    'application/apply-patch+yaml',
  ],
  ['delete', () => api.delete('/x', { a: 'ü' }), 'DELETE', '/x', 'application/json'],
])('%s: method, path, type, token and body', async (_name, call, method, url, contentType) => {
  answer = ({ response }) => void response.end('{"answer":1}');
  await expect(call()).resolves.toEqual({ answer: 1 });
  expect(requests).toHaveLength(1);
  const [request] = requests;
  expect(request).toMatchObject({ method, url, body: method === 'GET' ? '' : '{"a":"ü"}' });
  expect(request!.headers.authorization).toBe('Bearer a-token');
  expect(request!.headers['content-type']).toBe(contentType);
});

test('an answer that is not JSON is a text', async () => {
  answer = ({ response }) => void response.end('ok');
  await expect(api.get('/readyz')).resolves.toBe('ok');
});

test.each([301, 403, 404, 409, 410, 429, 500, 503])(
  'status %d is an error with it, and says what failed',
  async (status) => {
    answer = ({ response }) => void response.writeHead(status).end('{"message":"because"}');
    const error: unknown = await api.post('/api/v1/pods', {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status, message: `POST /api/v1/pods: ${status} {"message":"because"}` });
  },
);

test.each<[string, (request: Request) => void]>([
  ['that is not answered', ({ response }) => response.destroy()],
  [
    'whose answer stops',
    ({ response }) => {
      response.writeHead(200, { 'content-length': 100 }).write('{');
      setImmediate(() => response.destroy());
    },
  ],
])('a connection %s is an error', async (_what, handle) => {
  answer = handle;
  await expect(api.get('/x')).rejects.toThrow(/hang up|aborted|ECONNRESET/);
});

test('a server with another certificate is not trusted', async () => {
  const { port } = server.address() as AddressInfo;
  const other = join(directory, 'other.crt');
  await certify(join(directory, 'other.key'), other, '-subj', '/CN=other');
  const wrong = new KubernetesApi({ host: '127.0.0.1', port, caFile: other, token: 'a-token' });
  await expect(wrong.get('/x')).rejects.toThrow('self-signed certificate');
  wrong.stop();
  expect(requests).toEqual([]);
});

describe('watch', () => {
  const item = (uid: string, version: string) => ({ metadata: { uid, resourceVersion: version } });
  const event = (type: string, object: Any) => `${JSON.stringify({ type, object })}\n`;
  let handled: string[];
  let lists: Any[][];
  let watches: Request[];

  beforeEach(() => {
    handled = [];
    watches = [];
    lists = [];
    answer = (request) => {
      if (request.url.includes('watch=1')) {
        request.response.writeHead(200).flushHeaders();
        watches.push(request);
      } else {
        const items = lists.length > 1 ? lists.shift()! : (lists[0] ?? []);
        request.response.end(JSON.stringify({ items, metadata: { resourceVersion: `list-${watches.length}` } }));
      }
    };
  });

  const start = async (path = '/api/v1/pods') => {
    await api.watch(path, (type, { metadata }) => {
      handled.push(`${type} ${metadata.uid} ${metadata.resourceVersion}`);
      waiting.splice(0).forEach((wake) => wake());
    });
    await until(() => watches.length === 1);
  };

  test('lists, then watches from the version of the list', async () => {
    lists = [[item('a', '1'), item('b', '2')]];
    await start();
    expect(handled).toEqual(['present a 1', 'present b 2']);
    expect(requests.map(({ url }) => url)).toEqual(['/api/v1/pods', '/api/v1/pods?watch=1&resourceVersion=list-0']);
  });

  test('a path may have a query already', async () => {
    await start('/api/v1/pods?fieldSelector=x');
    expect(watches[0]!.url).toBe('/api/v1/pods?fieldSelector=x&watch=1&resourceVersion=list-0');
  });

  test('handles each event, also where several come together or one in parts', async () => {
    await start();
    const [first, second, third] = [
      event('ADDED', item('a', '1')),
      event('MODIFIED', item('a', '2')),
      event('DELETED', item('a', '3')),
    ];
    watches[0]!.response.write(first! + second! + third!.slice(0, 20));
    await until(() => handled.length === 2);
    watches[0]!.response.write(third!.slice(20));
    await until(() => handled.length === 3);
    expect(handled).toEqual(['present a 1', 'present a 2', 'deleted a 3']);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['ends', (response) => response.end()],
    ['breaks', (response) => response.destroy()],
    [
      'is too old (410 in the stream)',
      (response) => response.write(event('ERROR', { kind: 'Status', code: 410, message: 'too old resource version' })),
    ],
  ])('that %s is resumed: what is gone meanwhile is deleted, what is new present', async (_what, lose) => {
    lists = [
      [item('a', '1'), item('b', '2')],
      [item('b', '5'), item('d', '6')],
    ];
    await start();
    watches[0]!.response.write(event('ADDED', item('c', '3')));
    await until(() => handled.includes('present c 3'));
    handled = [];
    lose(watches[0]!.response);
    await until(() => watches.length === 2);
    expect(handled).toEqual(['deleted a 1', 'deleted c 3', 'present b 5', 'present d 6']);
    expect(watches[1]!.url).toContain('resourceVersion=list-1');
    watches[1]!.response.write(event('MODIFIED', item('d', '7')));
    await until(() => handled.includes('present d 7'));
  });

  test.each([410, 500])('that is answered with %d lists again', async (status) => {
    const ordinary = answer;
    let rejected = 0;
    answer = (request) => {
      if (!request.url.includes('watch=1') || rejected === 2) return ordinary(request);
      rejected += 1;
      request.response.writeHead(status).end('{"kind":"Status","status":"Failure"}\n');
    };
    await start();
    expect(rejected).toBe(2);
    expect(requests.filter(({ url }) => !url.includes('watch=1'))).toHaveLength(3);
    watches[0]!.response.write(event('ADDED', item('a', '1')));
    await until(() => handled.length === 1);
    expect(handled).toEqual(['present a 1']);
  });

  test('an API server that does not answer the list is asked again', async () => {
    const ordinary = answer;
    let rejected = 0;
    answer = (request) => {
      if (rejected === 2) return ordinary(request);
      rejected += 1;
      request.response.destroy();
    };
    lists = [[item('a', '1')]];
    await start();
    expect(handled).toEqual(['present a 1']);
  });

  test('a stopped client watches no more', async () => {
    await start();
    const closed = new Promise((resolve) => watches[0]!.response.on('close', resolve));
    api.stop();
    await closed;
    await expect(api.get('/x').then(() => requests.length)).resolves.toBe(3);
    expect(watches).toHaveLength(1);
  });
});

const metadata = { name: 'web', namespace: 'shop' };
test.each([
  [{ apiVersion: 'v1', kind: 'ConfigMap', metadata }, '/api/v1/namespaces/shop/configmaps/web'],
  [{ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata }, '/apis/apps/v1/namespaces/shop/daemonsets/web'],
  [
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata },
    '/apis/networking.k8s.io/v1/namespaces/shop/ingresses/web',
  ],
  [
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata },
    '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/web',
  ],
  [
    { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'web' } },
    '/apis/networking.k8s.io/v1/ingressclasses/web',
  ],
  [
    { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'web' } },
    '/apis/scheduling.k8s.io/v1/priorityclasses/web',
  ],
  [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' } }, '/api/v1/namespaces/web'],
])('%j is at %s', (object, path) => {
  expect(pathOf(object)).toBe(path);
});
