import { connectEvents } from '@yinglian/messaging';
import { startService } from '@yinglian/platform';
import { patientIndexConfig } from './patient-index.config.js';
import { PatientIndexModule } from './patient-index.module.js';

const config = patientIndexConfig.load();
await startService({ name: 'patient-index', config, module: PatientIndexModule.with(config), prepare: connectEvents });
