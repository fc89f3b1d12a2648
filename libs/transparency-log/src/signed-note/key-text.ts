import { createHash } from 'node:crypto';

/** A public key as those who verify have it: whose, of which type, and the key itself. */
export interface PublicKeyText {
  readonly name: string;
  readonly type: Buffer;
  readonly key: Buffer;
}

/** What stands before a signature, so that whoever verifies finds the key (C2SP signed-note). */
export const keyIdOf = ({ name, type, key }: PublicKeyText): Buffer =>
  createHash('sha256').update(`${name}\n`).update(type).update(key).digest().subarray(0, 4);

/** `<name>+<key id in hex>+<base64 of type and key>` (C2SP signed-note). */
export const writeKeyText = (key: PublicKeyText): string =>
  `${key.name}+${keyIdOf(key).toString('hex')}+${Buffer.concat([key.type, key.key]).toString('base64')}`;

/** Reads a key as `writeKeyText` writes it. @throws when it is none, or of none of these types */
export function readKeyText(text: string, types: readonly Buffer[]): PublicKeyText {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  const type = types.find((known) => bytes.subarray(0, known.length).equals(known));
  if (name === undefined || type === undefined)
    throw new Error('This is no key of a note, or of a type that is not known');
  const read = { name, type, key: bytes.subarray(type.length) };
  if (keyIdOf(read).toString('hex') !== id) throw new Error(`The key of ${name} has another id`);
  return read;
}
