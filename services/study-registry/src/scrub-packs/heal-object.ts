import { PACK_LIMIT_BYTES } from '@yinglian/dicom';
import { type IncomingObject, type ObjectStore, ObjectStoreFull, ObjectStoreUnavailable } from '@yinglian/objects';
import type { Database } from '@yinglian/persistence';
import type { KeptObject, NotHealed } from '../domain/kept-object.js';
import { whileRegistered } from '../storage/while-registered.js';
import { isSoundCopy, keyOf } from './examine-object.js';

export interface Placed {
  readonly kind: 'placed';
  /** Of the bytes that were there before; null when there were none. */
  readonly laidByUnder: string | null;
}
/** What is put in its place, and when. */
export interface Put {
  readonly object: KeptObject;
  readonly digest: string;
  readonly at: Date;
  /** Does so unless the study that it belongs to is destroyed meanwhile. */
  readonly keeps: (put: () => Promise<void>) => Promise<unknown>;
}

/** A document belongs to no study of this index. */
export const putNow = (database: Database, object: KeptObject, digest: string): Put => ({
  object,
  digest,
  at: new Date(),
  keeps: object === 'document' ? (put) => put() : (put) => whileRegistered(database, digest, put),
});

export type Healing = Placed | { readonly kind: 'not placed'; readonly reason: NotHealed };

/**
 * Puts a sound copy of an object in its place. It is fetched whole and found sound before what is there is laid by, and it takes
 * its place at once: who reads meanwhile has the one or the other.
 */
export async function healObject(target: ObjectStore, source: ObjectStore, put: Put): Promise<Healing> {
  const copy = await fetched(target, source, keyOf(put.object, put.digest));
  if ('kind' in copy) return copy;
  try {
    if (!(await isSoundCopy(copy, put.object, put.digest))) return notPlaced('OTHER_COPY_DAMAGED');
    return { kind: 'placed', laidByUnder: await putInPlace(target, copy, put) };
  } catch (error) {
    return notPlaced(refusalOf(error));
  } finally {
    await copy.discard();
  }
}

async function fetched(target: ObjectStore, source: ObjectStore, key: string): Promise<IncomingObject | Healing> {
  let unread: unknown;
  const bytes = async function* () {
    try {
      yield* source.stream(key);
    } catch (error) {
      unread = error;
      throw error;
    }
  };
  try {
    return await target.receive(bytes(), PACK_LIMIT_BYTES);
  } catch (error) {
    if (unread === undefined) return notPlaced(refusalOf(error));
    return notPlaced(unread instanceof ObjectStoreUnavailable ? 'OTHER_STORE_AWAY' : 'OTHER_COPY_DAMAGED');
  }
}

/** Why a store that is there takes nothing: its disk is full, can only be read, or fails. @throws what else it is */
function refusalOf(error: unknown): NotHealed {
  if (error instanceof ObjectStoreFull) return 'STORE_FULL';
  const isOfSystem = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
  if (!isOfSystem || error instanceof ObjectStoreUnavailable) throw error;
  return 'STORE_REFUSES';
}

/** Returns the key under which the bytes lie that were there before; null when there were none. */
export async function putInPlace(
  target: ObjectStore,
  copy: IncomingObject,
  { object, digest, at, keeps }: Put,
): Promise<string | null> {
  const key = keyOf(object, digest);
  const aside = `damaged/${digest.slice(0, 3)}/${digest}.${object}.${at.getTime()}`;
  let isLaidBy = false;
  await keeps(async () => {
    // What cannot even be laid by is not worth more than a sound copy; a store that is away does not take that either.
    isLaidBy = await target.layBy(key, aside).then(
      () => true,
      () => false,
    );
    await copy.keep(key);
  });
  return isLaidBy ? aside : null;
}

const notPlaced = (reason: NotHealed): Healing => ({ kind: 'not placed', reason });
