import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { CertificateFiles } from '@yinglian/testing';

/** A message as RFC 5424 has it, with a header that is checked. */
const MESSAGE = /^<85>1 \d{4}-\d\d-\d\dT[\d:.]+Z [\x21-\x7E]{1,255} yinglian \d+ DICOM\+RFC3881 - \uFEFF(<\?xml.*)$/s;

/** A real TLS receiver of syslog (RFC 5425): what it has read of each connection is what arrived. */
export class SyslogReceiver {
  readonly messages: string[] = [];
  /** Connections die after so many bytes. */
  diesAfterBytes = Number.POSITIVE_INFINITY;
  /** It reads all and does not close. */
  isSlow = false;
  private server: Server | undefined;
  private readonly connections = new Set<Socket>();
  private readonly sockets = new Set<TLSSocket>();
  port = 0;

  constructor(
    private readonly identity: CertificateFiles,
    private readonly authority: string,
  ) {}

  /** On the port that it had before, if any. */
  async start({ asksForCertificate = false } = {}): Promise<void> {
    const [key, cert, ca] = await Promise.all(
      [this.identity.key, this.identity.certificate, this.authority].map((file) => readFile(file)),
    );
    const demand = asksForCertificate ? { requestCert: true, rejectUnauthorized: true } : {};
    this.server = createServer({ key, cert, ca, allowHalfOpen: true, ...demand }, (socket) => this.receive(socket));
    this.server.on('tlsClientError', () => {});
    this.server.on('connection', (connection) => this.connections.add(connection));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** It is slow no more: what it has read to the end it closes. */
  hurry(): void {
    this.isSlow = false;
    for (const socket of this.sockets) socket.end();
  }

  async stop(): Promise<void> {
    for (const connection of this.connections) connection.destroy();
    const { server } = this;
    this.server = undefined;
    await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)));
  }

  private receive(socket: TLSSocket): void {
    this.sockets.add(socket);
    let waiting: Buffer = Buffer.alloc(0);
    let bytes = 0;
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('end', () => {
      if (!this.isSlow) socket.end();
    });
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > this.diesAfterBytes) {
        socket.destroy();
        return;
      }
      waiting = this.take(Buffer.concat([waiting, chunk]));
    });
  }

  private take(bytes: Buffer): Buffer {
    let rest = bytes;
    for (;;) {
      const length = /^([1-9]\d*) /.exec(rest.subarray(0, 12).toString('latin1'));
      if (length === null) return rest;
      const from = length[0].length;
      const to = from + Number(length[1]);
      if (rest.length < to) return rest;
      const message = MESSAGE.exec(rest.subarray(from, to).toString('utf8'))?.[1];
      if (message === undefined) throw new Error(`No syslog message: ${rest.subarray(from, to).toString('utf8')}`);
      this.messages.push(message);
      rest = rest.subarray(to);
    }
  }
}
