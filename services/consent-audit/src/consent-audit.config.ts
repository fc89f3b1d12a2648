import { messagingShape } from '@yinglian/messaging';
import { databaseShape } from '@yinglian/persistence';
import { defineConfig } from '@yinglian/platform';
import { z } from 'zod';

export const consentAuditConfig = defineConfig('consent-audit', {
  ...databaseShape,
  ...messagingShape,
  RELATIONSHIP_HOURS: z.coerce
    .number()
    .positive()
    .max(168)
    .default(8)
    .describe('Hours that a declared treating relationship lasts; set by the province'),
});
export type ConsentAuditConfig = ReturnType<typeof consentAuditConfig.load>;
