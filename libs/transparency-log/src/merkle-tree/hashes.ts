import { hash } from 'node:crypto';

export const HASH_BYTES = 32;
const [LEAF, NODE] = [Buffer.of(0), Buffer.of(1)];

/** In one call: an object for each of the hashes of a proof, hundreds, made the garbage collector stop for as long as ten proofs take. */
const sha256 = (...parts: readonly Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer');

/** The hash of a record (RFC 6962 section 2.1). */
export const leafHash = (record: Uint8Array): Buffer => sha256(LEAF, record);

/** The hash of two subtrees side by side (RFC 6962 section 2.1). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

/** The root of a tree without records. */
export const EMPTY_ROOT = sha256();

/** The root of the perfect tree over some hashes, a power of two of them end to end. */
export function perfectRoot(hashes: Buffer): Buffer {
  const row = Buffer.from(hashes);
  for (let length = row.length; length > HASH_BYTES; length /= 2)
    for (let at = 0; at < length; at += 2 * HASH_BYTES)
      sha256(NODE, row.subarray(at, at + 2 * HASH_BYTES)).copy(row, at / 2);
  return row.subarray(0, HASH_BYTES);
}
