import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { writeFully } from './file-bytes.js';
import { ObjectTooLarge } from './object-store.errors.js';

/** So much is put together before it is written: a network stream comes in far smaller pieces. */
const WRITE_BYTES = 1024 * 1024;

/** Writes a stream to a file and hashes it on the way. Writing goes on while the next pieces are hashed. */
export async function receiveFile(
  file: FileHandle,
  source: Readable,
  limitBytes: number,
): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let pieces: Buffer[] = [];
  let gathered = 0;
  let writing: Promise<void> = Promise.resolve();
  for await (const chunk of source) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > limitBytes) throw new ObjectTooLarge(`More than ${limitBytes} bytes came`);
    hash.update(bytes);
    pieces.push(bytes);
    gathered += bytes.length;
    if (gathered < WRITE_BYTES) continue;
    await writing;
    writing = writeFully(file, pieces);
    // What goes wrong is seen where it is awaited; until then it must not count as nobody's.
    writing.catch(() => {});
    pieces = [];
    gathered = 0;
  }
  await writing;
  await writeFully(file, pieces);
  return { sizeBytes, sha256: hash.digest('hex') };
}
