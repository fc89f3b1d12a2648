const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new person's identifier: P and a ULID of the time and 10 random bytes. */
export function personIdOf(time: Date, random: Uint8Array): string {
  const bits = random.slice(0, 10).reduce((number, byte) => (number << 8n) | BigInt(byte), BigInt(time.getTime()));
  let id = '';
  for (let rest = bits, place = 0; place < 26; place += 1, rest >>= 5n) id = CROCKFORD.charAt(Number(rest & 31n)) + id;
  return `P${id}`;
}
