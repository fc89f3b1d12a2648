import { join } from 'node:path';
import type { NamedBytes, ScannedInstance } from '@yinglian/dicom';
import type { InstanceFate } from '../domain/instance-fate.js';
import { resume } from '../domain/spooled-packs.js';
import { StudyFollower } from '../follow-studies/study-follower.js';
import { StudyTeller } from '../follow-studies/study-teller.js';
import type { GatewayConfig } from '../gateway.config.js';
import type { GatewayMetrics } from '../gateway.metrics.js';
import type { GatewayFoundation } from '../gateway-foundation.js';
import { dayAt } from '../receive-messages/day-at.js';
import { RefusedRetries } from '../retry-refused-packs/refused-retries.js';
import { isUrgentBy } from '../shape-uploads/is-urgent-by.js';
import { InstanceFates } from '../storage/instance-fates.store.js';
import { KeptPacks } from '../storage/kept-packs.store.js';
import { RefusedPacks } from '../storage/refused-packs.store.js';
import { rescan } from '../storage/rescan.js';
import type { StoredInstance } from '../storage/segment.js';
import { type RecoveredSpool, Spool } from '../storage/spool.store.js';
import { StudyBook } from '../storage/study-book.js';
import { StudyExpectations } from '../storage/study-expectations.js';
import { StudyJournals } from '../storage/study-journal.store.js';
import { PackAssembler, type SealedPack } from '../upload-packs/pack-assembler.js';
import { PackUploader } from '../upload-packs/pack-uploader.js';
import type { Parcel } from '../upload-packs/parcel.js';
import { ReceptionFirst } from '../upload-packs/reception-first.js';
import { SpooledParcel, type SpooledParcelOptions } from '../upload-packs/spooled-parcel.js';
import { UrgentStudies } from '../upload-packs/urgent-studies.js';

/** What becomes of an instance once it is durable: it is told, packed, uploaded, and forgotten here. */
export class ForwardInstances {
  readonly spool: Spool;
  readonly fates: InstanceFates;
  readonly studies: StudyFollower;
  readonly urgent = new UrgentStudies();
  private readonly book: StudyBook;
  private readonly journals: StudyJournals;
  private readonly teller: StudyTeller;
  readonly refused: RefusedPacks;
  readonly kept: KeptPacks;
  readonly retries: RefusedRetries;
  private readonly packs: PackAssembler;
  private readonly uploader: PackUploader;
  private readonly reception = new ReceptionFirst();
  private readonly parcels: SpooledParcelOptions;
  private readonly isUrgent: (instance: Pick<StoredInstance, 'callingAeTitle' | 'isHighPriority'>) => boolean;

  constructor(
    config: GatewayConfig,
    { hospitalFile, configuration, links, publisher, ledger }: GatewayFoundation,
    private readonly metrics: GatewayMetrics,
  ) {
    const folder = (name: string) => join(config.SPOOL_FOLDER, name);
    this.spool = new Spool(config.SPOOL_FOLDER, {
      minimumFreeBytes: config.SPOOL_MIN_FREE_BYTES,
      maximumInstances: config.SPOOL_MAX_INSTANCES,
      maximumBytes: config.SPOOL_MAX_BYTES,
      warnAtPercent: config.SPOOL_WARN_PERCENT,
    });
    this.fates = new InstanceFates(ledger, config.COMMITMENT_KEEP_DAYS);
    this.book = new StudyBook(ledger, (instant) => dayAt(instant, hospitalFile.current.hl7.timeZone));
    this.teller = new StudyTeller(publisher, config.HOSPITAL);
    this.journals = new StudyJournals(folder('studies'));
    this.studies = new StudyFollower(this.journals, this.teller, {
      hospital: config.HOSPITAL,
      patience: {
        afterReleaseMs: config.STUDY_QUIET_AFTER_RELEASE_MS,
        openMs: config.STUDY_QUIET_MS,
        unfinishedMs: config.STUDY_UNFINISHED_MS,
      },
      book: this.book,
      expectations: new StudyExpectations(ledger, this.fates),
    });
    this.refused = new RefusedPacks(folder('refused'));
    this.kept = new KeptPacks(config.KEPT_PACKS_FOLDER ?? folder('kept'));
    this.isUrgent = (instance) => isUrgentBy(hospitalFile.current.upload.emergency, instance);
    this.uploader = new PackUploader(links, this.urgent, metrics, (signal) => this.reception.turn(signal));
    this.retries = new RefusedRetries(this.refused, this.fates, (parcel, instances) => {
      if (instances.some(this.isUrgent)) this.urgent.mark(parcel.studyInstanceUid);
      this.uploader.enqueue(parcel);
    });
    this.parcels = {
      hospital: config.HOSPITAL,
      refusedPacks: this.refused,
      keptPacks: this.kept,
      keepsPixels: () => configuration.current?.pixels === 'on-demand',
      metrics,
      leaving: ({ studyInstanceUid, instances }) => this.studies.sealed(studyInstanceUid, instances),
      handedOver: (pack, fates, sent) => this.handedOver(pack, fates, sent),
    };
    this.packs = new PackAssembler({
      sealed: (pack) => this.upload(pack),
      duplicate: (instance) => void this.drop(instance),
    });
  }

