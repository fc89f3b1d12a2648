import { createHash } from 'node:crypto';
import { OUTLINE_LIMIT_BYTES } from '@yinglian/dicom';
import {
  type IncomingObject,
  ObjectDamaged,
  ObjectMissing,
  type ObjectStore,
  ObjectStoreUnavailable,
  ObjectTooShort,
} from '@yinglian/objects';
import type { Damage, KeptObject } from '../domain/kept-object.js';
import { documentKey } from '../storage/document.store.js';
import type { Kept } from '../storage/kept.store.js';
import { COMMIT_LIMIT_BYTES, commitKey, isSoundCommit } from '../storage/pack-commits.js';
import { packKey } from '../storage/pack-index.js';
import { isSoundOutline, outlineKey } from '../storage/pack-outlines.js';
import type { ByteRate } from './byte-rate.js';

export interface Pace {
  readonly rate: Pick<ByteRate, 'spend'>;
  readonly signal?: AbortSignal | undefined;
}

const KEY_OF: Readonly<Record<KeptObject, (digest: string) => string>> = {
  pack: packKey,
  commit: commitKey,
  outline: outlineKey,
  document: documentKey,
};

export const keyOf = (object: KeptObject, digest: string): string => KEY_OF[object](digest);

/** What says of itself whether it is sound; others have the SHA-256 that names them. */
const SELF_EVIDENT: { readonly [Object in KeptObject]?: { limitBytes: number; isSound: (bytes: Buffer) => boolean } } =
  {
    commit: { limitBytes: COMMIT_LIMIT_BYTES, isSound: isSoundCommit },
    outline: { limitBytes: OUTLINE_LIMIT_BYTES, isSound: isSoundOutline },
  };

/** Whether the bytes of a copy are what was kept. */
export async function isSoundCopy(copy: IncomingObject, object: KeptObject, digest: string): Promise<boolean> {
  const said = SELF_EVIDENT[object];
  if (said === undefined) return copy.sha256 === digest;
  return copy.sizeBytes <= said.limitBytes && said.isSound(await copy.read(0, copy.sizeBytes));
}

/**
 * Reads an object through, as it is stored now. Null when it is what was kept: a pack or document has the SHA-256 that names it, a
 * commit says what it was sealed with, an outline can be read. @throws ObjectStoreUnavailable, AbortError
 */
export async function examineObject(
  store: ObjectStore,
  object: KeptObject,
  kept: Pick<Kept, 'digest' | 'sizeBytes'>,
  pace: Pace,
): Promise<Damage | null> {
  try {
    const bytes = store.stream(keyOf(object, kept.digest));
    const said = SELF_EVIDENT[object];
    return said === undefined ? await examineDigest(bytes, kept, pace) : await examineWhole(bytes, said);
  } catch (error) {
    if (error instanceof ObjectMissing) return 'missing';
    if (error instanceof ObjectTooShort) return 'too-short';
    if (error instanceof ObjectDamaged) return 'digest-differs';
    if (error instanceof ObjectStoreUnavailable || pace.signal?.aborted === true) throw error;
    // The store answers, and this object cannot be read: a bad block, rights, something else of that name.
    return 'unreadable';
  }
}

async function examineDigest(
  bytes: AsyncIterable<Buffer>,
  { digest, sizeBytes }: Pick<Kept, 'digest' | 'sizeBytes'>,
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

async function examineWhole(
  bytes: AsyncIterable<Buffer>,
  { limitBytes, isSound }: { limitBytes: number; isSound: (bytes: Buffer) => boolean },
): Promise<Damage | null> {
  const pieces: Buffer[] = [];
  let read = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    read += piece.length;
    if (read > limitBytes) return 'digest-differs';
  }
  return isSound(Buffer.concat(pieces)) ? null : 'digest-differs';
}
