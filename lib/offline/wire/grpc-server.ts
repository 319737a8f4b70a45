import { createServer, type Http2Server, type Http2Session, type ServerHttp2Stream } from 'node:http2';

/** Answers a call with the bytes of a message. */
export type UnaryMethod = (request: Buffer) => Buffer;

/** The method at a path such as `/package.Service/Method`, where it is served. */
export type MethodLookup = (path: string) => UnaryMethod | undefined;

/** A frame's head: a compression flag and the message's length. */
const FRAME_HEAD = 5;
const CONTENT_TYPE = 'application/grpc';
/** gRPC's status codes. */
const STATUS = { ok: '0', unimplemented: '12', internal: '13' };
/** Room for a large plan in one piece: the default of 64 KiB would cost round trips. */
const WINDOW = 1 << 20;

/**
 * A gRPC server for unary calls without TLS, on Node's own HTTP/2: all that a provider needs, with no dependency (the
 * usual ones take 65 ms to load, this one 15). Calls of methods that are not served (the plugin framework's streams among them)
 * are answered `unimplemented`, which clients take for an older server.
 */
export class GrpcServer {
  private readonly server: Http2Server;
  private readonly sessions = new Map<Http2Session, MethodLookup>();

  /** @param connected makes the methods of one connection */
  constructor(connected: () => MethodLookup) {
    this.server = createServer({ settings: { initialWindowSize: WINDOW } });
    this.server.on('session', (session) => {
      this.sessions.set(session, connected());
      session.on('close', () => this.sessions.delete(session));
      // A client that was killed resets its connection: nothing to answer any more.
      session.on('error', () => session.destroy());
    });
    this.server.on('stream', (stream, headers) => {
      const methodOf = stream.session && this.sessions.get(stream.session);
      if (methodOf) serve(stream, methodOf(headers[':path'] ?? ''));
    });
  }

  listen(socketPath: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(socketPath, resolve);
    });
  }

  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const session of this.sessions.keys()) session.destroy();
    return closed;
  }
}

function serve(stream: ServerHttp2Stream, method: UnaryMethod | undefined): void {
  stream.on('error', () => stream.destroy());
  if (!method) return refuse(stream, STATUS.unimplemented, 'not served');
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    let response: Buffer;
    try {
      response = method(unframed(Buffer.concat(chunks)));
    } catch (error) {
      refuse(stream, STATUS.internal, (error as Error).message);
      return;
    }
    stream.respond({ ':status': 200, 'content-type': CONTENT_TYPE }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': STATUS.ok }));
    const head = Buffer.alloc(FRAME_HEAD);
    head.writeUInt32BE(response.length, 1);
    stream.end(Buffer.concat([head, response]));
  });
}

function refuse(stream: ServerHttp2Stream, status: string, message: string): void {
  if (stream.destroyed) return;
  stream.respond(
    { ':status': 200, 'content-type': CONTENT_TYPE, 'grpc-status': status, 'grpc-message': encodeURI(message) },
    { endStream: true },
  );
}

function unframed(body: Buffer): Buffer {
  if (body[0] !== 0) throw new Error('compressed messages are not served');
  return body.subarray(FRAME_HEAD, FRAME_HEAD + body.readUInt32BE(1));
}
