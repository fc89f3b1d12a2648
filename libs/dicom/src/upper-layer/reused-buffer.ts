import { Socket } from 'node:net';

/** Fewer reads than with Node's 64 KiB; larger ones bring nothing more. */
const BUFFER_BYTES = 256 * 1024;

/**
 * An accepted connection, not read so far, whose bytes all come in one buffer: fresh memory for each read costs more of the
 * processor than everything else that receiving does, and is collected late. What `data` carries is good until the listener
 * returns or, when it pauses the socket, until it resumes it.
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
  const options = {
    handle,
    onread: {
      buffer: Buffer.allocUnsafeSlow(BUFFER_BYTES),
      callback: (bytes: number, buffer: Uint8Array) => {
        socket.emit('data', Buffer.from(buffer.buffer, buffer.byteOffset, bytes));
        return true;
      },
    },
  };
  const socket: Socket = Reflect.construct(Socket, [options]);
  socket.once('close', () => accepted.destroy());
  return socket;
}
