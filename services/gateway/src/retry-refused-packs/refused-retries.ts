import { Logger } from '@nestjs/common';
import { PackError, type PackManifest } from '@yinglian/dicom';
import type { InstanceFates } from '../storage/instance-fates.store.js';
import type { RefusedPack, RefusedPacks } from '../storage/refused-packs.store.js';
import type { Parcel } from '../upload-packs/parcel.js';
import { RefusedParcel } from './refused-parcel.js';

/** Somebody wants packs that were refused to be brought once more: they wait among the others, over restarts too. */
export class RefusedRetries {
  private readonly logger = new Logger(RefusedRetries.name);

  constructor(
    private readonly refused: RefusedPacks,
    private readonly fates: InstanceFates,
    private readonly bring: (parcel: Parcel, instances: PackManifest['instances']) => void,
  ) {}

  /** Goes on with what a process before this one was asked for. */
  async start(): Promise<void> {
    for (const pack of this.refused.list().filter(({ isWaiting }) => isWaiting)) {
      const manifest = await this.manifestOf(pack);
      if (manifest !== undefined) this.begin(pack, manifest);
    }
  }

  /** It waits for its turn when this resolves, durably; false when it cannot be read. Asking again changes nothing. */
  async ask(pack: RefusedPack): Promise<boolean> {
    const manifest = await this.manifestOf(pack);
    if (manifest === undefined) return false;
    if (await this.refused.waits(pack.digest)) this.begin(pack, manifest);
    return true;
  }

  private begin(pack: RefusedPack, manifest: PackManifest): void {
    for (const { sopInstanceUid } of manifest.instances) this.fates.arrived(sopInstanceUid);
    this.bring(new RefusedParcel(pack, manifest, this.refused, this.fates), manifest.instances);
  }

  private async manifestOf(pack: RefusedPack): Promise<PackManifest | undefined> {
    try {
      return await this.refused.manifestOf(pack);
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      this.logger.error({ digest: pack.digest }, 'A refused pack cannot be read');
      return undefined;
    }
  }
}
