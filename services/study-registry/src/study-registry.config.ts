import { messagingShape } from '@yinglian/messaging';
import { databaseShape } from '@yinglian/persistence';
import { defineConfig } from '@yinglian/platform';
import { z } from 'zod';

export const studyRegistryConfig = defineConfig('study-registry', {
  ...databaseShape,
  ...messagingShape,
  OBJECTS_FOLDER: z.string().min(1).describe('Folder of the object store: packs and what is derived from them'),
});
export type StudyRegistryConfig = ReturnType<typeof studyRegistryConfig.load>;
