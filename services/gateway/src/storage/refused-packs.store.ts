import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
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

const Note = z.object({ reason: z.string(), refusedAt: z.string() });

/** A pack that lies in the folder, and why. */
export interface RefusedPack extends z.infer<typeof Note> {
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

  read({ digest }: RefusedPack): Readable {
    return createReadStream(this.path(digest, SUFFIX));
  }

  /** What lies in it, as its manifest says. */
  async instancesOf({ digest, sizeBytes }: RefusedPack): Promise<PackManifest['instances']> {
    const file = await open(this.path(digest, SUFFIX));
    try {
      const { instances } = await readManifest(sizeBytes, async (position, length) => {
        const { buffer } = await file.read(Buffer.alloc(length), 0, length, position);
        return buffer;
      });
      return instances;
    } finally {
      await file.close();
    }
  }

  /** Durable when it resolves. */
  async keep(pack: PackToKeep, reason: string): Promise<void> {
    const { digest } = pack;
    const path = this.path(digest, SUFFIX);
    await pipeline(pack.read(), createWriteStream(`${path}.part`, { mode: 0o600, flush: true }));
    const note = createWriteStream(this.path(digest, '.json'), { mode: 0o600, flush: true });
    await pipeline(
      [JSON.stringify({ reason, refusedAt: new Date().toISOString() } satisfies z.infer<typeof Note>)],
      note,
    );
    await rename(`${path}.part`, path);
    await syncFolder(this.folder);
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
    const { reason, refusedAt } = Note.safeParse(note).data ?? { reason: 'UNKNOWN', refusedAt: mtime.toISOString() };
    this.packs.set(digest, { digest, reason, refusedAt, sizeBytes: size });
  }

  private path(digest: string, suffix: string): string {
    return join(this.folder, digest + suffix);
  }
}
