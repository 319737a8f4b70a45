import type { ProviderSchemas } from '../schema/schema';
import { GrpcServer, type UnaryMethod } from '../wire/grpc-server';
import type { OperationLog } from './operation-log';
import { MockProvider } from './mock-provider';
import { providerMethods } from './service';
import type { UniqueObjects } from './unique-objects';

const SERVICE = '/tfplugin6.Provider/';

/** How Terraform connects to a running provider: an entry of `TF_REATTACH_PROVIDERS`. */
export interface Reattach {
  readonly Protocol: 'grpc';
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  /** Terraform does not stop the process when it is done. */
  readonly Test: true;
  readonly Addr: { readonly Network: 'unix'; readonly String: string };
}

/** Serves a mock provider on a socket. Every connection is a separate provider block, such as an alias. */
export class ProviderServer {
  private readonly server: GrpcServer;

  constructor(
    schemas: ProviderSchemas,
    log: OperationLog,
    objects: UniqueObjects,
    private readonly socketPath: string,
  ) {
    this.server = new GrpcServer(() => {
      let methods: Readonly<Record<string, UnaryMethod>> | undefined;
      return (path) => {
        if (!path.startsWith(SERVICE)) return undefined;
        methods ??= providerMethods(new MockProvider(schemas, log, objects));
        return methods[path.slice(SERVICE.length)];
      };
    });
  }

  async start(): Promise<Reattach> {
    await this.server.listen(this.socketPath);
    return {
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'unix', String: this.socketPath },
    };
  }

  stop(): Promise<void> {
    return this.server.close();
  }
}
