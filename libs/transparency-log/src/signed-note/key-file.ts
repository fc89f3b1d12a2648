import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

const KEY = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g;

/** New keys that sign notes, one of Ed25519 and one of SM2: PKCS #8, as PEM one after the other. */
export function newKeyFile(): string {
  const keys = [generateKeyPairSync('ed25519'), generateKeyPairSync('ec', { namedCurve: 'SM2' })];
  return keys.map(({ privateKey }) => privateKey.export({ format: 'pem', type: 'pkcs8' })).join('');
}

/** The private keys of such a file. @throws when there is none, or one cannot be read */
export function keysOfFile(text: string): KeyObject[] {
  const keys = text.match(KEY)?.map((pem) => createPrivateKey(pem)) ?? [];
  if (keys.length === 0) throw new Error('There is no private key');
  return keys;
}
