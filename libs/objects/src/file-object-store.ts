import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { readExactly, readInto, writeFully } from './file-bytes.js';
import { isMissing, ObjectMissing, storeError } from './object-store.errors.js';
import { OpenFiles } from './open-files.js';
import { receiveFile } from './receive-file.js';

/** An object on its way in: it has no name, and need not outlive a crash, until it is kept. */
export interface IncomingObject {
  readonly sizeBytes: number;
  readonly sha256: string;
  read(position: number, length: number): Promise<Buffer>;
  readInto(bytes: Buffer, position: number): Promise<void>;
  /** Makes it durable and gives it its name. Keeping an object that is there already changes nothing. @throws ObjectStoreFull */
  keep(key: string): Promise<void>;
  discard(): Promise<void>;
}

/** An object in use; let it go when done. */
export interface ObjectReader {
  readonly sizeBytes: number;
  read(position: number, length: number): Promise<Buffer>;
  /** Fills a buffer of the caller's own, who may use it again and again. */
  readInto(bytes: Buffer, position: number): Promise<void>;
  release(): void;
}

const OPEN_FILES = 256;
const INCOMING = 'incoming';

/**
 * Immutable objects as files below one folder, by keys such as `packs/ab/cd/…`. An object is there whole or not at all:
 * written aside, then renamed. Every method that stores throws ObjectStoreFull when the disk is full.
 */
export class FileObjectStore {
  private readonly files = new OpenFiles(OPEN_FILES);

  constructor(private readonly folder: string) {}

  /** Removes what was on its way in when the process before this one ended. Call it before anything is received. */
  async begin(): Promise<void> {
    await rm(join(this.folder, INCOMING), { recursive: true, force: true });
    await mkdir(join(this.folder, INCOMING), { recursive: true });
  }

  /** Writes, hashes and syncs a stream of at most `limitBytes`. @throws ObjectTooLarge, ObjectStoreFull */
  async receive(source: Readable, limitBytes: number): Promise<IncomingObject> {
    const path = join(this.folder, INCOMING, randomUUID());
    const file = await this.create(path);
    const discard = async () => {
      await file.close().catch(() => {});
      await rm(path, { force: true });
    };
    try {
      const { sizeBytes, sha256 } = await receiveFile(file, source, limitBytes);
      // Going on while the caller looks at what has come; it is waited for before the object gets its name.
      const durable = file.datasync();
      durable.catch(() => {});
      return {
        sizeBytes,
        sha256,
        read: (position, length) => readExactly(file, position, length),
        readInto: (bytes, position) => readInto(file, bytes, position),
        keep: async (key) => {
          await durable.catch((error: unknown) => {
            throw storeError(error);
          });
          await file.close();
          await this.name(path, key, true);
        },
        discard,
      };
    } catch (error) {
      await discard();
      throw storeError(error);
    }
  }

  /** Stores what can be made again: whole, but not synced, so a power cut may leave it empty. */
  async putReproducible(key: string, bytes: Buffer): Promise<void> {
    const path = join(this.folder, INCOMING, randomUUID());
    const file = await this.create(path);
    try {
      await writeFully(file, [bytes]);
      await file.close();
      await this.name(path, key, false);
    } catch (error) {
      await file.close().catch(() => {});
      await rm(path, { force: true });
      throw storeError(error);
    }
  }

  async has(key: string): Promise<boolean> {
    return stat(this.pathOf(key)).then(
      () => true,
      () => false,
    );
  }

  /** Opens an object, or takes one of those that are open. @throws ObjectMissing */
  async open(key: string): Promise<ObjectReader> {
    try {
      const { handle, sizeBytes, release } = await this.files.lend(this.pathOf(key));
      return {
        sizeBytes,
        read: (position, length) => readExactly(handle, position, length),
        readInto: (bytes, position) => readInto(handle, bytes, position),
        release,
      };
    } catch (error) {
      throw isMissing(error) ? new ObjectMissing(`There is no object ${key}`, { cause: error }) : error;
    }
  }

  /** @throws ObjectMissing */
  async read(key: string, position: number, length: number): Promise<Buffer> {
    const object = await this.open(key);
    return object.read(position, length).finally(object.release);
  }

  /** @throws ObjectMissing */
  async readAll(key: string): Promise<Buffer> {
    const object = await this.open(key);
    return object.read(0, object.sizeBytes).finally(object.release);
  }

  async delete(key: string): Promise<void> {
    this.files.forget(this.pathOf(key));
    await rm(this.pathOf(key), { force: true });
  }

  close(): Promise<void> {
    return this.files.close();
  }

  private pathOf(key: string): string {
    if (!/^[a-z0-9][a-z0-9/.-]*$/.test(key) || key.includes('..'))
      throw new Error('An object key has small letters, digits, / . and -');
    return join(this.folder, key);
  }

  private async create(path: string): Promise<FileHandle> {
    try {
      return await open(path, 'wx+');
    } catch (error) {
      if (!isMissing(error)) throw storeError(error);
      await mkdir(dirname(path), { recursive: true });
      return open(path, 'wx+');
    }
  }

  private async name(path: string, key: string, durable: boolean): Promise<void> {
    const target = this.pathOf(key);
    const made = await mkdir(dirname(target), { recursive: true });
    await rename(path, target);
    this.files.forget(target);
    if (!durable) return;
    // A new folder is durable when the one that lists it is.
    const last = made === undefined ? dirname(target) : dirname(made);
    for (let folder = dirname(target); folder.length >= last.length; folder = dirname(folder)) await syncFolder(folder);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
