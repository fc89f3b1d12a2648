import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule, accessMigrations } from '@yinglian/access';
import { operationOutcomes, SealedPages } from '@yinglian/fhir';
import { MessagingModule, messagingMigrations } from '@yinglian/messaging';
import { Database, type Migrations, PersistenceModule } from '@yinglian/persistence';
import { PlatformModule } from '@yinglian/platform';
import { BreakGlassController } from './break-glass/break-glass.controller.js';
import { BreakGlassHandler } from './break-glass/break-glass.handler.js';
import { EndBreakGlassHandler } from './break-glass/end-break-glass.handler.js';
import { WatchBreakGlassWorker } from './break-glass/watch-break-glass.worker.js';
import { CarryObjectionsWhenPersonsSplit } from './carry-objections/carry-objections-when-persons-split.js';
import { DecideOnPoliciesHandler } from './change-policies/decide-on-policies.handler.js';
import { PoliciesController } from './change-policies/policies.controller.js';
import { ProposePoliciesHandler } from './change-policies/propose-policies.handler.js';
import type { ConsentAuditConfig } from './consent-audit.config.js';
import { deskControllers, deskProviders } from './decide-cases/desk.providers.js';
import { DeclareRelationshipController } from './declare-relationships/declare-relationship.controller.js';
import {
  DeclareRelationshipHandler,
  RELATIONSHIP_HOURS,
} from './declare-relationships/declare-relationship.handler.js';
import { ExportLogController } from './export-log/export-log.controller.js';
import { FindPerson } from './find-person/find-person.js';
import { FollowPatientsConsumer } from './follow-patients/follow-patients.consumer.js';
import { HOUSEHOLD_DIGEST, householdDigest } from './follow-patients/household-digest.js';
import { FollowStaffConsumer } from './follow-staff/follow-staff.consumer.js';
import { FollowStudiesConsumer } from './follow-studies/follow-studies.consumer.js';
import { KeepAccessesConsumer } from './keep-accesses/keep-accesses.consumer.js';
import { KeepPolicies } from './keep-policies/keep-policies.js';
import { AccountLinksController } from './link-accounts/account-links.controller.js';
import { LinkAccountsHandler } from './link-accounts/link-accounts.handler.js';
import { LinkStaffHandler } from './link-staff/link-staff.handler.js';
import { StaffLinksController } from './link-staff/staff-links.controller.js';
import { ListAccessesController } from './list-accesses/list-accesses.controller.js';
import { SealedLogController } from './prove-records/sealed-log.controller.js';
import { ReplayDecisionController } from './replay-decisions/replay-decision.controller.js';
import { ReplayDecisionHandler } from './replay-decisions/replay-decision.handler.js';
import { EscalateReviewsHandler } from './review-break-glass/escalate-reviews.handler.js';
import { ReviewBreakGlassController } from './review-break-glass/review-break-glass.controller.js';
import { ReviewBreakGlassHandler } from './review-break-glass/review-break-glass.handler.js';
import { ReviewRelationshipsController } from './review-relationships/review-relationships.controller.js';
import { LOG_KEYS, LogKeyFile } from './seal-log/log-keys.js';
import { SealLogHandler } from './seal-log/seal-log.handler.js';
import { SealLogWorker } from './seal-log/seal-log.worker.js';
import { atnaProviders } from './send-atna/atna.providers.js';
import { NoticesController } from './send-notices/notices.controller.js';
import { AuditEventsController } from './serve-audit-events/audit-events.controller.js';
import { ConsentsFhirController } from './serve-fhir/consents.fhir.controller.js';
import { FHIR_ISSUES } from './serve-fhir/fhir.errors.js';
import { KeepConsentsHandler } from './serve-fhir/keep-consents.handler.js';
import { PatientViewController } from './serve-patients/patient-view.controller.js';
import { ShowSharingHandler } from './serve-patients/show-sharing.handler.js';
import { ConsentsController } from './state-consents/consents.controller.js';
import { StateConsentsHandler } from './state-consents/state-consents.handler.js';
import { pageKey } from './storage/page-key.js';
import { TryPolicies } from './try-policies/try-policies.js';
import { CosignHandler } from './witness-log/cosign.handler.js';
import { WitnessLogController } from './witness-log/witness-log.controller.js';

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
        PlatformModule.forService(service, config, [], [operationOutcomes('/fhir', FHIR_ISSUES)]),
        PersistenceModule.forService({ service, config, migrations }),
        MessagingModule.forService({ service, config }),
        AccessModule.forService({
          service,
          survivorFollower: CarryObjectionsWhenPersonsSplit,
        }),
      ],
      controllers: [
        FollowStaffConsumer,
        FollowStudiesConsumer,
        FollowPatientsConsumer,
        KeepAccessesConsumer,
        DeclareRelationshipController,
        ConsentsController,
        ConsentsFhirController,
        AccountLinksController,
        StaffLinksController,
        PatientViewController,
        BreakGlassController,
        ReviewBreakGlassController,
        NoticesController,
        ListAccessesController,
        ReviewRelationshipsController,
        PoliciesController,
        ReplayDecisionController,
        SealedLogController,
        ExportLogController,
        WitnessLogController,
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
        StateConsentsHandler,
        KeepConsentsHandler,
        LinkAccountsHandler,
        LinkStaffHandler,
        ShowSharingHandler,
        KeepPolicies,
        TryPolicies,
        ProposePoliciesHandler,
        DecideOnPoliciesHandler,
        ReplayDecisionHandler,
        SealLogHandler,
        SealLogWorker,
        CosignHandler,
        {
          provide: SealedPages,
          inject: [Database],
          useFactory: (database: Database) => new SealedPages(() => pageKey(database)),
        },
        ...deskProviders,
        ...atnaProviders(config),
        {
          provide: LOG_KEYS,
          useFactory: () =>
            new LogKeyFile(config.AUDIT_LOG_ORIGIN, config.AUDIT_LOG_KEY_FILE, config.AUDIT_LOG_FORMER_KEYS_LOST),
        },
        { provide: HOUSEHOLD_DIGEST, useFactory: () => householdDigest(config.HOUSEHOLD_KEY_FILE) },
        { provide: RELATIONSHIP_HOURS, useValue: config.RELATIONSHIP_HOURS },
      ],
    };
  }
}
