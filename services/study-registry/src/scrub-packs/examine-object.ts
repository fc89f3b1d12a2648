import { createHash } from 'node:crypto';
import {
  ObjectDamaged,
  ObjectMissing,
  type ObjectStore,
  ObjectStoreUnavailable,
  ObjectTooShort,
} from '@yinglian/objects';
import type { Damage, KeptObject } from '../domain/kept-object.js';
import { COMMIT_LIMIT_BYTES, commitKey, isSoundCommit } from '../storage/pack-commits.js';
import { packKey } from '../storage/pack-index.js';
import type { ByteRate } from './byte-rate.js';

export interface ExaminedPack {
  readonly digest: string;
  readonly sizeBytes: number;
}

export interface Pace {
  readonly rate: Pick<ByteRate, 'spend'>;
  readonly signal?: AbortSignal | undefined;
}

export const keyOf = (object: KeptObject, digest: string) => (object === 'pack' ? packKey(digest) : commitKey(digest));

/**
 * Reads an object through, as it is stored now. Null when it is what was kept: a pack has the SHA-256 that names it, a commit says
 * what it was sealed with. @throws ObjectStoreUnavailable, AbortError
 */
export async function examineObject(
  store: ObjectStore,
  object: KeptObject,
  pack: ExaminedPack,
  pace: Pace,
): Promise<Damage | null> {
  try {
    const bytes = store.stream(keyOf(object, pack.digest));
    return object === 'pack' ? await examinePack(bytes, pack, pace) : await examineCommit(bytes);
  } catch (error) {
    if (error instanceof ObjectMissing) return 'missing';
    if (error instanceof ObjectTooShort) return 'too-short';
    if (error instanceof ObjectDamaged) return 'digest-differs';
    if (error instanceof ObjectStoreUnavailable || pace.signal?.aborted === true) throw error;
    // The store answers, and this object cannot be read: a bad block, rights, something else of that name.
    return 'unreadable';
  }
}

async function examinePack(
  bytes: AsyncIterable<Buffer>,
  { digest, sizeBytes }: ExaminedPack,
  { rate, signal }: Pace,
): Promise<Damage | null> {
  const hash = createHash('sha256');
  let read = 0;
  for await (const piece of bytes) {
    await rate.spend(piece.length, signal);
    hash.update(piece);
    read += piece.length;
  }
  if (read < sizeBytes) return 'too-short';
  return hash.digest('hex') === digest ? null : 'digest-differs';
}

async function examineCommit(bytes: AsyncIterable<Buffer>): Promise<Damage | null> {
  const pieces: Buffer[] = [];
  let read = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    read += piece.length;
    if (read > COMMIT_LIMIT_BYTES) return 'digest-differs';
  }
  return isSoundCommit(Buffer.concat(pieces)) ? null : 'digest-differs';
}
