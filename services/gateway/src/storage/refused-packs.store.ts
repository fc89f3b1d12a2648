import { createWriteStream } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeDurableFolder, syncFolder } from './durable-folder.js';

/** What can be written to the folder. */
export interface PackToKeep {
  readonly digest: string;
  read(): Readable;
}

const isPack = (name: string) => name.endsWith('.pack');

/** Packs that the registry refused for good, with the reason beside: nothing acknowledged is thrown away. */
export class RefusedPacks {
  private readonly digests = new Set<string>();

  constructor(private readonly folder: string) {}

  /** Looks what processes before this one kept. */
  async start(): Promise<void> {
    await makeDurableFolder(this.folder);
    for (const name of await readdir(this.folder)) if (isPack(name)) this.digests.add(name);
  }

  get count(): number {
    return this.digests.size;
  }

  /** Durable when it resolves. */
  async keep(pack: PackToKeep, reason: string): Promise<void> {
    const name = `${pack.digest}.pack`;
    const path = join(this.folder, name);
    await pipeline(pack.read(), createWriteStream(`${path}.part`, { mode: 0o600, flush: true }));
    const note = createWriteStream(join(this.folder, `${pack.digest}.json`), { mode: 0o600, flush: true });
    await pipeline([JSON.stringify({ reason, refusedAt: new Date().toISOString() })], note);
    await rename(`${path}.part`, path);
    await syncFolder(this.folder);
    this.digests.add(name);
  }
}
