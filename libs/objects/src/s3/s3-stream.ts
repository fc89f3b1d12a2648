import { setTimeout as pause } from 'node:timers/promises';
import { ObjectStoreUnavailable, ObjectTooShort } from '../object-store.errors.js';
import type { Answer, S3Bucket } from './s3-bucket.js';
import { s3Error } from './s3-errors.js';
import type { S3Patience } from './s3-settings.js';

const FIRST_PAUSE_MS = 50;

/**
 * Bytes of an object from `from` to before `end`, all of them: an answer that breaks off or falls silent is asked for again from
 * there, a bounded number of times. @throws ObjectMissing, ObjectTooShort, ObjectStoreUnavailable
 */
export async function* s3Stream(
  bucket: S3Bucket,
  key: string,
  { from, end }: { from: number; end: number },
  patience: S3Patience,
): AsyncGenerator<Buffer> {
  let at = from;
  let last: Buffer | undefined;
  for (let attempt = 1; at < end; attempt += 1) {
    try {
      const answer = await bucket.get(key, { from: at, end });
      if (answer.sizeBytes < end - at) {
        answer.body.destroy();
        throw new ObjectTooShort('The object is shorter than expected');
      }
      for await (const piece of piecesOf(answer, patience.silenceMs)) {
        at += piece.length;
        if (at > end) throw new ObjectStoreUnavailable('The object store sends more than it was asked for');
        // The last one once the answer has ended, so that its connection can carry the next one.
        if (at === end) last = piece;
        else yield piece;
      }
      if (at < end) throw new BrokenOff('The answer ended before its time');
    } catch (error) {
      // Requests have been made again as often as may be.
      if (!(error instanceof BrokenOff)) throw error;
      if (at < end && attempt >= patience.attempts) throw s3Error(error, key);
      if (at < end) await pause(FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
  if (last !== undefined) yield last;
}

/** A whole object as it is at one time: what breaks off is asked for anew. @throws ObjectMissing, ObjectStoreUnavailable */
export async function s3Whole(bucket: S3Bucket, key: string, patience: S3Patience): Promise<Buffer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await bucket.get(key);
      const bytes = Buffer.concat(await Array.fromAsync(piecesOf(answer, patience.silenceMs)));
      if (bytes.length === answer.sizeBytes) return bytes;
      throw new BrokenOff('The answer ended before its time');
    } catch (error) {
      if (!(error instanceof BrokenOff)) throw error;
      if (attempt >= patience.attempts) throw s3Error(error, key);
      await pause(FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
}

/** An answer that began well. */
class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

async function* piecesOf({ body }: Answer, silenceMs: number): AsyncGenerator<Buffer> {
  const pieces = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      // Only while it is waited for: a slow reader is no fault of the store's.
      const silence = setTimeout(() => body.destroy(new Error('The object store fell silent')), silenceMs);
      const next = await pieces
        .next()
        .catch((error: unknown) => {
          throw new BrokenOff('The answer broke off', { cause: error });
        })
        .finally(() => clearTimeout(silence));
      if (next.done === true) return;
      if (!(next.value instanceof Uint8Array)) throw new Error('A body has pieces of bytes');
      yield Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
  } finally {
    body.destroy();
  }
}
