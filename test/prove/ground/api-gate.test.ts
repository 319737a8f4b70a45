import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { ApiGate } from '../../../prove/ground/api-gate';

/** An upstream that echoes, and a gate before it. */
let upstream: Server;
let gate: ApiGate;
let port: number;
const sockets: Socket[] = [];

beforeEach(async () => {
  upstream = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  gate = new ApiGate({ host: '127.0.0.1', port: (upstream.address() as AddressInfo).port });
  port = await freePort();
  await gate.listen({ address: '127.0.0.1', port });
});
afterEach(() => {
  gate.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  upstream.close();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/** A client, and what it has received. */
async function client() {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  const state = { text: '', closed: false };
  socket.on('data', (data) => (state.text += data.toString()));
  socket.on('error', () => undefined);
  socket.on('close', () => (state.closed = true));
  await new Promise((resolve) => socket.once('connect', resolve));
  const received = async (text: string) => {
    while (!state.text.includes(text)) await new Promise((resolve) => socket.once('data', resolve));
  };
  return { socket, state, received };
}

/** A round trip over another path of the same process: whatever could arrive has arrived. */
async function roundTrip(): Promise<void> {
  const socket = connect((upstream.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  for (let turn = 0; turn < 5; turn += 1) {
    socket.write('turn');
    await new Promise((resolve) => socket.once('data', resolve));
  }
}

test('passes everything through', async () => {
  const { socket, received } = await client();
  socket.write('hello');
  await received('hello');
});

test('frozen, open and new connections stay open without an answer; thawed, what was sent is answered', async () => {
  const open = await client();
  open.socket.write('before');
  await open.received('before');
  gate.freeze();
  const fresh = await client();
  open.socket.write('during');
  fresh.socket.write('fresh');
  await roundTrip();
  expect([open.state, fresh.state]).toEqual([
    { text: 'before', closed: false },
    { text: '', closed: false },
  ]);
  gate.thaw();
  await Promise.all([open.received('during'), fresh.received('fresh')]);
});

test('a closed gate closes its connections', async () => {
  const { socket, received } = await client();
  socket.write('hello');
  await received('hello');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  gate.close();
  await closed;
});
