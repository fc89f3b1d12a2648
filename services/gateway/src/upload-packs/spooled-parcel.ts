import { Logger } from '@nestjs/common';
import type { NamedBytes } from '@yinglian/dicom';
import type { InstanceFate } from '../domain/instance-fate.js';
import type { GatewayMetrics } from '../gateway.metrics.js';
import type { RefusedPacks } from '../storage/refused-packs.store.js';
import type { SealedPack } from './pack-assembler.js';
import { PackContent } from './pack-content.js';
import type { Parcel } from './parcel.js';
import { type CommittedPack, fatesOf } from './registry-answer.js';

/** What the registry says of every pack of a gateway with another hospital's credential. */
const OF_ANOTHER_HOSPITAL = 'PACK_OF_ANOTHER_HOSPITAL';

export interface SpooledParcelOptions {
  readonly hospital: string;
  readonly refusedPacks: RefusedPacks;
  readonly metrics: GatewayMetrics;
  /** These instances are about to leave together; to be durable when it resolves. */
  leaving(pack: SealedPack): Promise<void>;
  /** The instances are safe elsewhere, and what became of each is known; `sent` is what the registry has taken. */
  handedOver(pack: SealedPack, fates: readonly InstanceFate[], sent: readonly NamedBytes[]): Promise<void>;
}

/** Instances of the spool that leave together for the first time. */
export class SpooledParcel implements Parcel<PackContent> {
  private readonly logger = new Logger(SpooledParcel.name);
  private content: Promise<PackContent> | undefined;

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
  prepare(): Promise<PackContent> {
    this.content ??= this.options
      .leaving(this.pack)
      .then(() => PackContent.of(this.pack, this.options.hospital))
      .catch((error: unknown) => {
        this.content = undefined;
        throw error;
      });
    return this.content;
  }

  async committed(answer: CommittedPack, { named }: PackContent): Promise<void> {
    const { pack } = this;
    await this.options.handedOver(pack, fatesOf(answer, pack.instances.length), named);
  }

  /** One bad instance must not hold back the others: each one tries its luck alone. */
  async refused(reason: string, content: PackContent): Promise<readonly SpooledParcel[]> {
    const { pack, since, options } = this;
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
