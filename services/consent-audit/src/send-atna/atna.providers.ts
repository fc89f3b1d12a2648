import type { Provider } from '@nestjs/common';
import { ATNA_SETTINGS, type AtnaConfig, atnaSettings } from './atna.config.js';
import { SendAtnaHandler } from './send-atna.handler.js';
import { SendAtnaWorker } from './send-atna.worker.js';

export const atnaProviders = (config: AtnaConfig): Provider[] => [
  SendAtnaHandler,
  SendAtnaWorker,
  { provide: ATNA_SETTINGS, useValue: atnaSettings(config) },
];
