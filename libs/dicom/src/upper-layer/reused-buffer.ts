import { Socket } from 'node:net';

/** Fewer reads than with Node's 64 KiB; larger ones bring nothing more. */
const BUFFER_BYTES = 256 * 1024;
/** Buffers of connections that have closed, for those to come. */
const MOST_KEPT = 16;
const kept: Buffer[] = [];

/**
 * An accepted connection, not read so far, whose bytes all come in one buffer: fresh memory for each read costs more of the
 * processor than everything else that receiving does, and is collected late. What `data` carries is good until the listener
 * returns or, when it pauses the socket, until it resumes it or the socket closes.
 *
 * Node gives such a buffer to sockets that it makes (`onread`) and not yet to those of a server, so the connection moves to one
 * that is made here. The accepted socket stays as its place among the server's connections.
 */
export function readIntoOneBuffer(accepted: Socket): Socket {
  const handle: unknown = Reflect.get(accepted, '_handle');
  if (handle === null || handle === undefined) {
    accepted.resume();
    return accepted;
  }
  Reflect.set(accepted, '_handle', null);
  const buffer = kept.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const options = {
    handle,
    onread: {
      buffer,
      callback: (bytes: number) => {
        socket.emit('data', buffer.subarray(0, bytes));
        return true;
      },
    },
  };
  const socket: Socket = Reflect.construct(Socket, [options]);
  socket.once('close', () => {
    accepted.destroy();
    if (kept.length < MOST_KEPT) kept.push(buffer);
  });
  return socket;
}
