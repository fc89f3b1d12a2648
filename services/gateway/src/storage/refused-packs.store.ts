import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type PackManifest, readManifest } from '@yinglian/dicom';
import { z } from 'zod';
import { makeDurableFolder, syncFolder } from './durable-folder.js';

/** What can be written to the folder. */
export interface PackToKeep {
  readonly digest: string;
  read(): Readable;
}

const Note = z.object({
  reason: z.string(),
  refusedAt: z.string(),
  isWaiting: z.boolean().default(false).describe('Somebody wants it to be brought once more'),
});

/** A pack that lies in the folder, and why. */
export interface RefusedPack extends z.output<typeof Note> {
  readonly digest: string;
  readonly sizeBytes: number;
}

const SUFFIX = '.pack';

/** Packs that the registry refused for good, with the reason beside: nothing acknowledged is thrown away. */
export class RefusedPacks {
  private readonly packs = new Map<string, RefusedPack>();

  constructor(private readonly folder: string) {}

  /** Looks what processes before this one kept. */
  async start(): Promise<void> {
    await makeDurableFolder(this.folder);
    for (const name of await readdir(this.folder)) {
      if (name.endsWith(SUFFIX)) await this.found(name.slice(0, -SUFFIX.length));
    }
  }

  get count(): number {
    return this.packs.size;
  }

  /** In no order. */
  list(): RefusedPack[] {
    return [...this.packs.values()];
  }

  find(digest: string): RefusedPack | undefined {
    return this.packs.get(digest);
  }

  /** From one byte on. */
  read({ digest }: RefusedPack, from: number): Readable {
    return createReadStream(this.path(digest, SUFFIX), { start: from });
  }

  /** What lies in it. Throws a PackError when it cannot be read. */
  async manifestOf({ digest, sizeBytes }: RefusedPack): Promise<PackManifest> {
    const file = await open(this.path(digest, SUFFIX));
    try {
      return await readManifest(sizeBytes, async (position, length) => {
        const { buffer } = await file.read(Buffer.alloc(length), 0, length, position);
        return buffer;
      });
    } finally {
      await file.close();
    }
  }

  /** Durable when it resolves. */
  async keep(pack: PackToKeep, reason: string): Promise<void> {
    const { digest } = pack;
    const path = this.path(digest, SUFFIX);
    await pipeline(pack.read(), createWriteStream(`${path}.part`, { mode: 0o600, flush: true }));
    await this.note(digest, { reason, refusedAt: new Date().toISOString() });
    await rename(`${path}.part`, path);
    await syncFolder(this.folder);
    await this.found(digest);
  }

  /** It is to be brought once more: durable when it resolves. False when that was known. */
  async waits(digest: string): Promise<boolean> {
    const pack = this.packs.get(digest);
    if (pack === undefined || pack.isWaiting) return false;
    this.packs.set(digest, { ...pack, isWaiting: true });
    try {
      await this.note(digest, { reason: pack.reason, refusedAt: pack.refusedAt, isWaiting: true });
    } catch (error) {
      this.packs.set(digest, pack);
      throw error;
    }
    return true;
  }

  /** It was brought, and refused as before or for another reason. */
  async refusedAgain(digest: string, reason: string): Promise<void> {
    await this.note(digest, { reason, refusedAt: new Date().toISOString() });
    await this.found(digest);
  }

  /** The registry has it after all. */
  async remove({ digest }: RefusedPack): Promise<void> {
    await rm(this.path(digest, SUFFIX), { force: true });
    await rm(this.path(digest, '.json'), { force: true });
    this.packs.delete(digest);
  }

  private async found(digest: string): Promise<void> {
    const { size, mtime } = await stat(this.path(digest, SUFFIX));
    const note = await readFile(this.path(digest, '.json'), 'utf8')
      .then(JSON.parse)
      .catch(() => undefined);
    const said = Note.safeParse(note).data ?? { reason: 'UNKNOWN', refusedAt: mtime.toISOString(), isWaiting: false };
    this.packs.set(digest, { digest, ...said, sizeBytes: size });
  }

  private async note(digest: string, note: z.input<typeof Note>): Promise<void> {
    const path = this.path(digest, '.json');
    await writeFile(`${path}.part`, JSON.stringify(note), { mode: 0o600, flush: true });
    await rename(`${path}.part`, path);
    await syncFolder(this.folder);
  }

  private path(digest: string, suffix: string): string {
    return join(this.folder, digest + suffix);
  }
}
