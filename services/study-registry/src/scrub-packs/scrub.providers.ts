import type { Provider } from '@nestjs/common';
import { ObjectStore, objectStoreOf } from '@yinglian/objects';
import { ExpandPacks } from '../recompress-packs/expand-packs.js';
import { packStore } from '../recompress-packs/pack-store.js';
import { RecompressPack } from '../recompress-packs/recompress-pack.js';
import { RecompressPacks } from '../recompress-packs/recompress-packs.js';
import { RecompressSettings } from '../recompress-packs/recompress-settings.js';
import { replicaSettings, type StudyRegistryConfig } from '../study-registry.config.js';
import { CopyPack } from './copy-pack.js';
import { CopyQueue } from './copy-queue.js';
import { HealFromHospital } from './heal-from-hospital.js';
import { KeepDecisions } from './keep-decisions.js';
import { ObjectPlaces } from './object-places.js';
import { RemakeCommit } from './remake-commit.js';
import { ScrubWorker } from './scrub.worker.js';
import { ScrubPlace } from './scrub-place.js';
import { ScrubSettings } from './scrub-settings.js';
import { ServeScrubRequests } from './serve-scrub-requests.js';
import { ShowScrub } from './show-scrub.js';
import { StoreMarks } from './store-marks.js';
import { TendPacks } from './tend-packs.js';
import { VerifyNow } from './verify-now.js';
import { VerifyPack } from './verify-pack.js';

export const scrubProviders = (config: StudyRegistryConfig): Provider[] => [
  {
    provide: ObjectPlaces,
    inject: [ObjectStore],
    useFactory: async (primary: ObjectStore) => {
      const settings = replicaSettings(config);
      return new ObjectPlaces(
        { store: primary, address: config.OBJECTS_URL ?? config.OBJECTS_FOLDER },
        // Begun by who works with it: that it is away keeps nobody from serving.
        settings && { store: packStore(await objectStoreOf(settings)), address: settings.url },
      );
    },
  },
  { provide: ScrubSettings, useValue: new ScrubSettings(config) },
  { provide: RecompressSettings, useValue: new RecompressSettings(config) },
  RecompressPack,
  ExpandPacks,
  RecompressPacks,
  TendPacks,
  StoreMarks,
  RemakeCommit,
  HealFromHospital,
  VerifyPack,
  ServeScrubRequests,
  ScrubPlace,
  CopyPack,
  CopyQueue,
  KeepDecisions,
  ScrubWorker,
  ShowScrub,
  VerifyNow,
];
