import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Sql } from '@yinglian/persistence';
import { z } from 'zod';
import { keyOf } from '../storage/provider-key.store.js';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/** Keeps the secrets of second factors: AES-256-GCM, bound to the account; digests of recovery codes by HMAC-SHA-256. */
export class FactorKey {
  private readonly encryption: Buffer;
  private readonly digests: Buffer;
  private readonly handles: Buffer;

  constructor(key: Buffer) {
    const derive = (use: string) =>
      Buffer.from(hkdfSync('sha256', key, '', `yinglian second factor ${use}`, KEY_BYTES));
    this.encryption = derive('encryption');
    this.digests = derive('recovery codes');
    this.handles = derive('user handles');
  }

  /** IV, tag and ciphertext. */
  encrypt(account: string, secret: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.encryption, iv).setAAD(Buffer.from(account));
    const encrypted = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), encrypted]);
  }

  /** @throws if it was encrypted with another key or for another account */
  decrypt(account: string, encrypted: Buffer): string {
    const decipher = createDecipheriv(CIPHER, this.encryption, encrypted.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(account))
      .setAuthTag(encrypted.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(encrypted.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    );
  }

  /** What authenticators keep in place of the account's name (WebAuthn Level 3 section 14.6.1). */
  userHandle(account: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(createHmac('sha256', this.handles).update(account).digest());
  }

  recoveryDigest(account: string, code: string): string {
    return createHmac('sha256', this.digests).update(`${account}\n${code}`).digest('base64url');
  }
}

/** The configured key, or one that is made at the first start and lies beside the provider's other keys. */
export async function factorKey(sql: Sql, configured: Buffer | undefined): Promise<FactorKey> {
  if (configured !== undefined) return new FactorKey(configured);
  const made = await keyOf(
    sql,
    'second-factors',
    () => randomBytes(KEY_BYTES).toString('base64'),
    (value) => z.string().parse(value),
  );
  return new FactorKey(Buffer.from(made, 'base64'));
}
