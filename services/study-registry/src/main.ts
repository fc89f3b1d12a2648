import { connectEvents } from '@yinglian/messaging';
import { startService } from '@yinglian/platform';
import { studyRegistryConfig } from './study-registry.config.js';
import { STREAMED_MEDIA_TYPES, StudyRegistryModule } from './study-registry.module.js';

const config = studyRegistryConfig.load();
await startService({
  name: 'study-registry',
  config,
  module: StudyRegistryModule.with(config),
  streamedMediaTypes: STREAMED_MEDIA_TYPES,
  prepare: connectEvents,
});
