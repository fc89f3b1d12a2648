import { Logger } from '@nestjs/common';
import type { NamedBytes } from '@yinglian/dicom';
import type { InstanceFate } from '../domain/instance-fate.js';
import type { GatewayMetrics } from '../gateway.metrics.js';
import type { KeptPacks } from '../storage/kept-packs.store.js';
import type { RefusedPacks } from '../storage/refused-packs.store.js';
import type { SealedPack } from './pack-assembler.js';
import { PackContent } from './pack-content.js';
import type { PackBytes, Parcel } from './parcel.js';
import { type CommittedPack, fatesOf } from './registry-answer.js';

/** What the registry says of every pack of a gateway with another hospital's credential. */
const OF_ANOTHER_HOSPITAL = 'PACK_OF_ANOTHER_HOSPITAL';

export interface SpooledParcelOptions {
  readonly hospital: string;
  readonly refusedPacks: RefusedPacks;
  readonly keptPacks: KeptPacks;
  /** The hospital keeps the pixels of what it sends from now on. */
  keepsPixels(): boolean;
  readonly metrics: GatewayMetrics;
  /** These instances are about to leave together; to be durable when it resolves. */
  leaving(pack: SealedPack): Promise<void>;
  /** The instances are safe elsewhere, and what became of each is known; `sent` is what the registry has taken. */
  handedOver(pack: SealedPack, fates: readonly InstanceFate[], sent: readonly NamedBytes[]): Promise<void>;
}

interface Prepared {
  readonly content: PackContent;
  readonly leaves: PackBytes;
}

/** Instances of the spool that leave together for the first time: their pack, or what is said of it while it stays at the hospital. */
export class SpooledParcel implements Parcel {
  private readonly logger = new Logger(SpooledParcel.name);
  private prepared: Promise<Prepared> | undefined;

  constructor(
    private readonly pack: SealedPack,
    readonly since: string,
    private readonly options: SpooledParcelOptions,
  ) {}

  get studyInstanceUid(): string {
    return this.pack.studyInstanceUid;
  }

  get mayBeThere(): boolean {
    return this.pack.isRecovered;
  }

  /** It is written down first what leaves together. */
  async prepare(): Promise<PackBytes> {
    return (await this.preparing()).leaves;
  }

  private preparing(): Promise<Prepared> {
    this.prepared ??= this.make().catch((error: unknown) => {
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  private async make(): Promise<Prepared> {
    await this.options.leaving(this.pack);
    const content = await PackContent.of(this.pack, this.options.hospital);
    const isToStay = this.options.keepsPixels() && !content.isDamaged;
    return { content, leaves: (isToStay ? await this.outlined(content) : undefined) ?? content };
  }

  /** The pack is kept here before anything is said of it. Undefined when it has no pixels: then it leaves as it is. */
  private async outlined(content: PackContent): Promise<PackBytes | undefined> {
    const { keptPacks } = this.options;
    const kept = await keptPacks.keep(content);
    const outline = await keptPacks.outlineOf(kept);
    if (outline !== undefined) return outlineBytes(kept.digest, outline.encode());
    await keptPacks.remove(kept.digest);
    return undefined;
  }

  async committed(answer: CommittedPack): Promise<void> {
    const { pack } = this;
    const { named } = (await this.preparing()).content;
    await this.options.handedOver(pack, fatesOf(answer, pack.instances.length), named);
  }

  /** One bad instance must not hold back the others: each one tries its luck alone. */
  async refused(reason: string, { isOutline }: PackBytes): Promise<readonly SpooledParcel[]> {
    const { pack, since, options } = this;
    const { content } = await this.preparing();
    if (isOutline) await options.keptPacks.remove(content.digest);
    const { instances } = pack;
    if (instances.length > 1 && reason !== OF_ANOTHER_HOSPITAL) {
      return instances.map(
        (instance) => new SpooledParcel({ ...pack, isRecovered: false, instances: [instance] }, since, options),
      );
    }
    this.logger.error({ digest: content.digest, reason }, 'A pack cannot go to the registry; it is kept');
    await options.refusedPacks.keep(content, reason);
    options.metrics.packRefused(reason);
    await options.handedOver(
      pack,
      instances.map(() => 'refused'),
      [],
    );
    return [];
  }
}

const outlineBytes = (digest: string, bytes: Buffer): PackBytes => ({
  digest,
  isOutline: true,
  length: bytes.length,
  isDamaged: false,
  async *pieces(from = 0) {
    yield bytes.subarray(from);
  },
});
