import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

/**
 * Stores the state of one stack for Terraform's `http` backend. To a file, Terraform writes the whole state after every
 * resource, which is quadratic in their number; to a backend, it writes every twenty seconds and at the end.
 * Other users of the machine reach the loopback interface too: every request needs the credential of this server.
 */
export class StateServer {
  private readonly server: Server;
  private state: Buffer | undefined;
  private readonly username = 'quayside';
  private readonly password = randomBytes(32).toString('base64url');

  /** @param file receives the latest state, for stacks that read it as a file */
  constructor(private readonly file: string) {
    this.state = existsSync(file) ? readFileSync(file) : undefined;
    const expected = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    this.server = createServer((request, response) => {
      if (!isEqual(request.headers.authorization ?? '', expected)) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="quayside"', connection: 'close' }).end();
        return;
      }
      if (request.method === 'GET') {
        response.writeHead(this.state ? 200 : 404).end(this.state);
        return;
      }
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.state = Buffer.concat(chunks);
        writeFileSync(this.file, this.state, { mode: 0o600 });
        response.writeHead(200).end();
      });
    });
    this.server.unref();
  }

  /** The latest state: `init` with a backend empties the file, until the state changes. */
  get text(): string {
    return this.state?.toString('utf8') ?? '';
  }

  /** The credential, for the environment of Terraform: it is in no file and on no command line. */
  get credentials(): NodeJS.ProcessEnv {
    return { TF_HTTP_USERNAME: this.username, TF_HTTP_PASSWORD: this.password };
  }

  /**
   * Listens on the loopback interface.
   * @returns the address for the backend; undefined without a loopback interface, as in an empty network namespace
   */
  async start(): Promise<string | undefined> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.server.address() as AddressInfo;
    if (await isReachable(port)) return `http://127.0.0.1:${port}`;
    await this.stop();
    return undefined;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Compares in constant time, whatever the lengths. */
function isEqual(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}

function isReachable(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const finish = (reachable: boolean) => {
      socket.destroy();
      resolve(reachable);
    };
    socket.once('connect', () => finish(true)).once('error', () => finish(false));
  });
}
