import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** `$scrypt$ln=15,r=8,p=3$<salt>$<hash>` as in the PHC string format, base64 without padding. */
const FORM = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43,86})$/;

/** Memory that checking one password may take: 128 · N · r bytes. */
const MOST_MEMORY_BYTES = 64 * 1024 ** 2;
/** What OWASP's lightest recommendation for scrypt (N = 2^13, r = 8, p = 10) goes through. */
const LEAST_WORK_BYTES = 80 * 1024 ** 2;

/** A password's scrypt hash (RFC 7914) with its parameters: enough work for who guesses, not too much memory for a gateway. */
export const ScryptHash = z
  .string()
  .regex(FORM, 'not of the form $scrypt$ln=15,r=8,p=3$salt$hash')
  .transform((text) => partsOf(text))
  .refine(({ memoryBytes, parameters }) => memoryBytes * parameters.p >= LEAST_WORK_BYTES, 'too weak')
  .refine(({ memoryBytes }) => memoryBytes <= MOST_MEMORY_BYTES, 'takes more than 64 MiB to check');
export type ScryptHash = z.infer<typeof ScryptHash>;

function partsOf(text: string) {
  const [, ln = '0', r = '0', p = '0', salt = '', hash = ''] = FORM.exec(text) ?? [];
  const [N, blockSize] = [2 ** Number(ln), Number(r)];
  return {
    text,
    parameters: { N, r: blockSize, p: Number(p), maxmem: 2 * MOST_MEMORY_BYTES } satisfies ScryptOptions,
    memoryBytes: 128 * N * blockSize,
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

/** Takes as long whether it matches or not. */
export function passwordMatches({ parameters, salt, hash }: ScryptHash, password: string): Promise<boolean> {
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, hash.length, parameters, (error, derived) =>
      error === null ? resolve(timingSafeEqual(derived, hash)) : reject(error),
    ),
  );
}
