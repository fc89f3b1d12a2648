import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule, accessMigrations } from '@yinglian/access';
import { operationOutcomes, SEARCH_ISSUES, SealedPages } from '@yinglian/fhir';
import { MessagingModule, messagingMigrations } from '@yinglian/messaging';
import { Database, type Migrations, PersistenceModule } from '@yinglian/persistence';
import { PlatformModule } from '@yinglian/platform';
import { BreakGlassController } from './break-glass/break-glass.controller.js';
import { BreakGlassHandler } from './break-glass/break-glass.handler.js';
import { EndBreakGlassHandler } from './break-glass/end-break-glass.handler.js';
import { WatchBreakGlassWorker } from './break-glass/watch-break-glass.worker.js';
import { CarryObjectionsWhenPersonsSplit } from './carry-objections/carry-objections-when-persons-split.js';
import type { ConsentAuditConfig } from './consent-audit.config.js';
import { deskControllers, deskProviders } from './decide-cases/desk.providers.js';
import { DeclareRelationshipController } from './declare-relationships/declare-relationship.controller.js';
import {
  DeclareRelationshipHandler,
  RELATIONSHIP_HOURS,
} from './declare-relationships/declare-relationship.handler.js';
import { ExportLogController } from './export-log/export-log.controller.js';
import { FindPerson } from './find-person/find-person.js';
import { FollowStaffConsumer } from './follow-staff/follow-staff.consumer.js';
import { FollowStudiesConsumer } from './follow-studies/follow-studies.consumer.js';
import { KeepAccessesConsumer } from './keep-accesses/keep-accesses.consumer.js';
import { ListAccessesController } from './list-accesses/list-accesses.controller.js';
import { SealedLogController } from './prove-records/sealed-log.controller.js';
import { RecordObjectionsController } from './record-objections/record-objections.controller.js';
import { RecordObjectionsHandler } from './record-objections/record-objections.handler.js';
import { EscalateReviewsHandler } from './review-break-glass/escalate-reviews.handler.js';
import { ReviewBreakGlassController } from './review-break-glass/review-break-glass.controller.js';
import { ReviewBreakGlassHandler } from './review-break-glass/review-break-glass.handler.js';
import { ReviewRelationshipsController } from './review-relationships/review-relationships.controller.js';
import { LOG_KEYS, readLogKeys } from './seal-log/log-keys.js';
import { SealLogHandler } from './seal-log/seal-log.handler.js';
import { SealLogWorker } from './seal-log/seal-log.worker.js';
import { atnaProviders } from './send-atna/atna.providers.js';
import { NoticesController } from './send-notices/notices.controller.js';
import { AuditEventsController } from './serve-audit-events/audit-events.controller.js';
import { HospitalsOfPersons } from './storage/hospitals-of-persons.store.js';
import { pageKey } from './storage/page-key.js';

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
        PlatformModule.forService(service, config, [], [operationOutcomes('/fhir', SEARCH_ISSUES)]),
        PersistenceModule.forService({ service, config, migrations }),
        MessagingModule.forService({ service, config }),
        AccessModule.forService({
          service,
          treatingHospitals: HospitalsOfPersons,
          survivorFollower: CarryObjectionsWhenPersonsSplit,
        }),
      ],
      controllers: [
        FollowStaffConsumer,
        FollowStudiesConsumer,
        KeepAccessesConsumer,
        DeclareRelationshipController,
        RecordObjectionsController,
        BreakGlassController,
        ReviewBreakGlassController,
        NoticesController,
        ListAccessesController,
        ReviewRelationshipsController,
        SealedLogController,
        ExportLogController,
        AuditEventsController,
        ...deskControllers,
      ],
      providers: [
        FindPerson,
        DeclareRelationshipHandler,
        BreakGlassHandler,
        EndBreakGlassHandler,
        EscalateReviewsHandler,
        ReviewBreakGlassHandler,
        WatchBreakGlassWorker,
        RecordObjectionsHandler,
        SealLogHandler,
        SealLogWorker,
        {
          provide: SealedPages,
          inject: [Database],
          useFactory: (database: Database) => new SealedPages(() => pageKey(database)),
        },
        ...deskProviders,
        ...atnaProviders(config),
        { provide: LOG_KEYS, useFactory: () => readLogKeys(config.AUDIT_LOG_ORIGIN, config.AUDIT_LOG_KEY_FILE) },
        { provide: RELATIONSHIP_HOURS, useValue: config.RELATIONSHIP_HOURS },
      ],
    };
  }
}
