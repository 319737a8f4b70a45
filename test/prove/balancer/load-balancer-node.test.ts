import { createHash } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import { CAUSE, TARGET } from '../../../prove/balancer/load-balancer-node';
import { Backend, Balancer, cleanUp, GROUP, LOOPBACK, send, Signal } from './fixtures';

afterEach(() => {
  jest.useRealTimers();
  cleanUp();
});

const ok: RequestListener = (_, response) => void response.end('ok');

/** Timers of the model stand still until the test advances them; sockets and their time-outs are real. */
function stopTimers(): void {
  jest.useFakeTimers({
    doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'],
  });
}

/** A backend that answers when the test says so. */
async function heldBackend() {
  const arrived = new Signal<ServerResponse>();
  const backend = await Backend.start((_, response) => arrived.resolve(response));
  return { backend, arrived: arrived.promise };
}

test('requests go to healthy targets in turn', async () => {
  const backends = { a: await Backend.start(ok), b: await Backend.start(ok), c: await Backend.start(ok) };
  const balancer = await Balancer.start({ backends, healthy: (name) => name !== 'c' });
  for (let count = 0; count < 6; count += 1) expect((await balancer.send()).status).toBe(200);
  expect(Object.values(backends).map(({ paths }) => paths.length)).toEqual([3, 3, 0]);
  expect(balancer.node.states()).toEqual({ a: 'healthy', b: 'healthy', c: 'unhealthy' });
});

test('if every target is unhealthy, requests go to all of them', async () => {
  const backends = { a: await Backend.start(ok), b: await Backend.start(ok) };
  const balancer = await Balancer.start({ backends, healthy: () => false });
  for (let count = 0; count < 4; count += 1) expect((await balancer.send()).status).toBe(200);
  expect(Object.values(backends).map(({ paths }) => paths.length)).toEqual([2, 2]);
});

test('a target is reported healthy, draining and unused, in this order', async () => {
  const balancer = await Balancer.start({
    backends: { a: await Backend.start(ok) },
    group: { deregistrationDelaySeconds: 0.01 },
  });
  await balancer.node.deregister(balancer.group.name, 'a');
  expect(balancer.changes).toEqual(['a healthy', 'a draining', 'a unused']);
  expect(balancer.node.states()).toEqual({});
});

test('a new target is initial until its first check', async () => {
  const arrived = new Signal<ServerResponse>();
  const slow = await Backend.start((_, response) => arrived.resolve(response));
  const balancer = await Balancer.start({ route: () => ({ address: LOOPBACK, port: slow.port }) });
  balancer.node.register(balancer.group, 'a');
  const response = await arrived.promise;
  expect(balancer.node.states()).toEqual({ a: 'initial' });
  response.end();
  await balancer.becomes('a', 'healthy');
  expect(balancer.node.states()).toEqual({ a: 'healthy' });
});

test('what the target gets: the request, its client and how it came', async () => {
  const seen = new Signal<unknown>();
  const backend = await Backend.start(({ method, url, headers, socket }, response) => {
    seen.resolve({ method, url, headers, from: socket.remoteAddress });
    response.writeHead(201, { 'x-of': 'target' }).end('body');
  });
  const balancer = await Balancer.start({ backends: { a: backend } });
  const answer = await balancer.send('/path?query', {
    method: 'POST',
    body: 'sent',
    headers: { host: 'app.example.com', 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'http' },
  });
  expect(await seen.promise).toMatchObject({
    method: 'POST',
    url: '/path?query',
    from: LOOPBACK,
    headers: {
      host: 'app.example.com',
      'x-forwarded-for': `192.0.2.1, ${LOOPBACK}`,
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    },
  });
  expect(answer).toMatchObject({ status: 201, text: 'body', headers: { 'x-of': 'target', [TARGET]: 'a' } });
});

test('a status of the target is passed on without a cause', async () => {
  const backend = await Backend.start((_, response) => void response.writeHead(503).end());
  const { status, headers } = await (await Balancer.start({ backends: { a: backend } })).send();
  expect({ status, cause: headers[CAUSE], target: headers[TARGET] }).toEqual({
    status: 503,
    cause: undefined,
    target: 'a',
  });
});

