import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AccessModule, accessMigrations } from '@yinglian/access';
import { SmallCells } from '@yinglian/contracts';
import { OUTLINE_MEDIA_TYPE, PACK_MEDIA_TYPE } from '@yinglian/dicom';
import { operationOutcomes, SealedPages } from '@yinglian/fhir';
import { MessagingModule, messagingMigrations } from '@yinglian/messaging';
import { ObjectStore, openObjectStore } from '@yinglian/objects';
import { Database, type Migrations, PersistenceModule } from '@yinglian/persistence';
import { PlatformModule } from '@yinglian/platform';
import { CompareStudiesController } from './compare-studies/compare-studies.controller.js';
import { CompareStudiesHandler } from './compare-studies/compare-studies.handler.js';
import { CountReceivedController } from './count-received/count-received.controller.js';
import { CountRequests } from './count-requests/count-requests.js';
import { disposalProviders } from './dispose-of-studies/disposal.providers.js';
import { DisposeOfStudiesController } from './dispose-of-studies/dispose-of-studies.controller.js';
import { FindInstancesController } from './find-instances/find-instances.controller.js';
import { FindInstancesHandler } from './find-instances/find-instances.handler.js';
import { FindSeriesController } from './find-series/find-series.controller.js';
import { FindSeriesHandler } from './find-series/find-series.handler.js';
import { ToldSeries } from './find-series/told-series.js';
import { FillStudyNamesWorker } from './find-studies/fill-study-names.worker.js';
import { FindStudiesController } from './find-studies/find-studies.controller.js';
import { FindStudiesHandler } from './find-studies/find-studies.handler.js';
import { IncludeFields } from './find-studies/include-fields.js';
import { SearchPages } from './find-studies/search-pages.js';
import { WalkStudies } from './find-studies/walk-studies.js';
import { ConcludeStowedStudies } from './follow-arrivals/conclude-stowed-studies.js';
import { ConcludeStowedStudiesWorker } from './follow-arrivals/conclude-stowed-studies.worker.js';
import { FollowArrivingStudiesConsumer } from './follow-arrivals/follow-arriving-studies.consumer.js';
import { FollowReceivedStudiesConsumer } from './follow-arrivals/follow-received-studies.consumer.js';
import { KeepGatewayReportsConsumer } from './keep-reports/keep-gateway-reports.consumer.js';
import { ListVersionsController } from './list-versions/list-versions.controller.js';
import { MakeManifestController } from './make-manifests/make-manifest.controller.js';
import { MakeManifestHandler } from './make-manifests/make-manifest.handler.js';
import { OfferPriorsController } from './offer-priors/offer-priors.controller.js';
import { OfferPriorsHandler } from './offer-priors/offer-priors.handler.js';
import { RecordEncountersConsumer } from './offer-priors/record-encounters.consumer.js';
import { RecordOrderedExamsConsumer } from './offer-priors/record-ordered-exams.consumer.js';
import { RetrievePriorController } from './offer-priors/retrieve-prior.controller.js';
import { RetrievePriorHandler } from './offer-priors/retrieve-prior.handler.js';
import { OpenInstancesHandler } from './open-study/open-instances.handler.js';
import { OpenStudyHandler } from './open-study/open-study.handler.js';
import { OpenedStudies } from './open-study/opened-studies.js';
import { OutlineStudiesController } from './outline-studies/outline-studies.controller.js';
import { OutlineStudiesHandler } from './outline-studies/outline-studies.handler.js';
import { ProposeDisposalsController } from './propose-disposals/propose-disposals.controller.js';
import { ProposeDisposalsHandler } from './propose-disposals/propose-disposals.handler.js';
import { ArrivingPacks } from './pull-packs/arriving-packs.js';
import { HearPulls } from './pull-packs/hear-pulls.js';
import { PullPacks } from './pull-packs/pull-packs.js';
import { PULL_WAIT_MS } from './pull-packs/pull-problems.js';
import { ServePullsController } from './pull-packs/serve-pulls.controller.js';
import { WantedPacks } from './pull-packs/wanted-packs.js';
import { ReceiveDocumentController } from './receive-document/receive-document.controller.js';
import { ReceiveDocumentHandler } from './receive-document/receive-document.handler.js';
import { ReceiveOutlineController } from './receive-outline/receive-outline.controller.js';
import { ReceiveOutlineHandler } from './receive-outline/receive-outline.handler.js';
import { KeepPack } from './receive-pack/keep-pack.js';
import { PackReceipts } from './receive-pack/pack-receipts.js';
import { ReceivePackController } from './receive-pack/receive-pack.controller.js';
import { ReceivePackHandler } from './receive-pack/receive-pack.handler.js';
import { RegisterPackHandler } from './receive-pack/register-pack.handler.js';
import { packStore } from './recompress-packs/pack-store.js';
import { RecordReferralsConsumer } from './record-referrals/record-referrals.consumer.js';
import { AskGatewaysController } from './release-packs/ask-gateways.controller.js';
import { NoteReadings } from './release-packs/note-readings.js';
import { NotedPacks } from './release-packs/noted-packs.js';
import { releaseProviders } from './release-packs/release.providers.js';
import { StoredFrames } from './render-images/stored-frames.js';
import { RequestStudyController } from './request-studies/request-study.controller.js';
import { RequestStudyHandler } from './request-studies/request-study.handler.js';
import { ServeRequestsController } from './request-studies/serve-requests.controller.js';
import { ComparePixels } from './resolve-quarantine/compare-pixels.js';
import { CompareVersions } from './resolve-quarantine/compare-versions.js';
import { DecideCaseController } from './resolve-quarantine/decide-case.controller.js';
import { DecideCaseHandler } from './resolve-quarantine/decide-case.handler.js';
import { ExchangeVersions } from './resolve-quarantine/exchange-versions.handler.js';
import { ListQuarantineController } from './resolve-quarantine/list-quarantine.controller.js';
import { ShowCaseController } from './resolve-quarantine/show-case.controller.js';
import { ShowCaseHandler } from './resolve-quarantine/show-case.handler.js';
import { RetrieveBulkDataController } from './retrieve-bulk-data/retrieve-bulk-data.controller.js';
import { RetrieveBulkDataHandler } from './retrieve-bulk-data/retrieve-bulk-data.handler.js';
import { RetrieveCapabilitiesController } from './retrieve-capabilities/retrieve-capabilities.controller.js';
import { RetrieveFramesController } from './retrieve-frames/retrieve-frames.controller.js';
import { RetrieveFramesHandler } from './retrieve-frames/retrieve-frames.handler.js';
import { OriginalDigests } from './retrieve-instances/original-digests.js';
import { RetrieveInstancesController } from './retrieve-instances/retrieve-instances.controller.js';
import { RetrieveInstancesHandler } from './retrieve-instances/retrieve-instances.handler.js';
import { VerifiedFiles } from './retrieve-instances/verified-files.js';
import { MetadataTexts } from './retrieve-metadata/metadata-texts.js';
import { RetrieveMetadataController } from './retrieve-metadata/retrieve-metadata.controller.js';
import { RetrieveMetadataHandler } from './retrieve-metadata/retrieve-metadata.handler.js';
import { EncapsulatedPdf } from './retrieve-rendered/encapsulated-pdf.js';
import { PresentedFrames } from './retrieve-rendered/presented-frames.js';
import { RenderedPictures } from './retrieve-rendered/rendered-pictures.js';
import { RetrieveRenderedController } from './retrieve-rendered/retrieve-rendered.controller.js';
import { RetrieveRenderedHandler } from './retrieve-rendered/retrieve-rendered.handler.js';
import { RetrieveThumbnailsController } from './retrieve-thumbnails/retrieve-thumbnails.controller.js';
import { RetrieveThumbnailsHandler } from './retrieve-thumbnails/retrieve-thumbnails.handler.js';
import { Thumbnails } from './retrieve-thumbnails/thumbnails.js';
import { ObjectPlaces } from './scrub-packs/object-places.js';
import { scrubProviders } from './scrub-packs/scrub.providers.js';
import { ShowScrubController } from './scrub-packs/show-scrub.controller.js';
import { VerifyPackController } from './scrub-packs/verify-pack.controller.js';
import { DescribeStudies } from './serve-imaging-studies/describe-studies.js';
import { ExchangeSettings } from './serve-imaging-studies/exchange-settings.js';
import { FindImagingStudiesHandler } from './serve-imaging-studies/find-imaging-studies.handler.js';
import { IMAGING_ISSUES } from './serve-imaging-studies/imaging-issues.js';
import { NarrowByContents } from './serve-imaging-studies/narrow-by-contents.js';
import { ReadImagingStudyController } from './serve-imaging-studies/read-imaging-study.controller.js';
import { SearchImagingStudiesController } from './serve-imaging-studies/search-imaging-studies.controller.js';
import { ShowEndpointsController } from './serve-imaging-studies/show-endpoints.controller.js';
import { StreamImagingStudy } from './serve-imaging-studies/stream-imaging-study.js';
import { KeepWorkstationsConsumer } from './serve-workstations/admit-workstations/keep-workstations.consumer.js';
import { workstationProviders } from './serve-workstations/workstation.providers.js';
import { ShowCompletenessController } from './show-completeness/show-completeness.controller.js';
import { ShowOperationsController } from './show-operations/show-operations.controller.js';
import { ShowTimelineController } from './show-timeline/show-timeline.controller.js';
import { ShowTimelineHandler } from './show-timeline/show-timeline.handler.js';
import { StampLinkedPersonsConsumer } from './stamp-persons/stamp-linked-persons.consumer.js';
import { DamageReports } from './storage/damage-reports.js';
import { ImagingStudyStore } from './storage/imaging-study.store.js';
import { InstanceBytes } from './storage/instance-bytes.js';
import { KnownFactsStore } from './storage/known-facts.store.js';
import { PackCommits } from './storage/pack-commits.js';
import { PackIndexStore } from './storage/pack-index.store.js';
import { PackManifests } from './storage/pack-manifests.js';
import { PackOutlines } from './storage/pack-outlines.js';
import { PackSource } from './storage/pack-source.js';
import { StudyContents } from './storage/study-contents.js';
import { StudyDecisionRecords } from './storage/study-decision-records.js';
import { RegisterStoredPack } from './store-instances/register-stored-pack.js';
import { StoreInstancesController } from './store-instances/store-instances.controller.js';
import { StoreInstancesHandler } from './store-instances/store-instances.handler.js';
import { TellPatients } from './store-instances/tell-patients.js';
import { objectStoreSettings, type StudyRegistryConfig } from './study-registry.config.js';
import { NumberChanges } from './tell-changes/number-changes.js';
import { NumberChangesWorker } from './tell-changes/number-changes.worker.js';
import { TellChangesController } from './tell-changes/tell-changes.controller.js';
import { Transcoder } from './transcode-images/transcoder.js';
import { DecideOnStudyController } from './withdraw-studies/decide-on-study.controller.js';
import { DecideOnStudyHandler } from './withdraw-studies/decide-on-study.handler.js';
import { ListDecisionsController } from './withdraw-studies/list-decisions.controller.js';
import { ShowDecisionsHandler } from './withdraw-studies/show-decisions.handler.js';
import { ShowRegisteredController } from './withdraw-studies/show-registered.controller.js';
import { ShowRegisteredHandler } from './withdraw-studies/show-registered.handler.js';
import { TellDecision } from './withdraw-studies/tell-decision.js';

