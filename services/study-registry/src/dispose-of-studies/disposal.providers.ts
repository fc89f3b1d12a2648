import type { Provider } from '@nestjs/common';
import type { StudyRegistryConfig } from '../study-registry.config.js';
import { DecideOnDisposalHandler } from './decide-on-disposal.handler.js';
import { DestroyObjects } from './destroy-objects.js';
import { DestroyStudiesWorker } from './destroy-studies.worker.js';
import { DestroyStudy } from './destroy-study.js';
import { DisposalSettings } from './disposal-settings.js';
import { ShowDisposalsHandler } from './show-disposals.handler.js';

export const disposalProviders = (config: StudyRegistryConfig): Provider[] => [
  { provide: DisposalSettings, useValue: new DisposalSettings(config) },
  DecideOnDisposalHandler,
  ShowDisposalsHandler,
  DestroyStudy,
  DestroyObjects,
  DestroyStudiesWorker,
];
