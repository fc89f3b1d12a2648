import { z } from 'zod';
import { ScryptHash } from './scrypt-hash.js';

/** The section `page` of the hospital's file: who may use the page of the gateway. */
export const PageAccounts = z.strictObject({
  accounts: z
    .array(
      z.strictObject({
        username: z
          .string()
          .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'small letters, digits, dots and hyphens')
          .describe('What is typed to sign in'),
        name: z.string().trim().min(1).max(64).describe('As it is shown and recorded'),
        passwordHash: ScryptHash.describe('As `yinglian gateway-password` prints it'),
      }),
    )
    .max(50)
    .refine((all) => new Set(all.map(({ username }) => username)).size === all.length, 'a username stands twice'),
});
export type PageAccounts = z.infer<typeof PageAccounts>;
export type PageAccount = PageAccounts['accounts'][number];
