import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MultipartError } from '@yinglian/dicom';
import { readInto, storeError } from '@yinglian/objects';

/** What waits in memory of one request, together and each; the rest waits on the disk. */
const MOST_HELD_BYTES = 8 * 1024 * 1024;
const LONGEST_HELD_BYTES = 1024 * 1024;
/** What waits on the disk, of one request. */
const MOST_SPOOLED_BYTES = 16 * 1024 ** 3;

/** More waits for the rest of its instances than may. */
export class SpoolFull extends MultipartError {
  override readonly name = 'SpoolFull';
}

/** Bytes of a request that wait until what they belong to is whole. They are written one after the other. */
export class Spool {
  private heldBytes = 0;
  private file: Promise<FileHandle> | undefined;
  private endOfFile = 0;
  /** How many have bytes in the file. */
  private inFile = 0;

  constructor(
    /** Where a file may lie, of which nothing is left once the process has ended. */
    private readonly folder: string,
  ) {}

  /** Whether so many bytes more may be held by whom who holds so many. */
  hold(bytes: number, heldBefore: number): boolean {
    if (heldBefore + bytes > LONGEST_HELD_BYTES || this.heldBytes + bytes > MOST_HELD_BYTES) return false;
    this.heldBytes += bytes;
    return true;
  }

  letGo(bytes: number): void {
    this.heldBytes -= bytes;
  }

  /** Where the next ones may be written: at the beginning, when nothing in the file is wanted any more. */
  place(): number {
    if (this.inFile === 0) this.endOfFile = 0;
    this.inFile += 1;
    return this.endOfFile;
  }

  leave(): void {
    this.inFile -= 1;
  }

  /** @throws SpoolFull, and ObjectStoreFull when the disk has no room */
  async append(bytes: Buffer): Promise<void> {
    if (this.endOfFile + bytes.length > MOST_SPOOLED_BYTES) throw new SpoolFull('Too much waits for its instances');
    this.file ??= this.openFile();
    const file = await this.file;
    try {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, at, bytes.length - at, this.endOfFile);
        at += bytesWritten;
        this.endOfFile += bytesWritten;
      }
    } catch (error) {
      throw storeError(error);
    }
  }

  async read(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafeSlow(length);
    const file = await this.file;
    if (file !== undefined) await readInto(file, bytes, position);
    return bytes;
  }

  async close(): Promise<void> {
    const file = await this.file?.catch(() => undefined);
    await file?.close();
  }

  /** Without a name, so that the disk has it back whatever happens. */
  private async openFile(): Promise<FileHandle> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, `spool-${randomUUID()}`);
    const file = await open(path, 'wx+').catch((error: unknown) => {
      throw storeError(error);
    });
    await rm(path);
    return file;
  }
}
