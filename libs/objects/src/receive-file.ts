import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { writeFully } from './file-bytes.js';
import { ObjectTooLarge } from './object-store.errors.js';
import type { ArrivalWatch } from './objects.js';
import type { WriteBack } from './write-back.js';

/** So much is put together before it is written: a network stream comes in far smaller pieces. */
const WRITE_BYTES = 1024 * 1024;
/** Somebody waits for what is watched. */
const WATCHED_WRITE_BYTES = 128 * 1024;

/**
 * Writes a stream behind what the file has, and hashes all of it on the way. Writing goes on while the next pieces are
 * hashed. When the stream breaks, what came of it is in the file before this rejects.
 */
export async function receiveFile(
  file: FileHandle,
  source: AsyncIterable<Uint8Array>,
  limitBytes: number,
  watch?: ArrivalWatch,
  writeBack?: WriteBack,
): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = await hashWhatIsThere(file, hash);
  watch?.written(sizeBytes);
  const together = watch === undefined ? WRITE_BYTES : WATCHED_WRITE_BYTES;
  let pieces: Buffer[] = [];
  let gathered = 0;
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const chunk of source) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      sizeBytes += bytes.length;
      if (sizeBytes > limitBytes) throw new ObjectTooLarge(`More than ${limitBytes} bytes came`);
      hash.update(bytes);
      pieces.push(bytes);
      gathered += bytes.length;
      if (gathered < together) continue;
      await writing;
      const [end, length] = [sizeBytes, gathered];
      writing = writeFully(file, pieces).then(() => {
        watch?.written(end);
        writeBack?.written(length);
      });
      // What goes wrong is seen where it is awaited; until then it must not count as nobody's.
      writing.catch(() => {});
      pieces = [];
      gathered = 0;
    }
  } finally {
    await writing;
    await writeFully(file, pieces);
    watch?.written(sizeBytes);
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** Leaves the file's position at its end. */
async function hashWhatIsThere(file: FileHandle, hash: ReturnType<typeof createHash>): Promise<number> {
  const piece = Buffer.allocUnsafeSlow(WRITE_BYTES);
  let sizeBytes = 0;
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, piece.length, null);
    if (bytesRead === 0) return sizeBytes;
    hash.update(piece.subarray(0, bytesRead));
    sizeBytes += bytesRead;
  }
}
