import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { piecesOf, readExactly, readInto, writeFully } from './file-bytes.js';
import { IncomingFiles } from './incoming-files.js';
import { listFiles } from './list-files.js';
import { isMissing, ObjectMissing, ObjectTooShort, storeError } from './object-store.errors.js';
import { checkKey, ObjectStore } from './object-store.js';
import type { ArrivalWatch, IncomingObject, ListedObject, ObjectReader, Resumption } from './objects.js';
import { OpenFiles } from './open-files.js';
import type { UnfinishedName } from './unfinished-objects.js';

const OPEN_FILES = 256;

/** Objects as files below one folder: written aside, then renamed. */
export class FileObjectStore implements ObjectStore {
  private readonly files = new OpenFiles(OPEN_FILES);
  private readonly incoming: IncomingFiles;

  constructor(private readonly folder: string) {
    this.incoming = new IncomingFiles(folder, true);
  }

  begin(): Promise<void> {
    return this.incoming.begin();
  }

  unfinishedBytes(unfinished: UnfinishedName): Promise<number> {
    return this.incoming.unfinishedBytes(unfinished);
  }

  async receive(
    source: AsyncIterable<Uint8Array>,
    limitBytes: number,
    resumption?: Resumption,
    watch?: ArrivalWatch,
  ): Promise<IncomingObject> {
    const incoming = await this.incoming.receive(source, limitBytes, resumption, watch);
    const { path, file, sizeBytes, sha256, discard } = incoming;
    // Going on while the caller looks at what has come; it is waited for before the object gets its name.
    const durable = incoming.durable();
    durable.catch(() => {});
    return {
      sizeBytes,
      sha256,
      read: (position, length) => readExactly(file, position, length),
      readInto: (bytes, position) => readInto(file, bytes, position),
      keep: async (key) => {
        checkKey(key);
        await durable.catch((error: unknown) => {
          throw storeError(error);
        });
        await file.close();
        await this.name(path, key, true);
      },
      discard,
    };
  }

  /** Not synced. */
  async putReproducible(key: string, bytes: Buffer): Promise<void> {
    checkKey(key);
    const { path, file } = await this.incoming.create();
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

  /** Opens an object, or takes one of those that are open. */
  async open(key: string): Promise<ObjectReader> {
    try {
      const path = this.pathOf(key);
      const { handle, sizeBytes, release } = await this.files.lend(path);
      const forget = (error: unknown) => {
        // Another process may put a whole one in its place.
        if (error instanceof ObjectTooShort) this.files.forget(path);
        throw error;
      };
      return {
        sizeBytes,
        read: (position, length) => readExactly(handle, position, length).catch(forget),
        readInto: (bytes, position) => readInto(handle, bytes, position).catch(forget),
        release,
      };
    } catch (error) {
      throw missing(key, error);
    }
  }

  async read(key: string, position: number, length: number): Promise<Buffer> {
    const object = await this.open(key);
    return object.read(position, length).finally(object.release);
  }

  async readAll(key: string): Promise<Buffer> {
    const object = await this.open(key);
    return object.read(0, object.sizeBytes).finally(object.release);
  }

  async *stream(key: string): AsyncGenerator<Buffer> {
    const file = await open(this.pathOf(key), 'r').catch((error: unknown) => {
      throw missing(key, error);
    });
    try {
      yield* piecesOf(file);
    } finally {
      await file.close();
    }
  }

  /** A second name of the same bytes; what cannot have one, since it is no file, is moved. */
  async layBy(key: string, asideKey: string): Promise<void> {
    const [path, aside] = [this.pathOf(key), this.pathOf(asideKey)];
    await mkdir(dirname(aside), { recursive: true });
    try {
      if ((await stat(path)).isFile()) await link(path, aside);
      else await rename(path, aside);
    } catch (error) {
      throw missing(key, error);
    }
    this.files.forget(path);
    await syncFolder(dirname(aside));
  }

  list(prefix: string, after = ''): AsyncIterable<ListedObject> {
    return listFiles(this.folder, prefix, after);
  }

  async delete(key: string): Promise<void> {
    this.files.forget(this.pathOf(key));
    await rm(this.pathOf(key), { force: true });
  }

  close(): Promise<void> {
    this.incoming.close();
    return this.files.close();
  }

  private pathOf(key: string): string {
    checkKey(key);
    return join(this.folder, key);
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

const missing = (key: string, error: unknown) =>
  isMissing(error) ? new ObjectMissing(`There is no object ${key}`, { cause: error }) : error;

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
