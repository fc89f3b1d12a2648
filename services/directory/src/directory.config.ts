import { messagingShape } from '@yinglian/messaging';
import { databaseShape } from '@yinglian/persistence';
import { defineConfig } from '@yinglian/platform';
import { z } from 'zod';

const address = z.url().transform((url) => url.replace(/\/+$/, ''));

export const directoryConfig = defineConfig('directory', {
  ...databaseShape,
  ...messagingShape,
  PUBLIC_URL: address.describe('Address of the edge as people see it; the issuer is this and /oidc'),
  VIEWER_URL: address.describe('Address of the viewer’s own origin'),
  SEED_FILE: z
    .string()
    .optional()
    .describe('JSON file of hospitals, staff and clients to begin with; what is absent is added at each start'),
});
export type DirectoryConfig = ReturnType<typeof directoryConfig.load>;
