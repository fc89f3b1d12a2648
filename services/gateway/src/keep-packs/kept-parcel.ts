import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { KeptPack, KeptPacks } from '../storage/kept-packs.store.js';
import type { RefusedPacks } from '../storage/refused-packs.store.js';
import { SpoolReadError } from '../storage/spool-reader.js';
import type { PackBytes, Parcel } from '../upload-packs/parcel.js';

export interface KeptParcelOptions {
  readonly keptPacks: KeptPacks;
  readonly refusedPacks: RefusedPacks;
  /** Whether it stays here, too, when the registry has it. */
  keepsPixels(): boolean;
  /** The registry does not take it, or it is damaged. Rejects when that cannot be told. */
  failed(digest: string): Promise<void>;
  /** It is not on its way any more. */
  over(digest: string): void;
}

/** A pack that stayed at the hospital and is brought after all. */
export class KeptParcel implements Parcel {
  private readonly logger = new Logger(KeptParcel.name);
  readonly mayBeThere = false;
  readonly since = new Date().toISOString();
  private attempts = 0;

  constructor(
    private readonly pack: KeptPack,
    readonly studyInstanceUid: string,
    private readonly options: KeptParcelOptions,
  ) {}

  /** Somebody waits: what the disk gives is looked at only when the first attempt brought nothing. */
  async prepare(): Promise<PackBytes> {
    const { digest, sizeBytes } = this.pack;
    this.attempts += 1;
    const isDamaged = this.attempts > 1 && !(await this.isAsItWas());
    return { digest, length: sizeBytes, isDamaged, pieces: (from) => this.pieces(from) };
  }

  async committed(): Promise<void> {
    const { keptPacks, keepsPixels, over } = this.options;
    if (!keepsPixels()) await keptPacks.remove(this.pack.digest);
    over(this.pack.digest);
  }

  /** It lies among what the registry refused then, where the hospital sees it. */
  async refused(reason: string): Promise<readonly Parcel[]> {
    const { digest } = this.pack;
    const { keptPacks, refusedPacks, failed, over } = this.options;
    this.logger.error({ digest, reason }, 'A pack that was kept cannot be brought');
    await refusedPacks.keep({ digest, read: () => keptPacks.read(this.pack) }, reason);
    await keptPacks.remove(digest);
    over(digest);
    await failed(digest).catch((error: unknown) =>
      this.logger.warn({ err: error, digest }, 'The registry was not told of it'),
    );
    return [];
  }

  private async isAsItWas(): Promise<boolean> {
    const hash = createHash('sha256');
    for await (const piece of this.pieces()) hash.update(piece);
    return hash.digest('hex') === this.pack.digest;
  }

  private async *pieces(from = 0): AsyncGenerator<Buffer> {
    try {
      for await (const piece of this.options.keptPacks.read(this.pack, from)) yield piece;
    } catch (error) {
      throw new SpoolReadError('A pack that was kept cannot be read', { cause: error });
    }
  }
}