  get pendingPacks(): number {
    return this.uploader.pending;
  }

  /** Packs that the registry refused for good and that lie here. */
  get refusedPacks(): number {
    return this.refused.count;
  }

  /** Goes on with what a process before this one left. */
  async start(): Promise<RecoveredSpool & { refusedPacks: number }> {
    await this.refused.start();
    await this.kept.start();
    await this.retries.start();
    await this.studies.start();
    const left = new Map<string, StoredInstance[]>();
    const found = await this.spool.recover((instance) => {
      const ofStudy = left.get(instance.studyInstanceUid);
      if (ofStudy === undefined) left.set(instance.studyInstanceUid, [instance]);
      else ofStudy.push(instance);
    });
    for (const [study, instances] of left) await this.resume(study, instances);
    this.studies.recount();
    this.packs.sealAll();
    return { ...found, refusedPacks: this.refusedPacks };
  }

  /** What was handed over is freed, what was to leave leaves in the same packs, and the rest is packed now. */
  private async resume(studyInstanceUid: string, instances: readonly StoredInstance[]): Promise<void> {
    const { handedOver, packs, loose } = resume(instances, await this.journals.read(studyInstanceUid));
    // What instances have to say is read before their segment may be freed.
    for (const instance of [...packs.flat(), ...loose]) {
      this.fates.arrived(instance.sopInstanceUid);
      if (this.isUrgent(instance)) this.urgent.mark(studyInstanceUid);
      await this.studies.recovered(instance, () => rescan(instance));
    }
    for (const { segment } of handedOver) await segment.release();
    for (const pack of packs) {
      const [first] = pack;
      if (first !== undefined) {
        const { seriesInstanceUid } = first;
        this.upload({ studyInstanceUid, seriesInstanceUid, instances: pack, isRecovered: true });
      }
    }
    for (const instance of loose) this.packs.add(instance);
  }

  stored(instance: StoredInstance, scanned: ScannedInstance, carrier: object): void {
    this.reception.received(instance.via);
    this.metrics.instanceReceived(instance);
    this.fates.arrived(instance.sopInstanceUid);
    if (this.isUrgent(instance)) this.urgent.mark(instance.studyInstanceUid);
    this.studies.stored(instance, scanned, carrier);
    this.packs.add(instance, carrier);
  }

  closed(carrier: object): void {
    this.studies.carrierClosed(carrier);
    this.packs.carrierClosed(carrier);
  }

  async stop(): Promise<void> {
    this.spool.stop();
    this.studies.stop();
    this.teller.stop();
    await this.uploader.stop();
  }

  /** Brings a pack that does not come from the spool. */
  bring(parcel: Parcel): void {
    this.uploader.enqueue(parcel);
  }

  private upload(pack: SealedPack): void {
    const since = this.studies.firstAt(pack.studyInstanceUid) ?? new Date().toISOString();
    this.uploader.enqueue(new SpooledParcel(pack, since, this.parcels));
  }

  private async handedOver(
    { studyInstanceUid, instances }: SealedPack,
    fates: readonly InstanceFate[],
    sent: readonly NamedBytes[],
  ): Promise<void> {
    await this.fates.decided(
      instances.map((instance, place) => ({ ...instance, fate: fates[place] ?? 'quarantined' })),
    );
    // A pack is refused as a whole.
    const [fate = 'registered'] = fates;
    await this.studies.handedOver(studyInstanceUid, instances, fate, sent);
    for (const { segment } of instances) await segment.release();
  }

  private async drop({ segment, studyInstanceUid, sopInstanceUid }: StoredInstance): Promise<void> {
    this.fates.dropped(sopInstanceUid);
    await this.studies.dropped(studyInstanceUid);
    await segment.release();
  }
}
