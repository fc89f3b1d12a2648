import { messagingShape } from '@yinglian/messaging';
import { databaseShape } from '@yinglian/persistence';
import { defineConfig } from '@yinglian/platform';
import { z } from 'zod';

const address = z.url().transform((url) => url.replace(/\/+$/, ''));

const SECOND_FACTOR_KEY_BYTES = 32;

export const directoryConfig = defineConfig('directory', {
  ...databaseShape,
  ...messagingShape,
  PUBLIC_URL: address.describe('Address of the edge as people see it; the issuer is this and /oidc'),
  VIEWER_URL: address.describe('Address of the viewer’s own origin'),
  SECOND_FACTOR: z
    .enum(['required', 'offered'])
    .default('required')
    .describe(
      '`required`: staff without a second factor enrol one right after their password; `offered`: only who has one is asked for it',
    ),
  SECOND_FACTOR_KEY: z
    .base64()
    .transform((key) => Buffer.from(key, 'base64'))
    .refine((key) => key.length === SECOND_FACTOR_KEY_BYTES, 'must be 32 bytes in base64')
    .optional()
    .describe(
      'Key of 32 bytes in base64 that the secrets of second factors are encrypted with; without it one is made and kept in the database',
    ),
  SESSION_IDLE_MINUTES: z.coerce
    .number()
    .positive()
    .default(30)
    .describe('Minutes after which a session that nobody used is over'),
  SESSION_HOURS: z.coerce.number().positive().default(12).describe('Hours after which every session is over'),
  ACCESS_TOKEN_MINUTES: z.coerce
    .number()
    .min(2)
    .max(60)
    .default(10)
    .describe('Minutes for which an access token of the portal or the viewer is accepted, also after a sign-out'),
  SEED_FILE: z
    .string()
    .optional()
    .describe('JSON file of hospitals, staff and clients to begin with; what is absent is added at each start'),
});
export type DirectoryConfig = ReturnType<typeof directoryConfig.load>;

const MINUTE_MS = 60_000;

export const sessionLimits = (config: Pick<DirectoryConfig, 'SESSION_IDLE_MINUTES' | 'SESSION_HOURS'>) => ({
  idleMs: config.SESSION_IDLE_MINUTES * MINUTE_MS,
  longestMs: config.SESSION_HOURS * 60 * MINUTE_MS,
});
