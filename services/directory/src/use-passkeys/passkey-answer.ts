import { z } from 'zod';

const LONGEST = 8_192;
const Bytes = z.base64url().min(1).max(LONGEST);
const Signed = { id: Bytes, rawId: Bytes, type: z.literal('public-key') };

/** What an authenticator says when it has made a key (WebAuthn Level 3 section 5.1, RegistrationResponseJSON). */
export const NewPasskeyAnswer = z.object({
  ...Signed,
  response: z.object({
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    transports: z.array(z.string().max(32)).max(8).optional(),
  }),
});
export type NewPasskeyAnswer = z.output<typeof NewPasskeyAnswer>;

/** What it says when it has signed (AuthenticationResponseJSON). */
export const PasskeyAnswer = z.object({
  ...Signed,
  response: z.object({ clientDataJSON: Bytes, authenticatorData: Bytes, signature: Bytes }),
});
export type PasskeyAnswer = z.output<typeof PasskeyAnswer>;

/** A form's field with such an answer in JSON; undefined of anything else. */
export const answerIn = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .max(4 * LONGEST)
    .transform((text) => schema.safeParse(parsed(text)).data)
    .catch(undefined);

export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
