import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tunnelUserData } from '../../../lib/cluster/tunnel-proxy';

const between = (text: string, marker: string) => text.split(`<<'${marker}'\n`)[1]!.split(`\n${marker}\n`)[0]!;

test('the user data is a script that bash can read', () => {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: tunnelUserData('https://api.example.com') });
  expect([status, String(stderr)]).toEqual([0, '']);
});

test('the proxy runs without permissions, and again after it fails', () => {
  const unit = between(tunnelUserData('https://api.example.com'), 'UNIT');
  expect(unit).toContain('Environment=ENDPOINT=https://api.example.com PORT=8888\n');
  expect(unit).toContain('DynamicUser=yes\n');
  expect(unit).toContain('Restart=always\n');
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

(hasPython ? describe : describe.skip)('the proxy, which needs python3', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tunnel-proxy-'));
  let api: Server;
  let proxy: ChildProcess;
  let port = 0;
  const target = () => `127.0.0.1:${(api.address() as AddressInfo).port}`;

  beforeAll(async () => {
    // Answers every message, and says goodbye once the client has ended.
    api = await listening(
      createServer({ allowHalfOpen: true }, (socket) => {
        socket.on('data', (data) => socket.write(`got ${String(data)}`));
        socket.on('end', () => socket.end('bye'));
      }),
    );
    const free = await listening(createServer());
    port = (free.address() as AddressInfo).port;
    await new Promise((closed) => free.close(closed));
    const program = join(directory, 'proxy.py');
    writeFileSync(program, between(tunnelUserData('unused'), 'PYTHON'));
    proxy = spawn('python3', [program], {
      env: { ...process.env, ENDPOINT: `https://${target()}`, PORT: String(port) },
      stdio: 'inherit',
    });
    await accepting(port);
  }, 30_000);

  afterAll(async () => {
    proxy.kill();
    rmSync(directory, { recursive: true });
  });

  test('connects to the API, in both directions, until both have ended', async () => {
    const { status, socket } = await open('CONNECT', target(), port);
    expect(status).toBe(200);
    socket.end('hello');
    expect(await everything(socket)).toBe('got hellobye');
  });

  test('serves several connections at once', async () => {
    const opened = await Promise.all([1, 2, 3].map(() => open('CONNECT', target(), port)));
    const answers = opened.map(({ socket }, index) => {
      socket.end(`${index}`);
      return everything(socket);
    });
    expect(await Promise.all(answers)).toEqual(['got 0bye', 'got 1bye', 'got 2bye']);
  });

  test.each([
    ['CONNECT', 'example.com:443'],
    ['CONNECT', '127.0.0.1:22'],
    ['CONNECT', '169.254.169.254:80'],
    ['GET', 'http://169.254.169.254/latest/meta-data/'],
    ['GET', '/'],
  ])('rejects %s %s', async (method, path) => {
    expect((await open(method, path, port)).status).toBe(403);
  });

  test('is still there after a client that speaks something else', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.end('\r\n\r\n');
    expect(await everything(socket)).toBe('');
    const { status, socket: next } = await open('CONNECT', target(), port);
    next.destroy();
    expect(status).toBe(200);
  });

  test('says so if the API cannot be reached', async () => {
    const path = target();
    await new Promise((closed) => api.close(closed));
    expect((await open('CONNECT', path, port)).status).toBe(502);
  });
});

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function accepting(port: number): Promise<void> {
  const accepted = await new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
  if (accepted) return;
  await new Promise((later) => setTimeout(later, 50));
  await accepting(port);
}

function open(method: string, path: string, port: number): Promise<{ status: number; socket: Socket }> {
  return new Promise((resolve, reject) => {
    const sent = request({ method, path, port, host: '127.0.0.1' });
    sent.on('connect', ({ statusCode }, socket) => resolve({ status: statusCode!, socket: socket as Socket }));
    sent.on('response', (response) => resolve({ status: response.statusCode!, socket: response.socket }));
    sent.on('error', reject);
    sent.end();
  });
}

async function everything(socket: Socket): Promise<string> {
  let text = '';
  for await (const data of socket) text += String(data);
  return text;
}
