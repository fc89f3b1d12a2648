import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type SecureContextOptions, Server as TlsServer } from 'node:tls';
import { MllpConnection } from './mllp-connection.js';
import type { MllpOptions, ReceiveFrame } from './mllp-options.js';

const STOP_GRACE_MS = 2_000;
const HANDSHAKE_MS = 30_000;

/** Listens for HL7 v2 messages in frames (MLLP release 1), with TLS when there are options for it. */
export class MllpServer {
  private readonly server: Server;
  private readonly open = new Map<Socket, MllpConnection>();
  private readonly sockets = new Set<Socket>();
  private readonly long = new Set<MllpConnection>();

  constructor(
    private readonly receive: ReceiveFrame,
    private readonly options: MllpOptions,
  ) {
    const accept = (socket: Socket) => this.accept(socket);
    // A sender that closes its half still hears of what it sent.
    this.server =
      options.tls === undefined
        ? createServer({ allowHalfOpen: true }, accept)
        : createTlsServer({ handshakeTimeout: HANDSHAKE_MS, ...options.tls, allowHalfOpen: true }, accept);
    this.server.on('tlsClientError', (_: Error, socket: Socket) => {
      options.onTrouble('connection');
      socket.destroy();
    });
    // The connection under a handshake is seen too, so that it can be ended with the others.
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    this.server.maxConnections = options.maximumConnections;
    this.server.on('drop', () => options.onTrouble('tooManyConnections'));
  }

  /** Resolves with the port. */
  async listen(port: number, host: string): Promise<number> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  /** Takes over another certificate for connections to come. */
  renew(context: SecureContextOptions): void {
    if (this.server instanceof TlsServer) this.server.setSecureContext(context);
  }

  get connections(): number {
    return this.open.size;
  }

  /** Takes no more, answers what was taken, and resolves when all connections have ended. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    const insist = setTimeout(() => {
      for (const socket of this.sockets) socket.destroy();
    }, STOP_GRACE_MS);
    await Promise.all([...this.open.values()].map((connection) => connection.finish()));
    await closed;
    clearTimeout(insist);
  }

  private accept(socket: Socket): void {
    this.open.set(socket, new MllpConnection(socket, this.receive, this.options, this.long));
    socket.once('close', () => this.open.delete(socket));
  }
}
