import type { Provider } from '@nestjs/common';
import type { StudyRegistryConfig } from '../study-registry.config.js';
import { DeleteReleased } from './delete-released.js';
import { PacksToRelease } from './packs-to-release.js';
import { ReleasePack } from './release-pack.js';
import { ReleasePacks } from './release-packs.js';
import { ReleaseSettings } from './release-settings.js';

export const releaseProviders = (config: StudyRegistryConfig): Provider[] => [
  { provide: ReleaseSettings, useValue: new ReleaseSettings(config) },
  PacksToRelease,
  ReleasePack,
  DeleteReleased,
  ReleasePacks,
];
