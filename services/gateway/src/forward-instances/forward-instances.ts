import { join } from 'node:path';
import type { ScannedInstance } from '@yinglian/dicom';
import type { EventPublisher } from '@yinglian/messaging';
import { StudyFollower } from '../follow-studies/study-follower.js';
import { StudyTeller } from '../follow-studies/study-teller.js';
import type { GatewayConfig } from '../gateway.config.js';
import type { GatewayMetrics } from '../gateway.metrics.js';
import type { ProvinceClient } from '../province/province.client.js';
import { RefusedPacks } from '../storage/refused-packs.store.js';
import { rescan } from '../storage/rescan.js';
import type { StoredInstance } from '../storage/segment.js';
import { Spool } from '../storage/spool.store.js';
import { StudyJournals } from '../storage/study-journal.store.js';
import { PackAssembler, type SealedPack } from '../upload-packs/pack-assembler.js';
import { PackUploader } from '../upload-packs/pack-uploader.js';

/** What becomes of an instance once it is durable: it is told, packed, uploaded, and forgotten here. */
export class ForwardInstances {
  readonly spool: Spool;
  private readonly studies: StudyFollower;
  private readonly teller: StudyTeller;
  private readonly packs: PackAssembler;
  private readonly uploader: PackUploader;

  constructor(
    config: GatewayConfig,
    private readonly province: ProvinceClient,
    private readonly publisher: EventPublisher,
    private readonly metrics: GatewayMetrics,
  ) {
    const folder = (name: string) => join(config.SPOOL_FOLDER, name);
    this.spool = new Spool(folder('segments'), config.SPOOL_MIN_FREE_BYTES);
    this.teller = new StudyTeller(publisher, config.HOSPITAL);
    this.studies = new StudyFollower(new StudyJournals(folder('studies')), this.teller, {
      hospital: config.HOSPITAL,
      quietAfterReleaseMs: config.STUDY_QUIET_AFTER_RELEASE_MS,
      quietMs: config.STUDY_QUIET_MS,
    });
    const refused = new RefusedPacks(folder('refused'));
    this.uploader = new PackUploader(config.HOSPITAL, province, refused, metrics, (pack) => this.handedOver(pack));
    this.packs = new PackAssembler({
      sealed: (pack) => this.uploader.enqueue(pack),
      duplicate: (instance) => void this.drop(instance),
    });
  }

  get pendingPacks(): number {
    return this.uploader.pending;
  }

  /** Goes on with what a process before this one left. */
  async start(): Promise<{ instances: number; tornBytes: number }> {
    await this.studies.start();
    const left: StoredInstance[] = [];
    const found = await this.spool.recover((instance) => left.push(instance));
    // What instances have to say is read before their segment may be freed.
    for (const instance of left) await this.studies.recovered(instance, () => rescan(instance));
    for (const instance of left) this.packs.add(instance);
    this.packs.sealAll();
    return found;
  }

  stored(instance: StoredInstance, scanned: ScannedInstance, carrier: object): void {
    this.metrics.instanceReceived(instance);
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
    this.uploader.stop();
    await this.province.close();
    await this.publisher.close();
  }

  private async handedOver({ studyInstanceUid, instances }: SealedPack): Promise<void> {
    await this.studies.handedOver(
      studyInstanceUid,
      instances.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    for (const { segment } of instances) await segment.release();
  }

  private async drop({ segment, studyInstanceUid }: StoredInstance): Promise<void> {
    await this.studies.dropped(studyInstanceUid);
    await segment.release();
  }
}
