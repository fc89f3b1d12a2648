import { messagingShape } from '@yinglian/messaging';
import { databaseShape } from '@yinglian/persistence';
import { defineConfig } from '@yinglian/platform';
import { z } from 'zod';
import { atnaShape } from './send-atna/atna.config.js';

export const consentAuditConfig = defineConfig('consent-audit', {
  ...databaseShape,
  ...messagingShape,
  ...atnaShape,
  RELATIONSHIP_HOURS: z.coerce
    .number()
    .positive()
    .max(168)
    .default(8)
    .describe('Hours that a declared treating relationship lasts; set by the province'),
  AUDIT_LOG_ORIGIN: z
    .string()
    .regex(/^[^\s+]{1,200}$/)
    .default('yinglian.invalid/audit')
    .describe('Name of the audit log and of its keys: an address of the province without a scheme; never changed'),
  AUDIT_LOG_KEY_FILE: z
    .string()
    .min(1)
    .describe(
      'Private keys that sign the audit log, PKCS #8 as PEM: one of Ed25519, one of SM2. Outside of the database',
    ),
  AUDIT_LOG_FORMER_KEYS_LOST: z
    .stringbool()
    .default(false)
    .describe('true: the keys of the file sign although those of before, which were lost, do not vouch for them'),
  HOUSEHOLD_KEY_FILE: z
    .string()
    .min(1)
    .describe(
      'A secret of 32 characters or more by which members of one household are told, and never changed. Outside of the database',
    ),
});
export type ConsentAuditConfig = ReturnType<typeof consentAuditConfig.load>;
