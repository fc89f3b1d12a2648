import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Association, type AssociationOptions } from './association.js';
import { ABORT } from './pdu.js';
import type { StorageProvider } from './storage-provider.js';

export interface UpperLayerOptions extends AssociationOptions {
  readonly maximumAssociations: number;
}

/** Connections that may be open beside the associations, to be told that there are too many. */
const FURTHER_CONNECTIONS = 64;
const STOP_GRACE_MS = 2_000;

/** Listens for associations (PS3.8 chapter 9). */
export class UpperLayerServer {
  private readonly server: Server;
  private readonly open = new Map<Socket, Association>();
  private established = 0;

  constructor(
    private readonly provider: StorageProvider,
    private readonly options: UpperLayerOptions,
  ) {
    this.server = createServer((socket) => this.accept(socket));
    this.server.maxConnections = options.maximumAssociations + FURTHER_CONNECTIONS;
  }

  /** Resolves with the port. */
  async listen(port: number, host: string): Promise<number> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  get associations(): number {
    return this.established;
  }

  /** Takes no more connections, aborts the associations that are open, and resolves when all have ended. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const association of this.open.values()) association.abort(ABORT.notSpecified);
    const insist = setTimeout(() => {
      for (const socket of this.open.keys()) socket.destroy();
    }, STOP_GRACE_MS);
    await closed;
    clearTimeout(insist);
  }

  private accept(socket: Socket): void {
    const limited: StorageProvider = {
      admit: (titles) => {
        if (this.established >= this.options.maximumAssociations) return 'localLimitExceeded';
        const storage = this.provider.admit(titles);
        if (typeof storage === 'string') return storage;
        this.established += 1;
        return {
          store: (request) => storage.store(request),
          closed: () => {
            this.established -= 1;
            storage.closed();
          },
        };
      },
    };
    this.open.set(socket, new Association(socket, limited, this.options));
    socket.once('close', () => this.open.delete(socket));
  }
}
