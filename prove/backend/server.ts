import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/**
 * A backend. `drains`: on SIGTERM it stops accepting connections and finishes what is in flight, as servers usually do.
 * `exits`: on SIGTERM, at once. `starts-slowly`: listens early, is ready late, and drains.
 */
const [behaviour = 'drains'] = process.argv.slice(2);
const PORT = 8080;
const SLOW_START_MS = 5000;
const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const startedAt = Date.now();
let isReady = behaviour !== 'starts-slowly';

const server = createServer((incoming, response) => {
  const url = new URL(incoming.url ?? '/', 'http://backend');
  if (url.pathname === '/ready') {
    isReady ||= Date.now() - startedAt > SLOW_START_MS;
    response.writeHead(isReady ? 200 : 503).end();
    return;
  }
  if (url.pathname === '/headers') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(incoming.headers));
    return;
  }
  // A request that is served before the server is ready must not happen.
  if (!isReady) {
    response.writeHead(500).end('not ready');
    return;
  }
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => (bytes += chunk.length));
  incoming.on('end', () => {
    const wait = Number(url.searchParams.get('wait') ?? 0);
    setTimeout(() => response.writeHead(200, { 'content-type': 'text/plain' }).end(`received ${bytes}\n`), wait);
  });
});
// Above the time for which Traefik keeps idle connections to a server.
server.keepAliveTimeout = 120_000;
server.headersTimeout = 0;
server.requestTimeout = 0;

/** Answers every frame with itself; enough for unfragmented messages below 126 bytes. */
server.on('upgrade', (incoming, socket) => {
  const key = String(incoming.headers['sec-websocket-key']);
  const accept = createHash('sha1')
    .update(key + WEBSOCKET_GUID)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  );
  socket.on('data', (frame: Buffer) => {
    const length = frame[1]! & 0x7f;
    const mask = frame.subarray(2, 6);
    const text = frame.subarray(6, 6 + length).map((byte, index) => byte ^ mask[index % 4]!);
    socket.write(Buffer.concat([Buffer.from([frame[0]!, length]), text]));
    if ((frame[0]! & 0x0f) === 8) socket.end();
  });
  socket.on('error', () => socket.destroy());
});

process.on('SIGTERM', () => {
  if (behaviour === 'exits') process.exit(0);
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  // Connections that become idle later.
  setInterval(() => server.closeIdleConnections(), 100);
});

server.listen(PORT, '0.0.0.0');
