import { createHash } from 'node:crypto';
import type { PackManifest } from '@yinglian/dicom';
import type { InstanceFates } from '../storage/instance-fates.store.js';
import type { RefusedPack, RefusedPacks } from '../storage/refused-packs.store.js';
import { SpoolReadError } from '../storage/spool-reader.js';
import type { PackBytes, Parcel } from '../upload-packs/parcel.js';
import { type CommittedPack, fatesOf } from '../upload-packs/registry-answer.js';

/** A pack that was refused and is brought to the registry once more. */
export class RefusedParcel implements Parcel {
  /** An attempt before a restart may have got it across. */
  readonly mayBeThere = true;

  constructor(
    private readonly pack: RefusedPack,
    private readonly manifest: PackManifest,
    private readonly refusedPacks: RefusedPacks,
    private readonly fates: InstanceFates,
  ) {}

  get studyInstanceUid(): string {
    return this.manifest.studyInstanceUid;
  }

  get since(): string {
    const [first = ''] = this.manifest.instances.map(({ receivedAt }) => receivedAt).sort();
    return first;
  }

  async prepare(): Promise<PackBytes> {
    const hash = createHash('sha256');
    for await (const piece of this.pieces()) hash.update(piece);
    const { digest, sizeBytes } = this.pack;
    const isDamaged = hash.digest('hex') !== digest;
    return { digest, length: sizeBytes, isDamaged, pieces: (from) => this.pieces(from) };
  }

  async committed(answer: CommittedPack): Promise<void> {
    const { instances } = this.manifest;
    const became = fatesOf(answer, instances.length);
    await this.fates.decided(
      instances.map((instance, place) => ({ ...instance, fate: became[place] ?? 'quarantined' })),
    );
    await this.refusedPacks.remove(this.pack);
  }

  async refused(reason: string): Promise<readonly Parcel[]> {
    await this.refusedPacks.refusedAgain(this.pack.digest, reason);
    this.fates.stayed(this.manifest.instances);
    return [];
  }

  private async *pieces(from = 0): AsyncGenerator<Buffer> {
    try {
      for await (const piece of this.refusedPacks.read(this.pack, from)) yield piece;
    } catch (error) {
      throw new SpoolReadError('A refused pack cannot be read', { cause: error });
    }
  }
}
