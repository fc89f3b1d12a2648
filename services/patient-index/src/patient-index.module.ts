import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule, accessMigrations } from '@yinglian/access';
import { SmallCells } from '@yinglian/contracts';
import { operationOutcomes, SealedPages } from '@yinglian/fhir';
import { MessagingModule, messagingMigrations } from '@yinglian/messaging';
import { Database, type Migrations, PersistenceModule } from '@yinglian/persistence';
import { PlatformModule } from '@yinglian/platform';
import { AnswerQuestionHandler } from './ask-hospitals/answer-question.handler.js';
import { AskHospitalController } from './ask-hospitals/ask-hospital.controller.js';
import { AskHospitalHandler } from './ask-hospitals/ask-hospital.handler.js';
import { QuestionsController } from './ask-hospitals/questions.controller.js';
import { CountNamesWorker } from './count-names/count-names.worker.js';
import { DecideOnPersonsController } from './decide-on-persons/decide-on-persons.controller.js';
import { KeepApartHandler } from './decide-on-persons/keep-apart.handler.js';
import { KeepApart } from './decide-on-persons/keep-apart.js';
import { MergePersonsHandler } from './decide-on-persons/merge-persons.handler.js';
import { MergePersons } from './decide-on-persons/merge-persons.js';
import { MovePatients } from './decide-on-persons/move-patients.js';
import { RejoinByNumbers } from './decide-on-persons/rejoin-by-numbers.js';
import { Restand } from './decide-on-persons/restand.js';
import { SplitPersonHandler } from './decide-on-persons/split-person.handler.js';
import { WithdrawDecisionHandler } from './decide-on-persons/withdraw-decision.handler.js';
import { EnterNames } from './enter-names/enter-names.js';
import { EnterNamesWorker } from './enter-names/enter-names.worker.js';
import { AskAboutLikely } from './find-likely/ask-about-likely.js';
import { AskAboutNewcomersHandler } from './find-likely/ask-about-newcomers.handler.js';
import { AskAboutNewcomersWorker } from './find-likely/ask-about-newcomers.worker.js';
import { FindQuestions } from './find-likely/find-questions.js';
import { LikelyPersons } from './find-likely/likely-persons.js';
import { ReadPersonController } from './find-persons/read-person.controller.js';
import { SearchPersonsController } from './find-persons/search-persons.controller.js';
import { SearchPersonsHandler } from './find-persons/search-persons.handler.js';
import { LinkBatch } from './link-patients/link-batch.js';
import { LinkObservedPatientsConsumer } from './link-patients/link-observed-patients.consumer.js';
import { LinkPatientsHandler } from './link-patients/link-patients.handler.js';
import { MergePatientsHandler } from './merge-patients/merge-patients.handler.js';
import { MergePatientsOfHospitalsConsumer } from './merge-patients/merge-patients-of-hospitals.consumer.js';
import type { PatientIndexConfig } from './patient-index.config.js';
import { DecideConflictController } from './resolve-conflicts/decide-conflict.controller.js';
import { DecideConflictHandler } from './resolve-conflicts/decide-conflict.handler.js';
import { ListConflictsController } from './resolve-conflicts/list-conflicts.controller.js';
import { ListConflictsHandler } from './resolve-conflicts/list-conflicts.handler.js';
import { ShowConflictController } from './resolve-conflicts/show-conflict.controller.js';
import { ShowConflictHandler } from './resolve-conflicts/show-conflict.handler.js';
import { WeighRecords } from './resolve-conflicts/weigh-records.js';
import { CrossReferenceController } from './serve-fhir/cross-reference.controller.js';
import { CrossReferenceHandler } from './serve-fhir/cross-reference.handler.js';
import { FeedPatientsController } from './serve-fhir/feed-patients.controller.js';
import { FeedPatientsHandler } from './serve-fhir/feed-patients.handler.js';
import { FHIR_ISSUES } from './serve-fhir/fhir.errors.js';
import { FindPatientsHandler } from './serve-fhir/find-patients.handler.js';
import { MatchPatientsController } from './serve-fhir/match-patients.controller.js';
import { MatchPersonsHandler } from './serve-fhir/match-persons.handler.js';
import { ProcessMessageController } from './serve-fhir/process-message.controller.js';
import { ReadFhirPatientController } from './serve-fhir/read-fhir-patient.controller.js';
import { SearchFhirPatientsController } from './serve-fhir/search-fhir-patients.controller.js';
import { ShowCapabilitiesController } from './serve-fhir/show-capabilities.controller.js';
import { pixProviders } from './serve-pix/pix.providers.js';
import { ShowHistoryController } from './show-history/show-history.controller.js';
import { ShowHistoryHandler } from './show-history/show-history.handler.js';
import { ShowRecordsController } from './show-records/show-records.controller.js';
import { ShowWorkloadController } from './show-workload/show-workload.controller.js';
import { NameStore } from './storage/name.store.js';
import { NameCountStore } from './storage/name-count.store.js';
import { pageKey } from './storage/page-key.store.js';
import { PatientNameStore } from './storage/patient-name.store.js';
import { ApplySettingsHandler } from './tune-matching/apply-settings.handler.js';
import { LearnModelHandler } from './tune-matching/learn-model.handler.js';
import { MatchModelsController } from './tune-matching/match-models.controller.js';
import { MatchSettingsController } from './tune-matching/match-settings.controller.js';
import { PreviewPairs } from './tune-matching/preview-pairs.js';
import { PreviewSettingsController } from './tune-matching/preview-settings.controller.js';
import { PreviewSettingsHandler } from './tune-matching/preview-settings.handler.js';
import { SettingsInForce } from './tune-matching/settings-in-force.js';

