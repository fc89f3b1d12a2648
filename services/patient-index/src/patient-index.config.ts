import { smallCellsShape } from '@yinglian/contracts';
import { messagingShape } from '@yinglian/messaging';
import { databaseShape } from '@yinglian/persistence';
import { defineConfig } from '@yinglian/platform';
import { pixShape } from './serve-pix/pix.config.js';

export const patientIndexConfig = defineConfig('patient-index', {
  ...databaseShape,
  ...messagingShape,
  ...pixShape,
  ...smallCellsShape,
});
export type PatientIndexConfig = ReturnType<typeof patientIndexConfig.load>;
