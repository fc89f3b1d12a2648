import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { clearIncoming, incomingName } from './incoming-names.js';
import { isMissing, ObjectStoreFull, ObjectTooLarge, storeError, WrongOffset } from './object-store.errors.js';
import type { ArrivalWatch, Resumption } from './objects.js';
import { receiveFile } from './receive-file.js';
import { type UnfinishedName, UnfinishedObjects } from './unfinished-objects.js';
import { WriteBack } from './write-back.js';

const UNFINISHED_LIMITS = { bytesPerOwner: 16 * 1024 ** 3, oldestMs: 24 * 3_600_000 };
const SWEEP_EVERY_MS = 3_600_000;

export interface IncomingFile {
  readonly path: string;
  /** Open for reading. */
  readonly file: FileHandle;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Resolves when all of it is on the disk. */
  durable(): Promise<void>;
  /** Closes and removes it, unless it has got another name meanwhile. */
  discard(): Promise<void>;
}

/** Where objects wait on this machine's disk until they are whole and known: below one folder, `incoming` and `unfinished`. */
export class IncomingFiles {
  private readonly unfinished: UnfinishedObjects;
  private readonly folder: string;
  private sweeping: NodeJS.Timeout | undefined;

  /** @param isKeptHere whether what is received stays on this disk */
  constructor(
    folder: string,
    private readonly isKeptHere: boolean,
  ) {
    this.folder = join(folder, 'incoming');
    this.unfinished = new UnfinishedObjects(join(folder, 'unfinished'), UNFINISHED_LIMITS);
  }

  /** Removes or lays by what was on its way in to processes before this one; what another one receives meanwhile stays. */
  async begin(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await this.sweep();
    const sweep = () => void this.sweep().catch(() => {});
    this.sweeping = setInterval(sweep, SWEEP_EVERY_MS).unref();
  }

  unfinishedBytes(unfinished: UnfinishedName): Promise<number> {
    return this.unfinished.sizeOf(unfinished);
  }

  /** @throws ObjectTooLarge, ObjectStoreFull, WrongOffset, and what the source throws, of which then is laid by what came */
  async receive(
    source: AsyncIterable<Uint8Array>,
    limitBytes: number,
    resumption?: Resumption,
    watch?: ArrivalWatch,
  ): Promise<IncomingFile> {
    const path = join(this.folder, incomingName(randomUUID(), resumption?.unfinished));
    const file = await this.fileFor(path, resumption);
    const discard = async () => {
      await file.close().catch(() => {});
      await rm(path, { force: true });
    };
    const writeBack = new WriteBack(file);
    try {
      await watch?.begins(path);
      const received = await receiveFile(file, source, limitBytes, watch, this.isKeptHere ? writeBack : undefined);
      return { path, file, ...received, durable: () => writeBack.end(), discard };
    } catch (error) {
      const problem = storeError(error);
      const isUseless = problem instanceof ObjectTooLarge || problem instanceof ObjectStoreFull || writeBack.hasFailed;
      if (resumption !== undefined && !isUseless) await this.unfinished.layBy(path, resumption.unfinished);
      await discard();
      throw problem;
    }
  }

  /** A new, empty file of no name that counts. @throws ObjectStoreFull */
  async create(): Promise<{ path: string; file: FileHandle }> {
    const path = join(this.folder, incomingName(randomUUID()));
    return { path, file: await create(path) };
  }

  close(): void {
    clearInterval(this.sweeping);
  }

  private async sweep(): Promise<void> {
    await clearIncoming(this.folder, this.unfinished, Date.now());
    await this.unfinished.sweep(Date.now());
  }

  private async fileFor(path: string, resumption: Resumption | undefined): Promise<FileHandle> {
    if (resumption === undefined || resumption.from === 0) return create(path);
    const { unfinished, from } = resumption;
    const isThere = await this.unfinished.take(unfinished, path);
    if (isThere && (await stat(path)).size >= from) {
      await truncate(path, from);
      return open(path, 'r+');
    }
    if (isThere) await this.unfinished.layBy(path, unfinished);
    throw new WrongOffset(`The object does not go on at ${from}`);
  }
}

async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx+');
  } catch (error) {
    if (!isMissing(error)) throw storeError(error);
    await mkdir(dirname(path), { recursive: true });
    return open(path, 'wx+');
  }
}