export const patientIndexMigrations: Migrations = {
  folder: new URL('../migrations/', import.meta.url),
  table: 'patient_index_migrations',
};

@Module({})
export class PatientIndexModule {
  static with(config: PatientIndexConfig): DynamicModule {
    const service = 'patient-index';
    const migrations = [patientIndexMigrations, messagingMigrations, accessMigrations];
    return {
      module: PatientIndexModule,
      imports: [
        PlatformModule.forService(service, config, [], [operationOutcomes('/fhir', FHIR_ISSUES)]),
        PersistenceModule.forService({ service, config, migrations }),
        MessagingModule.forService({ service, config }),
        AccessModule.forService({ service }),
      ],
      controllers: [
        LinkObservedPatientsConsumer,
        MergePatientsOfHospitalsConsumer,
        DecideOnPersonsController,
        ShowHistoryController,
        SearchPersonsController,
        ReadPersonController,
        ListConflictsController,
        DecideConflictController,
        ShowConflictController,
        AskHospitalController,
        QuestionsController,
        ShowRecordsController,
        ShowWorkloadController,
        ShowCapabilitiesController,
        ReadFhirPatientController,
        SearchFhirPatientsController,
        MatchPatientsController,
        CrossReferenceController,
        FeedPatientsController,
        ProcessMessageController,
        PreviewSettingsController,
        MatchSettingsController,
        MatchModelsController,
      ],
      providers: [
        NameStore,
        PatientNameStore,
        NameCountStore,
        LikelyPersons,
        FindQuestions,
        AskAboutLikely,
        AskAboutNewcomersHandler,
        AskAboutNewcomersWorker,
        SettingsInForce,
        ApplySettingsHandler,
        { provide: SmallCells, useValue: new SmallCells(config.SMALL_CELLS_FEWER_THAN) },
        PreviewPairs,
        PreviewSettingsHandler,
        LearnModelHandler,
        EnterNames,
        EnterNamesWorker,
        CountNamesWorker,
        NameCountStore,
        LinkBatch,
        LinkPatientsHandler,
        MergePatientsHandler,
        ShowHistoryHandler,
        Restand,
        RejoinByNumbers,
        MergePersons,
        MovePatients,
        KeepApart,
        MergePersonsHandler,
        KeepApartHandler,
        SplitPersonHandler,
        WithdrawDecisionHandler,
        SearchPersonsHandler,
        ListConflictsHandler,
        DecideConflictHandler,
        ShowConflictHandler,
        WeighRecords,
        AskHospitalHandler,
        AnswerQuestionHandler,
        ...pixProviders(config),
        FindPatientsHandler,
        {
          provide: SealedPages,
          inject: [Database],
          useFactory: (database: Database) => new SealedPages(() => pageKey(database)),
        },
        CrossReferenceHandler,
        MatchPersonsHandler,
        FeedPatientsHandler,
      ],
    };
  }
}
