import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type PackManifest, PackOutline, readManifest } from '@yinglian/dicom';
import { isMissing, makeDurableFolder, syncFolder } from './durable-folder.js';

/** What can be written to the folder. */
export interface PackToKeep {
  readonly digest: string;
  read(): Readable;
}

export interface KeptPack {
  readonly digest: string;
  readonly sizeBytes: number;
}

const PACK = /^([0-9a-f]{64})\.pack$/;

/**
 * Packs that stay at the hospital (ADR 0038), each in a file of its own: `abc/<sha256>.pack`. The spool does not count them, and only
 * a hospital that uploads again gets rid of them.
 */
export class KeptPacks {
  private hasSome = false;

  constructor(private readonly folder: string) {}

  /** Looks whether processes before this one kept any. */
  async start(): Promise<void> {
    for await (const _ of this.digests()) {
      this.hasSome = true;
      break;
    }
  }

  /** False when there never was one. */
  get isUsed(): boolean {
    return this.hasSome;
  }

  /** Durable when it resolves. Keeping one that is there changes nothing. */
  async keep(pack: PackToKeep): Promise<KeptPack> {
    const { digest } = pack;
    this.hasSome = true;
    const known = await this.find(digest);
    if (known !== undefined) return known;
    const path = this.path(digest);
    const folder = this.folderOf(digest);
    await makeDurableFolder(folder);
    await pipeline(pack.read(), createWriteStream(`${path}.part`, { mode: 0o600, flush: true }));
    await rename(`${path}.part`, path);
    await syncFolder(folder);
    return { digest, sizeBytes: (await stat(path)).size };
  }

  async find(digest: string): Promise<KeptPack | undefined> {
    try {
      return { digest, sizeBytes: (await stat(this.path(digest))).size };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** From one byte on. */
  read({ digest }: KeptPack, from = 0): Readable {
    return createReadStream(this.path(digest), { start: from });
  }

  /** Throws a PackError when it cannot be read. */
  manifestOf(pack: KeptPack): Promise<PackManifest> {
    return this.looking(pack, (read) => readManifest(pack.sizeBytes, read));
  }

  /** What the province is told of it; undefined when that is all of it. Throws a PackError when it cannot be read. */
  outlineOf(pack: KeptPack): Promise<PackOutline | undefined> {
    return this.looking(pack, (read) => PackOutline.of(pack.sizeBytes, read));
  }

  async remove(digest: string): Promise<void> {
    await rm(this.path(digest), { force: true });
  }

  /** All of them, in no order, as they are found. */
  async *digests(): AsyncGenerator<string> {
    for await (const folder of entriesOf(this.folder)) {
      for await (const name of entriesOf(join(this.folder, folder))) {
        const digest = PACK.exec(name)?.[1];
        if (digest !== undefined) yield digest;
      }
    }
  }

  private async looking<T>(
    { digest }: KeptPack,
    look: (read: (position: number, length: number) => Promise<Buffer>) => Promise<T>,
  ): Promise<T> {
    const file = await open(this.path(digest));
    try {
      return await look((position, length) => readAt(file, position, length));
    } finally {
      await file.close();
    }
  }

  private folderOf(digest: string): string {
    return join(this.folder, digest.slice(0, 3));
  }

  private path(digest: string): string {
    return join(this.folderOf(digest), `${digest}.pack`);
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function* entriesOf(folder: string): AsyncGenerator<string> {
  try {
    for await (const { name } of await opendir(folder)) yield name;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
