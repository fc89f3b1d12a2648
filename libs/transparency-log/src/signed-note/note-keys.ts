import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { NoteSigner, NoteVerifier } from './signed-note.js';
import { signSm2, verifySm2 } from './sm2-signature.js';

/** @param key as it stands in a verifier key */
interface Scheme {
  readonly type: Buffer;
  readonly spkiPrefix: Buffer;
  sign(text: string, privateKey: KeyObject, key: Buffer): Buffer;
  verify(text: string, publicKey: KeyObject, key: Buffer, signature: Buffer): boolean;
}

const ED25519: Scheme = {
  type: Buffer.of(0x01),
  spkiPrefix: Buffer.from('302a300506032b6570032100', 'hex'),
  sign: (text, privateKey) => sign(null, Buffer.from(text), privateKey),
  verify: (text, publicKey, _, signature) => verify(null, Buffer.from(text), publicKey, signature),
};

/** C2SP has no type for SM2: it is the one that is left to others, and a name. */
const SM2: Scheme = {
  type: Buffer.concat([Buffer.of(0xff), Buffer.from('yinglian/sm2-sm3/v1\n')]),
  spkiPrefix: Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex'),
  sign: signSm2,
  verify: verifySm2,
};

const SCHEMES = [ED25519, SM2];

/** Signs with an Ed25519 or SM2 private key. @throws when it is another */
export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  const { scheme, key } = publicPartOf(createPublicKey(privateKey));
  return {
    name,
    keyId: keyIdOf(name, scheme, key),
    sign: (text) => scheme.sign(text, privateKey, key),
  };
}

/** The public key as those who verify write it down: `<name>+<key id in hex>+<base64 of type and key>` (C2SP signed-note). */
export function verifierKey(name: string, privateKey: KeyObject): string {
  const { scheme, key } = publicPartOf(createPublicKey(privateKey));
  const encoded = Buffer.concat([scheme.type, key]).toString('base64');
  return `${name}+${keyIdOf(name, scheme, key).toString('hex')}+${encoded}`;
}

/** Reads a key as `verifierKey` writes it. @throws when it is none, or of a type that is not known */
export function noteVerifier(text: string): NoteVerifier {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  const scheme = SCHEMES.find(({ type }) => bytes.subarray(0, type.length).equals(type));
  if (name === undefined || scheme === undefined)
    throw new Error('This is no key of a note, or of a type that is not known');
  const key = bytes.subarray(scheme.type.length);
  const keyId = keyIdOf(name, scheme, key);
  if (keyId.toString('hex') !== id) throw new Error(`The key of ${name} has another id`);
  const publicKey = createPublicKey({ key: Buffer.concat([scheme.spkiPrefix, key]), format: 'der', type: 'spki' });
  return {
    name,
    keyId,
    verify: (note, signature) => scheme.verify(note, publicKey, key, signature),
  };
}

function publicPartOf(publicKey: KeyObject): { scheme: Scheme; key: Buffer } {
  const der = publicKey.export({ format: 'der', type: 'spki' });
  const scheme = SCHEMES.find(({ spkiPrefix }) => der.subarray(0, spkiPrefix.length).equals(spkiPrefix));
  if (scheme === undefined) throw new Error('Notes are signed with Ed25519 or SM2');
  return { scheme, key: der.subarray(scheme.spkiPrefix.length) };
}

const keyIdOf = (name: string, { type }: Scheme, key: Buffer): Buffer =>
  createHash('sha256').update(`${name}\n`).update(type).update(key).digest().subarray(0, 4);
