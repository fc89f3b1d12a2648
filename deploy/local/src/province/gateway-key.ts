import { createPublicKey, generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from '../home/atomic-file.js';
import type { Home } from '../home/home.js';

const KeyFile = z.looseObject({ kty: z.literal('EC'), kid: z.string(), d: z.string() });

export interface GatewayKey {
  /** Of the file that holds the private key as a JWK. */
  readonly path: string;
  /** What the directory is to know of it. */
  readonly open: JsonWebKey & { readonly kid: string };
}

/** The key that a hospital's gateway signs with, made when there is none. Whoever deletes the file gives it a new one at the next start. */
export function gatewayKey(home: Home, hospital: string): GatewayKey {
  const path = join(home.folder('gateway-keys'), `${hospital}.json`);
  if (!existsSync(path)) writeJson(path, newKey());
  const { kid, ...key } = KeyFile.parse(readJson(path));
  const open = createPublicKey({ key, format: 'jwk' }).export({ format: 'jwk' });
  return { path, open: { ...open, kid } };
}

function newKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex') };
}
