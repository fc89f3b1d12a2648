import { type ReportsDamage, readingPack } from './damage-reports.js';
import type { PackReader, PackSource } from './pack-source.js';

/** What one answer reads of packs, one pack behind the other: each is opened once. */
export class PacksInTurn {
  private current: { readonly digest: string; readonly pack: PackReader } | undefined;

  constructor(
    private readonly packs: PackSource,
    private readonly reports: ReportsDamage,
  ) {}

  /** Fills the buffer, once these bytes are here and what was said of them. @throws INSTANCE_DAMAGED, which is reported */
  readInto(digest: string, bytes: Buffer, position: number): Promise<void> {
    return readingPack(digest, this.reports, async () => {
      const pack = await this.at(digest);
      await pack.whole(position + bytes.length);
      await pack.readInto(bytes, position);
    });
  }

  release(): void {
    this.current?.pack.release();
    this.current = undefined;
  }

  private async at(digest: string): Promise<PackReader> {
    if (this.current?.digest === digest) return this.current.pack;
    this.release();
    const pack = await this.packs.open(digest);
    this.current = { digest, pack };
    return pack;
  }
}
