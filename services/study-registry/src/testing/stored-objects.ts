import { globSync } from 'node:fs';
import { open, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a store's folder, as a disk that goes bad sees them. */
export class StoredObjects {
  constructor(readonly folder: string) {}

  /** @param beside what stands behind the digest, such as `.commit` */
  pathOf(digest: string, beside = ''): string {
    return join(this.folder, 'packs', digest.slice(0, 3), digest + beside);
  }

  has(digest: string, beside = ''): boolean {
    return globSync(this.pathOf(digest, beside)).length > 0;
  }

  async flip(digest: string, beside = '', at = 5_000): Promise<void> {
    const file = await open(this.pathOf(digest, beside), 'r+');
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
    buffer[0] = (buffer[0] ?? 0) ^ 1;
    await file.write(buffer, 0, 1, at);
    await file.close();
  }

  truncate(digest: string): Promise<void> {
    return truncate(this.pathOf(digest), 1_000);
  }

  remove(digest: string, beside = ''): Promise<void> {
    return rm(this.pathOf(digest, beside), { recursive: true });
  }

  /** Keys of damaged bytes that were laid by of a pack. */
  laidBy(digest: string): string[] {
    return globSync(join(this.folder, 'damaged', '*', `${digest}.*`));
  }
}
