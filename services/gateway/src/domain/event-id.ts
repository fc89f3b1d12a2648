import { createHash } from 'node:crypto';

/** A UUID computed from what an event says (RFC 9562 section 5.8): saying it again gives the same id. */
export function eventIdOf(...said: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(said)).digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
