import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type PackInstance, packEnding } from '@yinglian/dicom';
import type { StoredInstance } from '../storage/segment.js';
import type { SealedPack } from './pack-assembler.js';

const PIECE_BYTES = 256 * 1024;
/** Memory is used in turn: new memory for all that is uploaded keeps the garbage collector busy beside the receiving. */
const PIECES_IN_USE = 4;

/** The spool cannot be read: this is no matter of the province. */
export class SpoolReadError extends Error {
  override readonly name = 'SpoolReadError';
}

/** The bytes of a pack, read from the spool each time they are needed: a pack is never in memory, nor a second time on disk. */
export class PackContent {
  private constructor(
    private readonly instances: readonly StoredInstance[],
    private readonly ending: Buffer,
    readonly length: number,
    /** SHA-256 of all bytes, the pack's name. */
    readonly digest: string,
  ) {}

  static async of(
    { studyInstanceUid, seriesInstanceUid, instances }: SealedPack,
    hospital: string,
  ): Promise<PackContent> {
    const listed: PackInstance[] = [];
    let offset = 0;
    for (const instance of instances) {
      listed.push(entryOf(instance, offset));
      offset += instance.length;
    }
    const ending = packEnding({ version: 1, hospital, studyInstanceUid, seriesInstanceUid, instances: listed });
    const hash = createHash('sha256');
    for await (const piece of bytesOf(instances, ending)) hash.update(piece);
    return new PackContent(instances, ending, offset + ending.length, hash.digest('hex'));
  }

  /** Reads ahead by one piece. A piece is valid until the fourth one after it. */
  read(): Readable {
    return Readable.from(bytesOf(this.instances, this.ending), { objectMode: false, highWaterMark: 1 });
  }
}

const entryOf = (instance: StoredInstance, offset: number): PackInstance => ({
  sopInstanceUid: instance.sopInstanceUid,
  sopClassUid: instance.sopClassUid,
  transferSyntaxUid: instance.transferSyntaxUid,
  offset,
  length: instance.length,
  dataSetOffset: instance.dataSetOffset,
  dataSetSha256: instance.dataSetSha256,
  receivedAt: instance.receivedAt,
  callingAeTitle: instance.callingAeTitle,
  via: instance.via,
});

async function* bytesOf(instances: readonly StoredInstance[], ending: Buffer): AsyncGenerator<Buffer> {
  const memory = Array.from({ length: PIECES_IN_USE }, () => Buffer.allocUnsafeSlow(PIECE_BYTES));
  let path = '';
  let handle: FileHandle | undefined;
  try {
    for (const { segment, position, length } of instances) {
      if (segment.path !== path || handle === undefined) {
        await handle?.close();
        path = segment.path;
        handle = await open(path, 'r');
      }
      yield* piecesOf(handle, position, length, memory);
    }
  } catch (error) {
    throw new SpoolReadError('A segment of the spool cannot be read', { cause: error });
  } finally {
    await handle?.close();
  }
  yield ending;
}

async function* piecesOf(
  handle: FileHandle,
  position: number,
  length: number,
  memory: Buffer[],
): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; ) {
    const piece = memory.shift();
    if (piece === undefined) return;
    memory.push(piece);
    const { bytesRead } = await handle.read(piece, 0, Math.min(PIECE_BYTES, length - at), position + at);
    if (bytesRead === 0) throw new Error('The spool is shorter than its records say');
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}
