import canonicalize from 'canonicalize';
import { leafHash } from './merkle-tree/hashes.js';

/** The bytes of a record, the same whoever writes them: canonical JSON (RFC 8785). */
export function recordBytes(record: object): Buffer {
  const text = canonicalize(record);
  if (text === undefined) throw new Error('A record is an object');
  return Buffer.from(text);
}

/** What stands for a record in the tree. */
export const recordHash = (record: object): Buffer => leafHash(recordBytes(record));
