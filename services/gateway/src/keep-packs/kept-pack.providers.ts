import type { Provider } from '@nestjs/common';
import { KeptPackBringer } from './kept-pack-bringer.js';
import { PullsClient } from './pulls.client.js';
import { ServePullsWorker } from './serve-pulls.worker.js';
import { UploadKeptPacksWorker } from './upload-kept-packs.worker.js';

/** What brings packs that stayed at the hospital. */
export const keptPackProviders: Provider[] = [PullsClient, KeptPackBringer, ServePullsWorker, UploadKeptPacksWorker];
