import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { AtnaSettings } from './atna.config.js';

const SILENCE_MS = 15_000;

/**
 * Sends frames over a connection of their own and ends it. Syslog has no receipts: that the receiver closes after us, without an error,
 * is the nearest thing to one, for it has then read to the end. Rejects when it does not; some may have arrived.
 */
export async function sendFrames(frames: readonly Buffer[], settings: AtnaSettings & { host: string }): Promise<void> {
  const { host, port } = settings;
  const [ca, cert, key] = await Promise.all(
    [settings.authorities, settings.certificate, settings.key].map(async (file) =>
      file === undefined ? undefined : readFile(file),
    ),
  );
  const socket = connect({
    host,
    port,
    ca,
    cert,
    key,
    minVersion: 'TLSv1.2',
    ...(isIP(host) ? {} : { servername: host }),
  });
  await new Promise<void>((resolve, reject) => {
    const failed = (reason: string) => socket.destroy(new Error(`${host}:${port} ${reason}`));
    let isAllWritten = false;
    socket.setTimeout(SILENCE_MS, () => failed(`was silent for ${SILENCE_MS / 1_000} s`));
    socket.once('error', reject);
    socket.once('close', () => (isAllWritten ? resolve() : reject(new Error(`${host}:${port} closed before the end`))));
    socket.once('end', () => {
      if (!isAllWritten) failed('closed before the end');
    });
    socket.once('secureConnect', () => {
      socket.resume();
      write(socket, frames).then(
        () => {
          isAllWritten = true;
          socket.end();
        },
        (error: Error) => socket.destroy(error),
      );
    });
  }).finally(() => socket.destroy());
}

async function write(socket: TLSSocket, frames: readonly Buffer[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.write(Buffer.concat(frames), (error) => (error ? reject(error) : resolve()));
  });
}
