import { connect, createServer, type Server, type Socket } from 'node:net';

interface Address {
  readonly address: string;
  readonly port: number;
}

/** How pods reach the API server; it can be frozen while everything else goes on. */
export class ApiGate {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private isFrozen = false;

  constructor(upstream: { readonly host: string; readonly port: number }) {
    this.server = createServer((client) => {
      const server = connect(upstream.port, upstream.host);
      for (const socket of [client, server]) {
        this.sockets.add(socket);
        socket.on('close', () => this.sockets.delete(socket));
        socket.on('error', () => socket.destroy());
        if (this.isFrozen) socket.pause();
      }
      client.pipe(server).pipe(client);
      if (this.isFrozen) {
        client.pause();
        server.pause();
      }
    });
  }

  listen({ address, port }: Address): Promise<void> {
    return new Promise((resolve) => this.server.listen(port, address, resolve));
  }

  /** Connections stay open, and nothing is answered. */
  freeze(): void {
    this.isFrozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  thaw(): void {
    this.isFrozen = false;
    for (const socket of this.sockets) socket.resume();
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}
