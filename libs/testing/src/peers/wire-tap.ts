import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

const PDU_HEAD_BYTES = 6;
const PDV_HEAD_BYTES = 6;
const DATA = 0x04;

/**
 * Stands between a DICOM peer and whom it sends to, passes everything on, and says what data sets the peer really sent:
 * programs write a file's data set anew before they send it. It reads P-DATA-TF (PS3.8 section 9.3.5) with no code of ours.
 */
export class WireTap {
  /** SHA-256 of each data set that was sent whole. */
  readonly dataSets: string[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async before(port: number): Promise<WireTap> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const tap = new WireTap(server, typeof address === 'object' && address !== null ? address.port : 0);
    server.on('connection', (peer) => tap.connected(peer, port));
    return tap;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((closed) => this.server.close(closed));
  }

  private connected(peer: Socket, port: number): void {
    const provider = connect(port, '127.0.0.1');
    for (const socket of [peer, provider]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => this.sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    let held: Buffer = Buffer.alloc(0);
    let hash = createHash('sha256');
    peer.on('data', (bytes) => {
      held = Buffer.concat([held, bytes]);
      while (held.length >= PDU_HEAD_BYTES && held.length >= PDU_HEAD_BYTES + held.readUInt32BE(2)) {
        const end = PDU_HEAD_BYTES + held.readUInt32BE(2);
        if (held[0] === DATA) {
          for (const { isCommand, isLast, value } of valuesOf(held.subarray(PDU_HEAD_BYTES, end))) {
            if (isCommand) continue;
            hash.update(value);
            if (!isLast) continue;
            this.dataSets.push(hash.digest('hex'));
            hash = createHash('sha256');
          }
        }
        held = held.subarray(end);
      }
    });
    peer.pipe(provider);
    provider.pipe(peer);
  }
}

function* valuesOf(body: Buffer) {
  for (let at = 0; at < body.length; ) {
    const end = at + 4 + body.readUInt32BE(at);
    const control = body.readUInt8(at + 5);
    const isCommand = (control & 1) !== 0;
    yield { isCommand, isLast: (control & 2) !== 0, value: body.subarray(at + PDV_HEAD_BYTES, end) };
    at = end;
  }
}
