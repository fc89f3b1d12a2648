import { Uid } from '@yinglian/contracts';
import { messagingShape } from '@yinglian/messaging';
import { databaseShape } from '@yinglian/persistence';
import { defineConfig } from '@yinglian/platform';
import { z } from 'zod';

export const studyRegistryConfig = defineConfig('study-registry', {
  ...databaseShape,
  ...messagingShape,
  OBJECTS_FOLDER: z.string().min(1).describe('Folder of the object store: packs and what is derived from them'),
  HOSPITALS_UTC_OFFSET: z
    .string()
    .regex(/^[+-]([01]\d|2[0-3]):[0-5]\d$/)
    .default('+08:00')
    .describe('Zone of the dates and times that hospitals write without one, as an offset from UTC'),
  RETRIEVE_LOCATION_UID: Uid.default('1.2.826.0.1.3680043.10.1561.2').describe(
    'Retrieve Location UID (0040,E011) of this province in manifests; each province needs its own',
  ),
  MANIFEST_INSTITUTION: z
    .string()
    .min(1)
    .max(64)
    .default('Yinglian')
    .describe('Institution Name (0008,0080) of whoever makes manifests'),
});
export type StudyRegistryConfig = ReturnType<typeof studyRegistryConfig.load>;
