import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;

export const newClientSecret = () => randomBytes(SECRET_BYTES).toString('base64url');

/** A secret of this entropy cannot be guessed from its digest, so a plain one is enough. */
export const hashClientSecret = (secret: string) => createHash('sha256').update(secret).digest('base64url');

export function clientSecretMatches(hash: string, secret: string): boolean {
  const [known, told] = [Buffer.from(hash), Buffer.from(hashClientSecret(secret))];
  return known.length === told.length && timingSafeEqual(known, told);
}
