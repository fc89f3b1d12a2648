import { Agent, type ClientRequestArgs, IncomingMessage } from 'node:http';
import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';

const READ_BYTES = 64 * 1024;
const LARGE_READ_BYTES = 512 * 1024;
const SPARE_BUFFERS = 32;

/** What a connection reads into. */
interface Reading {
  buffer: Buffer;
  /** Set while a large body comes: whether nobody needs the buffer's bytes any more. */
  isFree?: () => boolean;
}

const readings = new WeakMap<Socket, Reading>();
const spare: Buffer[] = [];

/**
 * Keeps connections whose large bodies can be read into memory that is used again and again. Node takes 64 KiB of a body at
 * a time, into new memory, which more than halves what one core can pass.
 */
export class LargeReadsAgent extends Agent {
  override createConnection(options: ClientRequestArgs & Partial<TcpNetConnectOpts>): Socket {
    const reading: Reading = { buffer: Buffer.allocUnsafeSlow(READ_BYTES) };
    const socket = connect({
      host: options.host ?? '127.0.0.1',
      port: Number(options.port),
      noDelay: true,
      onread: {
        buffer: () => reading.buffer,
        callback: (length, { buffer, byteOffset }) => {
          const bytes = Buffer.from(buffer, byteOffset, length);
          // Node's HTTP client listens here; what it is given it may keep.
          socket.emit('data', reading.isFree === undefined ? Buffer.from(bytes) : bytes);
          return reading.isFree?.() ?? true;
        },
      },
    });
    readings.set(socket, reading);
    return socket;
  }
}

/**
 * Gives an answer's body in pieces of up to 512 KiB to `take`, which says when it needs a piece no more; nothing is read before.
 * @throws when the answer did not come by a LargeReadsAgent
 */
export function readLarge(answer: IncomingMessage, take: (bytes: Buffer, taken: () => void) => void): void {
  const { socket } = answer;
  const reading = readings.get(socket);
  if (reading === undefined) throw new Error('Only an answer that came by a LargeReadsAgent is read in large pieces');
  const small = reading.buffer;
  const large = spare.pop() ?? Buffer.allocUnsafeSlow(LARGE_READ_BYTES);
  let held = 0;
  let isOver = false;
  const isFree = () => held === 0 && answer.readableLength === 0;
  const goOn = () => {
    if (!isFree()) return;
    if (isOver && reading.buffer === large) {
      reading.buffer = small;
      delete reading.isFree;
      if (spare.length < SPARE_BUFFERS) spare.push(large);
    }
    socket.resume();
  };
  reading.buffer = large;
  reading.isFree = isFree;
  // It asks for more as soon as it has given something, whether that is taken or not.
  answer._read = (size) => {
    if (isFree()) IncomingMessage.prototype._read.call(answer, size);
  };
  answer.on('data', (bytes: Buffer) => {
    held += 1;
    take(bytes, () => {
      held -= 1;
      goOn();
    });
  });
  answer.once('close', () => {
    isOver = true;
    goOn();
  });
}
