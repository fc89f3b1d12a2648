import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { keyIdOf, type PublicKeyText, readKeyText, writeKeyText } from './key-text.js';
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
    keyId: keyIdOf({ name, type: scheme.type, key }),
    sign: (text) => scheme.sign(text, privateKey, key),
  };
}

/** The public key as those who verify write it down (C2SP signed-note). */
export function verifierKey(name: string, privateKey: KeyObject): string {
  const { scheme, key } = publicPartOf(createPublicKey(privateKey));
  return writeKeyText({ name, type: scheme.type, key });
}

/** Reads a key as `verifierKey` writes it. @throws when it is none, or of a type that is not known */
export function noteVerifier(text: string): NoteVerifier {
  const read = readKeyText(
    text,
    SCHEMES.map(({ type }) => type),
  );
  const scheme = schemeOf(read);
  const spki = Buffer.concat([scheme.spkiPrefix, read.key]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return {
    name: read.name,
    keyId: keyIdOf(read),
    verify: (note, signature) => scheme.verify(note, publicKey, read.key, signature),
  };
}

const schemeOf = (read: PublicKeyText): Scheme => SCHEMES.find(({ type }) => type.equals(read.type)) ?? ED25519;

function publicPartOf(publicKey: KeyObject): { scheme: Scheme; key: Buffer } {
  const der = publicKey.export({ format: 'der', type: 'spki' });
  const scheme = SCHEMES.find(({ spkiPrefix }) => der.subarray(0, spkiPrefix.length).equals(spkiPrefix));
  if (scheme === undefined) throw new Error('Notes are signed with Ed25519 or SM2');
  return { scheme, key: der.subarray(scheme.spkiPrefix.length) };
}
