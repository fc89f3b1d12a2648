import type { Provider } from '@nestjs/common';
import { ConfirmKeptPacksWorker } from './confirm-kept-packs.worker.js';
import { KeptPackBringer } from './kept-pack-bringer.js';
import { KeptPacksClient } from './kept-packs.client.js';
import { PullsClient } from './pulls.client.js';
import { ServePullsWorker } from './serve-pulls.worker.js';
import { UploadKeptPacksWorker } from './upload-kept-packs.worker.js';

/** What brings packs that stayed at the hospital, and says of them that they are here. */
export const keptPackProviders: Provider[] = [
  PullsClient,
  KeptPackBringer,
  ServePullsWorker,
  UploadKeptPacksWorker,
  KeptPacksClient,
  ConfirmKeptPacksWorker,
];
