import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { keyIdOf, readKeyText, writeKeyText } from './key-text.js';
import { readNote, signatureLine } from './signed-note.js';

/** Ed25519 over a checkpoint and a time (C2SP tlog-cosignature, cosignature/v1). */
const TYPE = Buffer.of(0x04);
const TIME_BYTES = 8;
const KEY_BYTES = 32;

/** A witness whose key is known. */
export interface WitnessKey {
  readonly name: string;
  readonly keyId: Buffer;
  readonly publicKey: KeyObject;
}

/** The public half of a witness's Ed25519 key, as others write it down. */
export const witnessKeyText = (name: string, privateKey: KeyObject): string =>
  writeKeyText({ name, type: TYPE, key: publicBytes(privateKey) });

/** Reads what `witnessKeyText` writes. @throws when it is no key of a witness */
export function readWitnessKey(text: string): WitnessKey {
  const read = readKeyText(text, [TYPE]);
  if (read.key.length !== KEY_BYTES) throw new Error(`The key of ${read.name} is no Ed25519 key`);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: read.key.toString('base64url') };
  return { name: read.name, keyId: keyIdOf(read), publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** The line by which a witness says that at a time it knew a checkpoint, and that all it ever knew of the log agrees with it. */
export function cosign(note: string, name: string, privateKey: KeyObject, at: Date): string {
  const seconds = BigInt(Math.floor(at.getTime() / 1_000));
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(seconds);
  const signature = sign(null, cosigned(readNote(note).text, seconds), privateKey);
  const keyId = keyIdOf({ name, type: TYPE, key: publicBytes(privateKey) });
  return signatureLine({ name, keyId, bytes: Buffer.concat([time, signature]) });
}

/** When the witness signed the note; undefined when it did not. @throws NoteRefused, or an error when its signature does not verify */
export function cosignedAt(note: string, { name, keyId, publicKey }: WitnessKey): Date | undefined {
  const { text, signatures } = readNote(note);
  const found = signatures.find((each) => each.name === name && each.keyId.equals(keyId));
  if (found === undefined) return undefined;
  if (found.bytes.length <= TIME_BYTES) throw new Error(`The cosignature of ${name} is too short`);
  const seconds = found.bytes.readBigUInt64BE();
  if (!verify(null, cosigned(text, seconds), publicKey, found.bytes.subarray(TIME_BYTES)))
    throw new Error(`The cosignature of ${name} does not verify`);
  return new Date(Number(seconds) * 1_000);
}

const cosigned = (text: string, seconds: bigint) => Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);

const publicBytes = (privateKey: KeyObject): Buffer =>
  createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
