import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Database } from '@yinglian/persistence';
import type { LinkBatch } from '../link-patients/link-batch.js';
import { beginLoad, finishLoad, keepPosition, type LoadKey, type LoadPosition } from '../storage/patient-load.store.js';
import { type Line, readLines } from './read-lines.js';
import { readRecord } from './read-record.js';
import { type RefusedLine, RefusedLines } from './refused-lines.js';

/** Each patient and number is locked until the batch ends: two batches stay within the locks that a PostgreSQL keeps as it comes. */
const LINES_AT_ONCE = 1_000;
const TRIES = 5;
const DEADLOCK = '40P01';

export interface MasterFile {
  readonly hospital: string;
  readonly path: string;
}

/** Told after each batch, and once at the beginning with what is done already. */
export type OnProgress = (file: MasterFile, position: LoadPosition) => void;

/** Loads one file from where it stopped. Its patients are told to nobody. */
export class LoadFile {
  constructor(
    private readonly database: Database,
    private readonly linkBatch: LinkBatch,
  ) {}

  async execute(file: MasterFile, onProgress: OnProgress, signal: AbortSignal): Promise<void> {
    const key = { hospital: file.hospital, sha256: await digestOf(file.path) };
    const writtenAt = (await stat(file.path)).mtime.toISOString();
    let position = await beginLoad(this.database, key, new Date());
    const refusedLines = await RefusedLines.open(`${file.path}.refused`, position.lines);
    onProgress(file, position);
    for await (const lines of readLines(file.path, position, LINES_AT_ONCE)) {
      signal.throwIfAborted();
      position = await this.loadLines(lines, key, position, writtenAt, refusedLines);
      onProgress(file, position);
    }
    await finishLoad(this.database, key, new Date());
  }

  private async loadLines(
    lines: readonly Line[],
    key: LoadKey,
    before: LoadPosition,
    writtenAt: string,
    refusedLines: RefusedLines,
  ): Promise<LoadPosition> {
    const refused: RefusedLine[] = [];
    const patients = lines.filter(isWritten).flatMap((line) => {
      const read = readRecord(line.bytes, key.hospital, writtenAt);
      if (!('code' in read)) return read;
      refused.push({ line, refusal: read });
      return [];
    });
    await refusedLines.add(refused);
    const last = lines.at(-1);
    const position = {
      nextByte: last?.nextByte ?? before.nextByte,
      lines: last?.number ?? before.lines,
      refused: before.refused + refused.length,
    };
    await triedAgain(() =>
      this.database.transaction(async (tx) => {
        // What a crash of the database takes back, the position goes back with.
        await tx.query('SET LOCAL synchronous_commit = off');
        const now = new Date();
        const linking = await this.linkBatch.decide(tx, patients, now, 0);
        await this.linkBatch.keep(tx, linking, now);
        await this.linkBatch.mergePersons(tx, linking, now);
        await keepPosition(tx, key, position);
      }),
    );
    return position;
  }
}

const isWritten = ({ bytes }: Line): boolean => bytes === null || bytes.some((byte) => byte !== 0x0d && byte !== 0x20);

async function digestOf(path: string): Promise<Buffer> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1_048_576 }), hash);
  return hash.digest();
}

/** Persons of one group may be merged in two batches at once; the database lets one of the two go on. */
async function triedAgain(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const isDeadlock = error instanceof Error && 'code' in error && error.code === DEADLOCK;
      if (!isDeadlock || tries === TRIES) throw error;
    }
  }
}
