import { z } from 'zod';

const base64url = (bytes: number) => z.base64url().min(Math.ceil((bytes * 4) / 3));

const KeyId = z.string().min(1).max(100);

/** RFC 7518 section 6. A strict object: whoever sends a private key by mistake is told. */
export const ClientKey = z.discriminatedUnion('kty', [
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: base64url(32).max(44),
    y: base64url(32).max(44),
    kid: KeyId,
    alg: z.literal('ES256').exactOptional(),
    use: z.literal('sig').exactOptional(),
  }),
  z.strictObject({
    kty: z.literal('RSA'),
    n: base64url(256).max(1_400).describe('2048 bits or more'),
    e: base64url(1).max(12),
    kid: KeyId,
    alg: z.enum(['RS256', 'PS256']).exactOptional(),
    use: z.literal('sig').exactOptional(),
  }),
]);
export type ClientKey = z.infer<typeof ClientKey>;

/** The public keys of one program (RFC 7517 section 5): each signs for it, so that a new one is there before an old one goes. */
export const ClientKeys = z.strictObject({
  keys: z
    .array(ClientKey)
    .min(1)
    .max(4)
    .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, 'lists a kid twice'),
});
export type ClientKeys = z.infer<typeof ClientKeys>;
