import type { Provider } from '@nestjs/common';
import { PacsScu } from '../ask-pacs/pacs.scu.js';
import { DeviceCaller } from '../call-devices/device-caller.js';
import { FetchReceipts } from '../fetch-studies/fetch-receipts.js';
import { StudyFetcher } from '../fetch-studies/study-fetcher.js';
import { ServeRequestsWorker } from '../serve-requests/serve-requests.worker.js';
import { StudyRequestServer } from '../serve-requests/study-request-server.js';
import { StudyRequestsClient } from '../serve-requests/study-requests.client.js';
import { ArrivalChecker } from './arrival-checker.js';
import { BackfillStore } from './backfill.store.js';
import { BackfillHoursStore } from './backfill-hours.store.js';
import { BackfillMeter } from './backfill-meter.js';
import { BackfillStatusHandler } from './backfill-status.handler.js';
import { BackfillSteps } from './backfill-steps.js';
import { BackfillStudiesWorker } from './backfill-studies.worker.js';
import { DaySearcher } from './day-searcher.js';
import { OwnStudiesClient } from './own-studies.client.js';
import { PauseBackfillHandler } from './pause-backfill.handler.js';
import { StudyMover } from './study-mover.js';

/** What asks the hospital's PACS for studies. */
export const backfillProviders: Provider[] = [
  DeviceCaller,
  PacsScu,
  FetchReceipts,
  StudyFetcher,
  BackfillStore,
  BackfillHoursStore,
  BackfillMeter,
  OwnStudiesClient,
  ArrivalChecker,
  DaySearcher,
  StudyMover,
  BackfillSteps,
  BackfillStudiesWorker,
  BackfillStatusHandler,
  PauseBackfillHandler,
  StudyRequestsClient,
  StudyRequestServer,
  ServeRequestsWorker,
];
