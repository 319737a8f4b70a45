import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

/**
 * Stores the state of one stack for Terraform's `http` backend. To a file, Terraform writes the whole state after every
 * resource, which is quadratic in their number; to a backend, it writes every twenty seconds and at the end.
 */
export class StateServer {
  private readonly server: Server;
  private state: Buffer | undefined;

  /** @param file receives the latest state, for stacks that read it as a file */
  constructor(private readonly file: string) {
    this.state = existsSync(file) ? readFileSync(file) : undefined;
    this.server = createServer((request, response) => {
      if (request.method === 'GET') {
        response.writeHead(this.state ? 200 : 404).end(this.state);
        return;
      }
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.state = Buffer.concat(chunks);
        writeFileSync(this.file, this.state);
        response.writeHead(200).end();
      });
    });
    this.server.unref();
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
