import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import {
  createServer as createTlsServer,
  type SecureContextOptions,
  type TLSSocket,
  type Server as TlsServer,
} from 'node:tls';
import { Association, type AssociationOptions, type Transport } from './association.js';
import { ABORT } from './pdu.js';
import { readIntoOneBuffer } from './reused-buffer.js';
import { SECURE_TRANSPORT } from './secure-transport.js';
import type { Admission, AssociationTitles, ServiceProvider } from './service-provider.js';

export interface UpperLayerOptions extends AssociationOptions {
  readonly maximumAssociations: number;
}

/** Connections that may be open beside the associations, to be told that there are too many. */
const FURTHER_CONNECTIONS = 64;
const STOP_GRACE_MS = 2_000;

/** What a door with TLS needs: own key and certificate, and the authorities whose devices may come. */
export interface SecureDoorOptions extends SecureContextOptions {
  /** Whether a peer without a certificate of those authorities is sent away in the handshake. */
  readonly isMutual: boolean;
}

/** Listens for associations (PS3.8 chapter 9), on a plain door and one with TLS. */
export class UpperLayerServer {
  private readonly servers: Server[] = [];
  private readonly open = new Map<Socket, Association | undefined>();
  private established = 0;

  constructor(
    private readonly provider: ServiceProvider,
    private readonly options: UpperLayerOptions,
  ) {}

  /** Resolves with the port. */
  listen(port: number, host: string): Promise<number> {
    return this.openDoor(
      createServer({ pauseOnConnect: true }, (socket) => this.accept(readIntoOneBuffer(socket), { isSecure: false })),
      port,
      host,
    );
  }

  /** Resolves with the port and with what takes over another certificate for connections to come. */
  async listenSecurely(
    port: number,
    host: string,
    { isMutual, ...context }: SecureDoorOptions,
  ): Promise<{ port: number; renew(context: SecureContextOptions): void }> {
    const server: TlsServer = createTlsServer(
      {
        ...SECURE_TRANSPORT,
        ...context,
        requestCert: isMutual,
        rejectUnauthorized: isMutual,
        handshakeTimeout: this.options.artimTimeoutMs,
      },
      (socket) => this.accept(socket, { isSecure: true, certificateSha256: certificateSha256(socket) }),
    );
    // The connection under the handshake is seen too, so that it can be ended with the others.
    server.on('connection', (socket: Socket) => this.hold(socket, undefined));
    server.on('tlsClientError', (_, socket) => socket.destroy());
    return {
      port: await this.openDoor(server, port, host),
      renew: (renewed) => server.setSecureContext({ ...SECURE_TRANSPORT, ...renewed }),
    };
  }

  get associations(): number {
    return this.established;
  }

  /** Takes no more connections, aborts the associations that are open, and resolves when all have ended. */
  async close(): Promise<void> {
    const closed = this.servers.map((server) => new Promise((resolve) => server.close(resolve)));
    for (const association of this.open.values()) association?.abort(ABORT.notSpecified);
    const insist = setTimeout(() => {
      for (const socket of this.open.keys()) socket.destroy();
    }, STOP_GRACE_MS);
    await Promise.all(closed);
    clearTimeout(insist);
  }

  private async openDoor(server: Server, port: number, host: string): Promise<number> {
    server.maxConnections = this.options.maximumAssociations + FURTHER_CONNECTIONS;
    server.listen(port, host);
    await once(server, 'listening');
    this.servers.push(server);
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  private hold(socket: Socket, association: Association | undefined): void {
    this.open.set(socket, association);
    socket.once('close', () => this.open.delete(socket));
  }

  private accept(socket: Socket, transport: Transport): void {
    const limited: ServiceProvider = { admit: (titles) => this.admit(titles) };
    const ended = () => {
      this.established -= 1;
    };
    this.hold(socket, new Association(socket, transport, limited, this.options, ended));
  }

  private admit(titles: AssociationTitles): Admission | Promise<Admission> {
    if (this.established >= this.options.maximumAssociations) return 'localLimitExceeded';
    const admission = this.provider.admit(titles);
    if (!(admission instanceof Promise)) {
      if (typeof admission !== 'string') this.established += 1;
      return admission;
    }
    // One that is being decided on has its place already.
    this.established += 1;
    const refused = () => {
      this.established -= 1;
    };
    admission.then((decided) => typeof decided === 'string' && refused(), refused);
    return admission;
  }
}

/** Of what the peer showed in the handshake; undefined when it showed none. */
function certificateSha256(socket: TLSSocket): string | undefined {
  const certificate = socket.getPeerX509Certificate();
  return certificate && createHash('sha256').update(certificate.raw).digest('hex');
}