/** Source: "Troubleshoot your Application Load Balancers",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
describe('statuses of the load balancer', () => {
  test('503 without a registered target', async () => {
    const { status, headers } = await (await Balancer.start({})).send();
    expect([status, headers[CAUSE], headers[TARGET]]).toEqual([503, 'no target is registered', '']);
  });

  test('503 where every target is deregistered', async () => {
    const balancer = await Balancer.start({ backends: { a: await Backend.start(ok) } });
    stopTimers();
    void balancer.node.deregister(balancer.group.name, 'a');
    expect(balancer.node.states()).toEqual({ a: 'draining' });
    expect((await balancer.send()).status).toBe(503);
  });

  test.each<{ when: string; listener: RequestListener; cause: RegExp }>([
    {
      when: 'closes the connection',
      listener: ({ socket }) => void socket.end(),
      cause: /socket hang up/,
    },
    {
      when: 'resets the connection',
      listener: ({ socket }) => void socket.resetAndDestroy(),
      cause: /ECONNRESET|socket hang up/,
    },
    {
      when: 'answers something else than HTTP',
      listener: ({ socket }) => void socket.end('220 ftp\r\n'),
      cause: /Parse Error/,
    },
  ])('502 where the target $when while a request is outstanding', async ({ listener, cause }) => {
    const balancer = await Balancer.start({ backends: { a: await Backend.start(listener) } });
    const { status, headers } = await balancer.send();
    expect([status, headers[TARGET]]).toEqual([502, 'a']);
    expect(headers[CAUSE]).toMatch(cause);
  });

  test('502 where the target refuses the connection', async () => {
    const backend = await Backend.start(ok);
    const { port } = backend;
    await new Promise((resolve) => backend.server.close(resolve));
    const balancer = await Balancer.start({ route: () => ({ address: LOOPBACK, port }) });
    balancer.node.register(balancer.group, 'a');
    const { status, headers } = await balancer.send();
    expect([status, headers[TARGET]]).toEqual([502, 'a']);
    expect(headers[CAUSE]).toMatch(/ECONNREFUSED/);
  });

  test('502 where the deregistration delay elapses during a request', async () => {
    const { backend, arrived } = await heldBackend();
    const balancer = await Balancer.start({ backends: { a: backend } });
    const answer = balancer.send();
    await arrived;
    stopTimers();
    const deregistered = balancer.node.deregister(balancer.group.name, 'a');
    jest.advanceTimersByTime(balancer.group.deregistrationDelaySeconds * 1000);
    await deregistered;
    const { status, headers } = await answer;
    expect([status, headers[CAUSE], headers[TARGET]]).toEqual([502, 'the deregistration delay was over', 'a']);
  });

  test('504 where the target accepts no connection for ten seconds', async () => {
    const asked = new Signal();
    const balancer = await Balancer.start({ route: (_, port) => void (port === GROUP.port && asked.resolve()) });
    stopTimers();
    balancer.node.register(balancer.group, 'a');
    const answer = balancer.send();
    await asked.promise;
    jest.advanceTimersByTime(10_000);
    const { status, headers } = await answer;
    expect([status, headers[CAUSE], headers[TARGET]]).toEqual([504, 'the target did not accept the connection', 'a']);
  });

  test('504 where the target does not answer before the idle timeout', async () => {
    const { backend } = await heldBackend();
    const balancer = await Balancer.start({ idleSeconds: 0.05, backends: { a: backend } });
    const { status, headers } = await balancer.send();
    expect([status, headers[CAUSE], headers[TARGET]]).toEqual([504, 'no answer within the idle timeout', 'a']);
  });

  test('408 where the client does not send its request before the idle timeout', async () => {
    const { backend } = await heldBackend();
    const balancer = await Balancer.start({ idleSeconds: 0.05, backends: { a: backend } });
    const { status, headers } = await balancer.send('/', {
      method: 'POST',
      headers: { 'content-length': '100' },
      body: 'not all of it',
      partial: true,
    });
    expect([status, headers[CAUSE]]).toEqual([408, 'the client sent nothing within the idle timeout']);
  });

  test('a response that is cut is cut for the client', async () => {
    const backend = await Backend.start((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('some', () => response.destroy());
    });
    const balancer = await Balancer.start({ backends: { a: backend } });
    await expect(balancer.send()).rejects.toThrow('aborted');
  });
});

describe('connections to targets', () => {
  test('are kept alive', async () => {
    const backend = await Backend.start(ok);
    const balancer = await Balancer.start({ backends: { a: backend } });
    for (let count = 0; count < 3; count += 1) await balancer.send();
    expect([backend.paths.length, backend.sockets.length]).toEqual([3, 1]);
  });

  test('are closed when they have been idle for the idle timeout', async () => {
    const backend = await Backend.start(ok);
    const balancer = await Balancer.start({ idleSeconds: 0.05, backends: { a: backend } });
    await balancer.send();
    await new Promise((resolve) => backend.sockets[0]!.once('close', resolve));
    expect((await balancer.send()).status).toBe(200);
    expect(backend.sockets).toHaveLength(2);
  });

  test('that were kept alive are named in the cause of a 502', async () => {
    let requests = 0;
    const backend = await Backend.start(({ socket }, response) => {
      requests += 1;
      if (requests === 1) response.end();
      else socket.destroy();
    });
    const balancer = await Balancer.start({ backends: { a: backend } });
    await balancer.send();
    const { status, headers } = await balancer.send();
    expect(status).toBe(502);
    expect(headers[CAUSE]).toMatch(/ on a kept-alive connection$/);
    expect(backend.sockets).toHaveLength(1);
  });
});

/** Source: "Edit target group attributes for your Application Load Balancer",
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
describe('deregistration', () => {
  test('lets a request finish within the delay, and sends no further ones', async () => {
    const { backend, arrived } = await heldBackend();
    const balancer = await Balancer.start({ backends: { a: backend } });
    const inFlight = balancer.send();
    const response = await arrived;
    stopTimers();
    void balancer.node.deregister(balancer.group.name, 'a');
    jest.advanceTimersByTime(balancer.group.deregistrationDelaySeconds * 1000 - 1);
    expect((await balancer.send()).status).toBe(503);
    response.end('finished');
    expect(await inFlight).toMatchObject({ status: 200, text: 'finished' });
    expect(backend.paths).toHaveLength(1);
  });

  test('of what is not registered succeeds', async () => {
    const balancer = await Balancer.start({});
    await expect(balancer.node.deregister('web', 'unknown')).resolves.toBeUndefined();
    await expect(balancer.node.deregister('unknown', 'a')).resolves.toBeUndefined();
  });

  test('a target that is registered again while it drains gets requests, and those in flight finish', async () => {
    const arrived = new Signal<ServerResponse>();
    const backend = await Backend.start(({ url }, response) => {
      if (url === '/held') arrived.resolve(response);
      else response.end('ok');
    });
    const balancer = await Balancer.start({
      backends: { a: backend },
      group: { deregistrationDelaySeconds: 3600 },
    });
    const inFlight = balancer.send('/held');
    const response = await arrived.promise;
    stopTimers();
    void balancer.node.deregister(balancer.group.name, 'a');
    balancer.node.register(balancer.group, 'a');
    expect(await balancer.send()).toMatchObject({ status: 200, text: 'ok' });
    response.end('finished');
    expect(await inFlight).toMatchObject({ status: 200, text: 'finished' });
  });

  test('a target that is registered twice stays as it is', async () => {
    const { backend, arrived } = await heldBackend();
    const balancer = await Balancer.start({ backends: { a: backend } });
    const inFlight = balancer.send();
    const response = await arrived;
    balancer.node.register(balancer.group, 'a');
    expect(balancer.node.states()).toEqual({ a: 'healthy' });
    response.end('finished');
    expect(await inFlight).toMatchObject({ status: 200, text: 'finished' });
  });
});

describe('websockets', () => {
  const UPGRADE = { headers: { connection: 'Upgrade', upgrade: 'websocket' } };

  /** Takes connections, accepts upgrades, and does not speak then. */
  async function upgrading(): Promise<Backend> {
    const backend = await Backend.start(ok);
    backend.server.on('upgrade', ({ headers }, socket) => {
      const key = createHash('sha1').update(String(headers['x-forwarded-for'])).digest('base64');
      socket.on('error', () => undefined);
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\nx-key: ${key}\r\n\r\n`,
      );
    });
    return backend;
  }

  test('are passed through, and closed without data for the idle timeout', async () => {
    const balancer = await Balancer.start({ idleSeconds: 0.05, backends: { a: await upgrading() } });
    const { status, headers } = await balancer.send('/', UPGRADE);
    const key = createHash('sha1').update(LOOPBACK).digest('base64');
    expect([status, headers['x-key'], headers[TARGET]]).toEqual([101, key, 'a']);
  });

  test('are cut when the deregistration delay is over, not before', async () => {
    const backend = await upgrading();
    const upgraded = new Signal();
    backend.server.on('upgrade', () => upgraded.resolve());
    const balancer = await Balancer.start({ backends: { a: backend } });
    let isOver = false;
    const closed = balancer.send('/', UPGRADE).then(() => expect(isOver).toBe(true));
    await upgraded.promise;
    stopTimers();
    void balancer.node.deregister(balancer.group.name, 'a');
    jest.advanceTimersByTime(balancer.group.deregistrationDelaySeconds * 1000 - 1);
    await new Promise((resolve) => setImmediate(resolve));
    isOver = true;
    jest.advanceTimersByTime(1);
    await closed;
  });

  test.each([
    { status: 403, listener: (_: unknown, response: ServerResponse) => void response.writeHead(403).end() },
    { status: 200, listener: (_: unknown, response: ServerResponse) => void response.end() },
  ])('a target that answers $status is passed on without a cause', async ({ status, listener }) => {
    const balancer = await Balancer.start({ backends: { a: await Backend.start(listener) } });
    const answer = await balancer.send('/', UPGRADE);
    expect([answer.status, answer.headers[CAUSE], answer.headers[TARGET]]).toEqual([status, undefined, 'a']);
  });

  test('503 without a target', async () => {
    const { status, headers } = await (await Balancer.start({})).send('/', UPGRADE);
    expect([status, headers[CAUSE]]).toEqual([503, 'no target is registered']);
  });

  test('502 where the target closes the connection', async () => {
    const backend = await Backend.start(({ socket }) => void socket.destroy());
    const balancer = await Balancer.start({ backends: { a: backend } });
    const { status, headers } = await balancer.send('/', UPGRADE);
    expect([status, headers[CAUSE], headers[TARGET]]).toEqual([502, 'socket hang up', 'a']);
  });

  test('504 where the target accepts no connection for ten seconds', async () => {
    const asked = new Signal();
    const balancer = await Balancer.start({ route: (_, port) => void (port === GROUP.port && asked.resolve()) });
    stopTimers();
    balancer.node.register(balancer.group, 'a');
    const answer = balancer.send('/', UPGRADE);
    await asked.promise;
    jest.advanceTimersByTime(10_000);
    const { status, headers } = await answer;
    expect([status, headers[CAUSE]]).toEqual([504, 'the target did not accept the connection']);
  });

  test('504 where the target does not answer before the idle timeout', async () => {
    const { backend } = await heldBackend();
    const balancer = await Balancer.start({ idleSeconds: 0.05, backends: { a: backend } });
    const { status, headers } = await balancer.send('/', UPGRADE);
    expect([status, headers[CAUSE]]).toEqual([504, 'no answer within the idle timeout']);
  });
});

test('close cuts clients', async () => {
  const { backend, arrived } = await heldBackend();
  const balancer = await Balancer.start({ backends: { a: backend } });
  const [cut] = await Promise.allSettled([send(balancer.node.port, '/'), arrived.then(() => balancer.node.close())]);
  expect(cut).toMatchObject({ status: 'rejected', reason: { message: 'socket hang up' } });
});
