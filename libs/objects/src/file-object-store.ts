import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';

export class ObjectStoreFull extends Error {
  override readonly name = 'ObjectStoreFull';
}

export class ObjectTooLarge extends Error {
  override readonly name = 'ObjectTooLarge';
}

/** An object on its way in: durable, but without a name until it is kept. */
export interface IncomingObject {
  readonly sizeBytes: number;
  readonly sha256: string;
  read(position: number, length: number): Promise<Buffer>;
  /** Gives it its name. Keeping an object that is there already changes nothing. */
  keep(key: string): Promise<void>;
  discard(): Promise<void>;
}

const OPEN_FILES = 256;
const READ_CHUNK_BYTES = 1024 * 1024;

/**
 * Immutable objects as files below one folder, by keys such as `packs/ab/cd/…`. An object is there whole or not at all:
 * written aside, synced, then renamed.
 */
export class FileObjectStore {
  private incoming = 0;
  private readonly handles = new LRUCache<string, Promise<FileHandle>>({
    max: OPEN_FILES,
    // A reader may still be using an evicted handle; it closes when the last reader lets go of it (garbage collection aside).
    dispose: (handle) =>
      void handle.then((file) => setTimeout(() => void file.close(), 60_000).unref()).catch(() => {}),
  });

  constructor(private readonly folder: string) {}

  /** Writes and hashes a stream; at most `limitBytes`. @throws ObjectTooLarge, ObjectStoreFull */
  async receive(source: Readable, limitBytes: number): Promise<IncomingObject> {
    const aside = join(this.folder, 'incoming');
    await mkdir(aside, { recursive: true });
    this.incoming += 1;
    const path = join(aside, `${process.pid}-${Date.now()}-${this.incoming}`);
    const file = await open(path, 'w+');
    try {
      const { sizeBytes, sha256 } = await writeAll(file, source, limitBytes);
      await file.datasync();
      return {
        sizeBytes,
        sha256,
        read: (position, length) => readExactly(file, position, length),
        keep: async (key) => {
          await file.close();
          await this.rename(path, key);
        },
        discard: async () => {
          await file.close().catch(() => {});
          await rm(path, { force: true });
        },
      };
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw isFull(error) ? new ObjectStoreFull('The object store’s disk is full', { cause: error }) : error;
    }
  }

  async put(key: string, bytes: Buffer): Promise<void> {
    const object = await this.receive(Readable.from([bytes]), bytes.length);
    await object.keep(key);
  }

  async has(key: string): Promise<boolean> {
    return stat(this.pathOf(key)).then(
      () => true,
      () => false,
    );
  }

  async read(key: string, position: number, length: number): Promise<Buffer> {
    return readExactly(await this.open(key), position, length);
  }

  async readAll(key: string): Promise<Buffer> {
    const file = await this.open(key);
    const { size } = await file.stat();
    return readExactly(file, 0, size);
  }

  /** A range as a stream, in chunks that keep system calls few. */
  async stream(key: string, position: number, length: number): Promise<Readable> {
    const file = await this.open(key);
    return createReadStream('', {
      fd: file,
      start: position,
      end: position + length - 1,
      autoClose: false,
      highWaterMark: READ_CHUNK_BYTES,
    });
  }

  async close(): Promise<void> {
    const files = [...this.handles.values()];
    this.handles.clear();
    await Promise.all(files.map(async (file) => (await file).close().catch(() => {})));
  }

  private open(key: string): Promise<FileHandle> {
    const known = this.handles.get(key);
    if (known !== undefined) return known;
    const opened = open(this.pathOf(key), 'r');
    this.handles.set(key, opened);
    opened.catch(() => this.handles.delete(key));
    return opened;
  }

  private pathOf(key: string): string {
    if (!/^[a-z0-9][a-z0-9/.-]*$/.test(key) || key.includes('..'))
      throw new Error('An object key has small letters, digits, / . and -');
    return join(this.folder, key);
  }

  private async rename(path: string, key: string): Promise<void> {
    const target = this.pathOf(key);
    await mkdir(dirname(target), { recursive: true });
    await rename(path, target);
    const folder = await open(dirname(target), 'r');
    await folder.sync();
    await folder.close();
  }
}

async function writeAll(
  file: FileHandle,
  source: Readable,
  limitBytes: number,
): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of source) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > limitBytes) throw new ObjectTooLarge(`More than ${limitBytes} bytes came`);
    hash.update(bytes);
    await writeFully(file, bytes);
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function writeFully(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
}

/** @throws when the file ends before */
export async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) throw new Error('The object is shorter than expected');
    at += bytesRead;
  }
  return bytes;
}

const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
