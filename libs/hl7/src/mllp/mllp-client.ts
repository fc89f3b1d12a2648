import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { FrameReader, frameOf } from './frame-reader.js';

const LONGEST_ANSWER = 1024 * 1024;

interface Waiting {
  readonly resolve: (answer: Buffer) => void;
  readonly reject: (error: Error) => void;
}

/** Sends HL7 v2 messages in frames; answers come in the order of the messages. */
export class MllpClient {
  private readonly reader = new FrameReader(LONGEST_ANSWER);
  private readonly waiting: Waiting[] = [];

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      for (const { bytes } of this.reader.read(chunk)) this.waiting.shift()?.resolve(bytes);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error('The connection was closed without an answer'));
    });
  }

  /** Rejects when nobody listens there, or with TLS when the other side is not trusted. */
  static async connect(port: number, host = '127.0.0.1', tls?: ConnectionOptions): Promise<MllpClient> {
    const socket = tls === undefined ? connect(port, host) : connectTls({ ...tls, port, host });
    await once(socket, tls === undefined ? 'connect' : 'secureConnect');
    return new MllpClient(socket);
  }

  /** Resolves with the answer; rejects when the connection ends before it. */
  send(message: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (!this.socket.writable) return reject(new Error('The connection is closed'));
      this.waiting.push({ resolve, reject });
      this.socket.write(frameOf(message));
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
