import { createServer, type Http2Server, type Http2Session, type ServerHttp2Stream } from 'node:http2';

/** Handles a call: takes and returns the bytes of a message. */
export type UnaryMethod = (request: Buffer) => Buffer;

/** Returns the method at a path such as `/package.Service/Method`, if it is served. */
export type MethodLookup = (path: string) => UnaryMethod | undefined;

/** A frame's header: a compression flag and the message's length. */
const FRAME_HEADER = 5;
const CONTENT_TYPE = 'application/grpc';
/** gRPC's status codes. */
const STATUS = { ok: '0', unimplemented: '12', internal: '13' };
/** Fits a large plan in one piece: the default of 64 KiB would cost round trips. */
const WINDOW = 1 << 20;

/**
 * A gRPC server for unary calls without TLS, on Node's own HTTP/2: all that a provider needs, without dependencies (the
 * usual ones take 65 ms to load, this one 15). Methods that are not served, such as the plugin framework's streams,
 * return `unimplemented`, which clients take for an older server.
 */
export class GrpcServer {
  private readonly server: Http2Server;
  private readonly sessions = new Map<Http2Session, MethodLookup>();

  /** @param connected returns the methods of one connection */
  constructor(connected: () => MethodLookup) {
    this.server = createServer({ settings: { initialWindowSize: WINDOW } });
    this.server.on('session', (session) => {
      this.sessions.set(session, connected());
      session.on('close', () => this.sessions.delete(session));
      // A killed client resets its connection.
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
  if (!method) return respondWithError(stream, STATUS.unimplemented, 'not served');
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    let response: Buffer;
    try {
      response = method(unframed(Buffer.concat(chunks)));
    } catch (error) {
      respondWithError(stream, STATUS.internal, (error as Error).message);
      return;
    }
    stream.respond({ ':status': 200, 'content-type': CONTENT_TYPE }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': STATUS.ok }));
    const header = Buffer.alloc(FRAME_HEADER);
    header.writeUInt32BE(response.length, 1);
    stream.end(Buffer.concat([header, response]));
  });
}

function respondWithError(stream: ServerHttp2Stream, status: string, message: string): void {
  if (stream.destroyed) return;
  stream.respond(
    { ':status': 200, 'content-type': CONTENT_TYPE, 'grpc-status': status, 'grpc-message': encodeURI(message) },
    { endStream: true },
  );
}

function unframed(body: Buffer): Buffer {
  if (body[0] !== 0) throw new Error('compressed messages are not served');
  return body.subarray(FRAME_HEADER, FRAME_HEADER + body.readUInt32BE(1));
}
