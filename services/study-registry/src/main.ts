import { PACK_MEDIA_TYPE } from '@yinglian/dicom';
import { connectEvents } from '@yinglian/messaging';
import { startService } from '@yinglian/platform';
import { studyRegistryConfig } from './study-registry.config.js';
import { StudyRegistryModule } from './study-registry.module.js';

const config = studyRegistryConfig.load();
await startService({
  name: 'study-registry',
  config,
  module: StudyRegistryModule.with(config),
  streamedMediaTypes: [PACK_MEDIA_TYPE],
  prepare: connectEvents,
});
