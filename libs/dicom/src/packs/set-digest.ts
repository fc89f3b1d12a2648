import { createHash } from 'node:crypto';

/** An instance by its UID and its bytes: the SHA-256 of its data set, in hexadecimal. */
export interface NamedBytes {
  readonly sopInstanceUid: string;
  readonly dataSetSha256: string;
}

const DIGITS = 64;
const MODULUS = 1n << 256n;

/** Of no instance. */
export const EMPTY_SET_DIGEST = '0'.repeat(DIGITS);

/**
 * One value for a set of instances, whatever their order: the sum, modulo 2^256, of the SHA-256 of each one's
 * `<SOP Instance UID> <SHA-256 of its data set>`, as 64 hexadecimal digits. Sets that differ in one instance or in its bytes have
 * other digests. It is brought on by what comes and goes, so that a set is never read again; each is to be named once.
 */
export function changedSetDigest(
  digest: string,
  added: readonly NamedBytes[],
  removed: readonly NamedBytes[] = [],
): string {
  const sum = (some: readonly NamedBytes[]) => some.reduce((total, each) => total + termOf(each), 0n);
  const changed = (BigInt(`0x${digest}`) + sum(added) - sum(removed)) % MODULUS;
  return ((changed + MODULUS) % MODULUS).toString(16).padStart(DIGITS, '0');
}

const termOf = ({ sopInstanceUid, dataSetSha256 }: NamedBytes) =>
  BigInt(`0x${createHash('sha256').update(`${sopInstanceUid} ${dataSetSha256}`).digest('hex')}`);
