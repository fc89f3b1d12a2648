import { connect } from 'node:net';

const TIMEOUT_MS = 1_000;

/** An ApiVersions request, version 0: the first thing that every client asks a broker. */
const request = (() => {
  const body = Buffer.alloc(10);
  body.writeInt16BE(18, 0); // api key
  body.writeInt16BE(0, 2); // api version
  body.writeInt32BE(1, 4); // correlation id
  body.writeInt16BE(-1, 8); // no client id
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
})();

/** Resolves when a broker on this port of the loopback address serves requests; throws while it does not. */
export function askApiVersions(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (error?: Error) => {
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    socket.setTimeout(TIMEOUT_MS, () => end(new Error('The broker does not answer')));
    socket.once('error', end);
    socket.once('close', () => end(new Error('The broker closed the connection')));
    socket.once('data', () => end());
    socket.write(request);
  });
}
