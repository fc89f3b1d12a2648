import { createHash } from 'node:crypto';

export const HASH_BYTES = 32;
const [LEAF, NODE] = [Buffer.of(0), Buffer.of(1)];

/** The hash of a record (RFC 6962 section 2.1). */
export const leafHash = (record: Uint8Array): Buffer => createHash('sha256').update(LEAF).update(record).digest();

/** The hash of two subtrees side by side (RFC 6962 section 2.1). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** The root of a tree without records. */
export const EMPTY_ROOT = createHash('sha256').digest();

/** The root of the perfect tree over some hashes, a power of two of them end to end. */
export function perfectRoot(hashes: Buffer): Buffer {
  let row = hashes;
  while (row.length > HASH_BYTES) {
    const above: Buffer[] = [];
    for (let at = 0; at < row.length; at += 2 * HASH_BYTES) {
      above.push(nodeHash(row.subarray(at, at + HASH_BYTES), row.subarray(at + HASH_BYTES, at + 2 * HASH_BYTES)));
    }
    row = Buffer.concat(above);
  }
  return row;
}
