import { messagingShape } from '@yinglian/messaging';
import { databaseShape } from '@yinglian/persistence';
import { defineConfig } from '@yinglian/platform';

export const patientIndexConfig = defineConfig('patient-index', { ...databaseShape, ...messagingShape });
export type PatientIndexConfig = ReturnType<typeof patientIndexConfig.load>;
