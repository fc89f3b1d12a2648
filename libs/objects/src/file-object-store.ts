import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readExactly, readInto, writeFully } from './file-bytes.js';
import {
  isMissing,
  ObjectMissing,
  ObjectStoreFull,
  ObjectTooLarge,
  storeError,
  WrongOffset,
} from './object-store.errors.js';
import type { IncomingObject, ObjectReader, Resumption } from './objects.js';
import { OpenFiles } from './open-files.js';
import { receiveFile } from './receive-file.js';
import { incomingName, layByIncoming, type UnfinishedName, UnfinishedObjects } from './unfinished-objects.js';

const OPEN_FILES = 256;
const INCOMING = 'incoming';
const UNFINISHED_LIMITS = { bytesPerOwner: 16 * 1024 ** 3, oldestMs: 24 * 3_600_000 };
const SWEEP_EVERY_MS = 3_600_000;

/**
 * Immutable objects as files below one folder, by keys such as `packs/ab/cd/…`. An object is there whole or not at all:
 * written aside, then renamed. Every method that stores throws ObjectStoreFull when the disk is full.
 */
export class FileObjectStore {
  private readonly files = new OpenFiles(OPEN_FILES);
  private readonly unfinished: UnfinishedObjects;
  private sweeping: NodeJS.Timeout | undefined;

  constructor(private readonly folder: string) {
    this.unfinished = new UnfinishedObjects(join(folder, 'unfinished'), UNFINISHED_LIMITS);
  }

  /** Removes or lays by what was on its way in when the process before this one ended. Call it before anything is received. */
  async begin(): Promise<void> {
    const incoming = join(this.folder, INCOMING);
    await mkdir(incoming, { recursive: true });
    await layByIncoming(incoming, this.unfinished);
    await rm(incoming, { recursive: true, force: true });
    await mkdir(incoming, { recursive: true });
    await this.unfinished.sweep(Date.now());
    const sweep = () => void this.unfinished.sweep(Date.now()).catch(() => {});
    this.sweeping = setInterval(sweep, SWEEP_EVERY_MS).unref();
  }

  /** Bytes that are kept of an object whose connection broke; at most 16 GiB of one owner are, for a day. */
  unfinishedBytes(unfinished: UnfinishedName): Promise<number> {
    return this.unfinished.sizeOf(unfinished);
  }

  /**
   * Writes, hashes and syncs a stream of at most `limitBytes`, in one go or behind what came before. What came of a stream that
   * breaks is laid by when it may be resumed. @throws ObjectTooLarge, ObjectStoreFull, WrongOffset
   */
  async receive(
    source: AsyncIterable<Uint8Array>,
    limitBytes: number,
    resumption?: Resumption,
  ): Promise<IncomingObject> {
    const path = join(this.folder, INCOMING, incomingName(randomUUID(), resumption?.unfinished));
    const file = await this.openIncoming(path, resumption);
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
      const problem = storeError(error);
      const isUseless = problem instanceof ObjectTooLarge || problem instanceof ObjectStoreFull;
      if (resumption !== undefined && !isUseless) await this.unfinished.layBy(path, resumption.unfinished);
      await discard();
      throw problem;
    }
  }

  private async openIncoming(path: string, resumption: Resumption | undefined): Promise<FileHandle> {
    if (resumption === undefined || resumption.from === 0) return this.create(path);
    const { unfinished, from } = resumption;
    const isThere = await this.unfinished.take(unfinished, path);
    if (isThere && (await stat(path)).size >= from) {
      await truncate(path, from);
      return open(path, 'r+');
    }
    if (isThere) await this.unfinished.layBy(path, unfinished);
    throw new WrongOffset(`The object does not go on at ${from}`);
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
    clearInterval(this.sweeping);
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
