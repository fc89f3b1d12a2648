import { connect, type Socket } from 'node:net';

const READ_BYTES = 256 * 1024;
const HEAD_ENDS = '\r\n\r\n';
const LINE_ENDS = '\r\n';

export interface RawAnswer {
  readonly status: number;
  /** Overwritten by the connection's next answer. */
  readonly body: Buffer;
}

interface Asked {
  resolve(answer: RawAnswer): void;
  reject(error: Error): void;
}

/**
 * One HTTP/1.1 connection that reads into the same memory again and again (RFC 9112). Node's own client takes new memory for each 64 KiB,
 * which costs it more than a quick server takes to answer: then a figure would tell of the client.
 */
export class RawConnection {
  private readonly socket: Socket;
  private received = Buffer.allocUnsafeSlow(READ_BYTES);
  private length = 0;
  private asked: Asked | undefined;

  constructor(private readonly url: URL) {
    this.socket = connect({
      host: url.hostname,
      port: Number(url.port),
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BYTES),
        callback: (length, bytes) => {
          this.take(bytes.subarray(0, length));
          return true;
        },
      },
    });
    this.socket.on('error', (error) => this.asked?.reject(error));
    this.socket.on('close', () =>
      this.asked?.reject(new Error('The connection was closed in the middle of an answer')),
    );
  }

  /** One at a time. */
  get(path: string, headers: Readonly<Record<string, string>>): Promise<RawAnswer> {
    return this.ask(`GET ${path}`, headers, '');
  }

  /** One at a time. */
  post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<RawAnswer> {
    return this.ask(`POST ${path}`, { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body);
  }

  private ask(what: string, headers: Readonly<Record<string, string>>, body: string): Promise<RawAnswer> {
    const lines = Object.entries({ host: this.url.host, ...headers }).map(([name, value]) => `${name}: ${value}`);
    this.length = 0;
    return new Promise((resolve, reject) => {
      this.asked = { resolve, reject };
      this.socket.write([`${what} HTTP/1.1`, ...lines, '', body].join(LINE_ENDS));
    });
  }

  close(): void {
    this.asked = undefined;
    this.socket.destroy();
  }

  private take(bytes: Uint8Array): void {
    const length = this.length + bytes.length;
    if (length > this.received.length) {
      const larger = Buffer.allocUnsafeSlow(length * 2);
      this.received.copy(larger, 0, 0, this.length);
      this.received = larger;
    }
    this.received.set(bytes, this.length);
    this.length = length;
    const answer = answerIn(this.received.subarray(0, length));
    if (answer === undefined) return;
    this.asked?.resolve(answer);
    this.asked = undefined;
  }
}

/** Undefined while it is not whole. */
function answerIn(received: Buffer): RawAnswer | undefined {
  const headLength = received.indexOf(HEAD_ENDS);
  if (headLength < 0) return undefined;
  const head = received.toString('latin1', 0, headLength);
  const status = Number(head.split(' ', 2)[1]);
  const from = headLength + HEAD_ENDS.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) {
    const body = chunksIn(received.subarray(from));
    return body && { status, body };
  }
  const end = from + Number(length);
  return received.length < end ? undefined : { status, body: received.subarray(from, end) };
}

/** A chunked body's bytes, moved together; undefined while the last chunk has not come. */
function chunksIn(received: Buffer): Buffer | undefined {
  if (!received.subarray(-5).equals(LAST_CHUNK)) return undefined;
  let length = 0;
  for (let at = 0; ; ) {
    const lineEnd = received.indexOf(LINE_ENDS, at);
    const size = Number.parseInt(received.toString('latin1', at, lineEnd), 16);
    if (size === 0) return received.subarray(0, length);
    const from = lineEnd + LINE_ENDS.length;
    received.copyWithin(length, from, from + size);
    length += size;
    at = from + size + LINE_ENDS.length;
  }
}

const LAST_CHUNK = Buffer.from('0\r\n\r\n');
