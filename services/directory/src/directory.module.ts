import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule, messagingMigrations } from '@yinglian/messaging';
import { Database, type Migrations, PersistenceModule } from '@yinglian/persistence';
import { PlatformModule } from '@yinglian/platform';
import { ApplySeedHandler, SEED_FILE } from './apply-seed/apply-seed.handler.js';
import type { DirectoryConfig } from './directory.config.js';
import { OIDC_PROVIDER } from './issue-tokens/oidc-provider.token.js';
import { createProvider } from './issue-tokens/provider.js';
import { ManageHospitalsController } from './manage-hospitals/manage-hospitals.controller.js';
import { ManageHospitalsHandler } from './manage-hospitals/manage-hospitals.handler.js';
import { ManageStaffController } from './manage-staff/manage-staff.controller.js';
import { ManageStaffHandler } from './manage-staff/manage-staff.handler.js';
import { RunGatewaysController } from './run-gateways/run-gateways.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { VerifyPasswordHandler } from './sign-in/verify-password.handler.js';

const directoryMigrations: Migrations = {
  folder: new URL('../migrations/', import.meta.url),
  table: 'directory_migrations',
};

@Module({})
export class DirectoryModule {
  static with(config: DirectoryConfig): DynamicModule {
    const service = 'directory';
    return {
      module: DirectoryModule,
      imports: [
        PlatformModule.forService(service, config),
        PersistenceModule.forService({ service, config, migrations: [directoryMigrations, messagingMigrations] }),
        MessagingModule.forService({ service, config }),
      ],
      controllers: [ManageHospitalsController, ManageStaffController, RunGatewaysController, SignInController],
      providers: [
        ManageHospitalsHandler,
        ManageStaffHandler,
        VerifyPasswordHandler,
        ApplySeedHandler,
        { provide: SEED_FILE, useValue: config.SEED_FILE },
        {
          provide: OIDC_PROVIDER,
          useFactory: (database: Database) => createProvider(database, config),
          inject: [Database],
        },
      ],
    };
  }
}