export const studyRegistryMigrations: Migrations = {
  folder: new URL('../migrations/', import.meta.url),
  table: 'study_registry_migrations',
};

/** Bodies that are too long to be held. */
export const STREAMED_MEDIA_TYPES = [
  PACK_MEDIA_TYPE,
  OUTLINE_MEDIA_TYPE,
  'application/octet-stream',
  /^multipart\//,
  /^application\/dicom\s*(;|$)/,
];

@Module({})
export class StudyRegistryModule implements OnApplicationShutdown {
  constructor(@Inject(ObjectPlaces) private readonly places: ObjectPlaces) {}

  static with(config: StudyRegistryConfig): DynamicModule {
    const service = 'study-registry';
    const migrations = [studyRegistryMigrations, messagingMigrations, accessMigrations];
    return {
      module: StudyRegistryModule,
      imports: [
        PlatformModule.forService(service, config, [], [operationOutcomes('/fhir', IMAGING_ISSUES)]),
        PersistenceModule.forService({ service, config, migrations }),
        MessagingModule.forService({ service, config }),
        AccessModule.forService({ service, hostFacts: KnownFactsStore }),
      ],
      controllers: [
        FollowArrivingStudiesConsumer,
        FollowReceivedStudiesConsumer,
        StampLinkedPersonsConsumer,
        KeepGatewayReportsConsumer,
        KeepWorkstationsConsumer,
        CompareStudiesController,
        ShowCompletenessController,
        ReceivePackController,
        ReceiveOutlineController,
        ServePullsController,
        AskGatewaysController,
        ReceiveDocumentController,
        StoreInstancesController,
        FindStudiesController,
        FindSeriesController,
        FindInstancesController,
        ShowTimelineController,
        OutlineStudiesController,
        RecordEncountersConsumer,
        RecordReferralsConsumer,
        RecordOrderedExamsConsumer,
        OfferPriorsController,
        RetrievePriorController,
        RequestStudyController,
        ServeRequestsController,
        RetrieveCapabilitiesController,
        RetrieveInstancesController,
        RetrieveMetadataController,
        RetrieveFramesController,
        RetrieveBulkDataController,
        RetrieveRenderedController,
        RetrieveThumbnailsController,
        ListQuarantineController,
        ShowCaseController,
        DecideCaseController,
        CountReceivedController,
        ShowOperationsController,
        SearchImagingStudiesController,
        ReadImagingStudyController,
        ShowEndpointsController,
        TellChangesController,
        MakeManifestController,
        DecideOnStudyController,
        ListDecisionsController,
        ShowRegisteredController,
        ShowScrubController,
        VerifyPackController,
        ListVersionsController,
        ProposeDisposalsController,
        DisposeOfStudiesController,
      ],
      providers: [
        CountRequests,
        {
          provide: ObjectStore,
          useFactory: async () => packStore(await openObjectStore(objectStoreSettings(config))),
        },
        DamageReports,
        PackIndexStore,
        StudyContents,
        PackCommits,
        RegisterPackHandler,
        KeepPack,
        ReceivePackHandler,
        PackReceipts,
        PackOutlines,
        ReceiveOutlineHandler,
        { provide: SmallCells, useValue: new SmallCells(config.SMALL_CELLS_FEWER_THAN) },
        { provide: PULL_WAIT_MS, useValue: config.PULL_WAIT_MS },
        ArrivingPacks,
        HearPulls,
        WantedPacks,
        PullPacks,
        NoteReadings,
        { provide: PackSource, useClass: NotedPacks },
        ...releaseProviders(config),
        ReceiveDocumentHandler,
        TellPatients,
        RegisterStoredPack,
        {
          provide: StoreInstancesHandler,
          inject: [ObjectStore, RegisterStoredPack],
          useFactory: (objects: ObjectStore, registerPack: RegisterStoredPack) =>
            new StoreInstancesHandler(objects, registerPack, config.STOW_IDLE_MS, config.OBJECTS_FOLDER),
        },
        ConcludeStowedStudies,
        {
          provide: ConcludeStowedStudiesWorker,
          inject: [ConcludeStowedStudies],
          useFactory: (conclude: ConcludeStowedStudies) =>
            new ConcludeStowedStudiesWorker(conclude, config.STOW_QUIET_MS),
        },
        InstanceBytes,
        CompareStudiesHandler,
        OpenedStudies,
        OpenStudyHandler,
        OpenInstancesHandler,
        SearchPages,
        WalkStudies,
        IncludeFields,
        FillStudyNamesWorker,
        FindStudiesHandler,
        ToldSeries,
        FindSeriesHandler,
        FindInstancesHandler,
        ShowTimelineHandler,
        OutlineStudiesHandler,
        OfferPriorsHandler,
        RetrievePriorHandler,
        RequestStudyHandler,
        VerifiedFiles,
        OriginalDigests,
        Transcoder,
        RetrieveInstancesHandler,
        MetadataTexts,
        RetrieveMetadataHandler,
        RetrieveFramesHandler,
        RetrieveBulkDataHandler,
        StoredFrames,
        PresentedFrames,
        RenderedPictures,
        EncapsulatedPdf,
        RetrieveRenderedHandler,
        RetrieveThumbnailsHandler,
        Thumbnails,
        PackManifests,
        ComparePixels,
        CompareVersions,
        ShowCaseHandler,
        ExchangeVersions,
        DecideCaseHandler,
        { provide: ExchangeSettings, useValue: new ExchangeSettings(config) },
        {
          provide: SealedPages,
          inject: [Database],
          useFactory: (database: Database) => new SealedPages(() => new ImagingStudyStore(database).pageKey()),
        },
        NarrowByContents,
        FindImagingStudiesHandler,
        DescribeStudies,
        StreamImagingStudy,
        NumberChanges,
        MakeManifestHandler,
        NumberChangesWorker,
        StudyDecisionRecords,
        TellDecision,
        DecideOnStudyHandler,
        ShowDecisionsHandler,
        ShowRegisteredHandler,
        ...scrubProviders(config),
        ProposeDisposalsHandler,
        ...disposalProviders(config),
        ...workstationProviders(config),
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.places.primary.store.close(), this.places.replica?.store.close()]);
  }
}
