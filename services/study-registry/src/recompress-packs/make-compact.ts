import { createHash } from 'node:crypto';
import { type IncomingObject, ObjectDamaged } from '@yinglian/objects';
import type { BandThreads } from './bands/band-threads.js';
import type { CompactObjectStore } from './compact/compact-object-store.js';
import { compactHead } from './compact/compact-table.js';
import type { PlannedSegment } from './plan-segments.js';
import { WrittenSegments } from './write-segments.js';

const PIECE_BYTES = 1024 * 1024;

export type Made =
  | { readonly kind: 'made'; readonly storedBytes: number }
  /** It is registered no more. */
  | { readonly kind: 'gone' }
  /** It would save too little. */
  | { readonly kind: 'not worth it' }
  /** These are not the bytes that the digest names. */
  | { readonly kind: 'other bytes' }
  /** What was written is not read again as what was coded. */
  | { readonly kind: 'not reversible' };

export interface Recoding {
  readonly key: string;
  /** SHA-256 of the pack. */
  readonly digest: string;
  readonly planned: readonly PlannedSegment[];
  /** Of the pack, what it has to become shorter by. */
  readonly leastSaving: number;
  /** Keeps the compact form, or says that it is not to be kept. */
  readonly whileRegistered: (keep: () => Promise<void>) => Promise<boolean>;
  /** Waits until so many bytes may be read; throws when it is to end. */
  readonly spend: (bytes: number) => Promise<void>;
}

/**
 * Writes the compact form of a pack beside it, and leaves it there when all of the pack's bytes can be read from what is stored now. The pack
 * stays where it is. @throws ObjectMissing, ObjectDamaged, ObjectTooShort, ObjectStoreFull, ObjectStoreUnavailable
 */
export async function makeCompact(
  store: CompactObjectStore,
  bands: Pick<BandThreads, 'encode'>,
  { key, digest, planned, leastSaving, whileRegistered, spend }: Recoding,
): Promise<Made> {
  const segments = new WrittenSegments(planned, bands);
  const paced = async function* () {
    for await (const piece of store.stored.stream(key)) {
      await spend(piece.length);
      yield piece;
    }
  };
  // The table comes first and is known last: segments wait on the disk.
  const waiting = await store.stored.receive(segments.of(paced()), Number.MAX_SAFE_INTEGER);
  try {
    const { table } = segments;
    if (table.sha256 !== digest) return { kind: 'other bytes' };
    const head = compactHead(table);
    const storedBytes = head.length + waiting.sizeBytes;
    if (storedBytes > table.sizeBytes * (1 - leastSaving)) return { kind: 'not worth it' };
    const compact = await store.stored.receive(together(head, waiting), storedBytes);
    const isKept = await whileRegistered(() => compact.keep(store.compactKey(key))).finally(compact.discard);
    if (!isKept) return { kind: 'gone' };
    if ((await readAgain(store, key, spend)) === digest) return { kind: 'made', storedBytes };
    await store.stored.delete(store.compactKey(key));
    return { kind: 'not reversible' };
  } finally {
    await waiting.discard();
  }
}

async function* together(head: Buffer, segments: IncomingObject): AsyncGenerator<Buffer> {
  yield head;
  for (let at = 0; at < segments.sizeBytes; at += PIECE_BYTES)
    yield await segments.read(at, Math.min(PIECE_BYTES, segments.sizeBytes - at));
}

/** SHA-256 of the pack, by its compact form alone; undefined when that is damaged. */
async function readAgain(
  store: CompactObjectStore,
  key: string,
  spend: Recoding['spend'],
): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const piece of store.compact.stream(store.compactKey(key))) {
      await spend(piece.length);
      hash.update(piece);
    }
    return hash.digest('hex');
  } catch (error) {
    if (error instanceof ObjectDamaged) return undefined;
    throw error;
  }
}
