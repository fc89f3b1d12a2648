import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule, accessMigrations } from '@yinglian/access';
import { MessagingModule, messagingMigrations } from '@yinglian/messaging';
import { type Migrations, PersistenceModule } from '@yinglian/persistence';
import { PlatformModule } from '@yinglian/platform';
import { CarryObjectionsWhenPersonsSplit } from './carry-objections/carry-objections-when-persons-split.js';
import type { ConsentAuditConfig } from './consent-audit.config.js';
import { DeclareRelationshipController } from './declare-relationships/declare-relationship.controller.js';
import {
  DeclareRelationshipHandler,
  RELATIONSHIP_HOURS,
} from './declare-relationships/declare-relationship.handler.js';
import { ExportLogController } from './export-log/export-log.controller.js';
import { FollowStudiesConsumer } from './follow-studies/follow-studies.consumer.js';
import { KeepAccessesConsumer } from './keep-accesses/keep-accesses.consumer.js';
import { ListAccessesController } from './list-accesses/list-accesses.controller.js';
import { SealedLogController } from './prove-records/sealed-log.controller.js';
import { RecordObjectionsController } from './record-objections/record-objections.controller.js';
import { RecordObjectionsHandler } from './record-objections/record-objections.handler.js';
import { ReviewRelationshipsController } from './review-relationships/review-relationships.controller.js';
import { LOG_KEYS, readLogKeys } from './seal-log/log-keys.js';
import { SealLogHandler } from './seal-log/seal-log.handler.js';
import { SealLogWorker } from './seal-log/seal-log.worker.js';
import { HospitalsOfPersons } from './storage/hospitals-of-persons.store.js';

export const consentAuditMigrations: Migrations = {
  folder: new URL('../migrations/', import.meta.url),
  table: 'consent_audit_migrations',
};

@Module({})
export class ConsentAuditModule {
  static with(config: ConsentAuditConfig): DynamicModule {
    const service = 'consent-audit';
    const migrations = [consentAuditMigrations, messagingMigrations, accessMigrations];
    return {
      module: ConsentAuditModule,
      imports: [
        PlatformModule.forService(service, config),
        PersistenceModule.forService({ service, config, migrations }),
        MessagingModule.forService({ service, config }),
        AccessModule.forService({
          service,
          treatingHospitals: HospitalsOfPersons,
          survivorFollower: CarryObjectionsWhenPersonsSplit,
        }),
      ],
      controllers: [
        FollowStudiesConsumer,
        KeepAccessesConsumer,
        DeclareRelationshipController,
        RecordObjectionsController,
        ListAccessesController,
        ReviewRelationshipsController,
        SealedLogController,
        ExportLogController,
      ],
      providers: [
        DeclareRelationshipHandler,
        RecordObjectionsHandler,
        SealLogHandler,
        SealLogWorker,
        { provide: LOG_KEYS, useFactory: () => readLogKeys(config.AUDIT_LOG_ORIGIN, config.AUDIT_LOG_KEY_FILE) },
        { provide: RELATIONSHIP_HOURS, useValue: config.RELATIONSHIP_HOURS },
      ],
    };
  }
}
