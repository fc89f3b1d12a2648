import { createWriteStream } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What can be written to the folder. */
export interface PackToKeep {
  readonly digest: string;
  read(): Readable;
}

/** Packs that the registry refused for good, with the reason beside: nothing acknowledged is thrown away. */
export class RefusedPacks {
  constructor(private readonly folder: string) {}

  /** Durable when it resolves. */
  async keep(pack: PackToKeep, reason: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, `${pack.digest}.pack`);
    await pipeline(pack.read(), createWriteStream(`${path}.part`, { mode: 0o600, flush: true }));
    const note = createWriteStream(join(this.folder, `${pack.digest}.json`), { mode: 0o600, flush: true });
    await pipeline([JSON.stringify({ reason, refusedAt: new Date().toISOString() })], note);
    await rename(`${path}.part`, path);
    const folder = await open(this.folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
