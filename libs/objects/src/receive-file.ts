import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { FileDigest, HASHED_AT_ONCE_BYTES } from './digests/file-digest.js';
import { writeFully } from './file-bytes.js';
import { ObjectTooLarge } from './object-store.errors.js';
import type { ArrivalWatch } from './objects.js';
import type { WriteBack } from './write-back.js';

/** So much is put together before it is written: a network stream comes in far smaller pieces. */
const WRITE_BYTES = 1024 * 1024;
/** While somebody waits for it. */
const AWAITED_WRITE_BYTES = 128 * 1024;

/**
 * Writes a stream behind what the file has, and hashes all of the file. Writing and hashing go on while the next pieces come. When the
 * stream breaks, what came of it is in the file before this rejects.
 */
export async function receiveFile(
  file: FileHandle,
  source: AsyncIterable<Uint8Array>,
  limitBytes: number,
  watch?: ArrivalWatch,
  writeBack?: WriteBack,
): Promise<{ sizeBytes: number; sha256: string }> {
  const digest = new FileDigest(file.fd);
  let { size: written } = await file.stat();
  if (written > 0) digest.reach(written);
  watch?.written(written);
  const together = watch?.isWaitedFor === true ? AWAITED_WRITE_BYTES : WRITE_BYTES;
  let pieces: Buffer[] = [];
  let gathered = 0;
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    const [given, length, from] = [pieces, gathered, written];
    pieces = [];
    gathered = 0;
    written += length;
    const end = written;
    await writeFully(file, given, from);
    watch?.written(end);
    writeBack?.written(length);
  };
  const writeAndHash = async () => {
    const end = written + gathered;
    await write();
    digest.reach(end);
  };
  try {
    for await (const chunk of source) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      if (written + gathered + bytes.length > limitBytes)
        throw new ObjectTooLarge(`More than ${limitBytes} bytes came`);
      pieces.push(bytes);
      gathered += bytes.length;
      if (gathered < together && bytes.length > 0) continue;
      await writing;
      writing = writeAndHash();
      // What goes wrong is seen where it is awaited; until then it must not count as nobody's.
      writing.catch(() => {});
    }
    await writing;
    const atOnce = !digest.hasBegun && gathered <= HASHED_AT_ONCE_BYTES ? hashOf(pieces) : undefined;
    await (atOnce === undefined ? writeAndHash() : write());
    return { sizeBytes: written, sha256: atOnce ?? (await digest.end()) };
  } catch (error) {
    try {
      await writing;
      await write();
    } finally {
      // Whoever closes the file must not take it from the thread that reads it.
      if (digest.hasBegun) await digest.end().catch(() => {});
    }
    throw error;
  }
}

function hashOf(pieces: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}
