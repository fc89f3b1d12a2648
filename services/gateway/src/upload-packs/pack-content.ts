import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type NamedBytes, type PackInstance, packEnding } from '@yinglian/dicom';
import type { StoredInstance } from '../storage/segment.js';
import { SpoolReader } from '../storage/spool-reader.js';
import type { SealedPack } from './pack-assembler.js';

/** The bytes of a pack, read from the spool each time they are needed: a pack is never in memory, nor a second time on disk. */
export class PackContent {
  private constructor(
    private readonly instances: readonly StoredInstance[],
    private readonly ending: Buffer,
    readonly length: number,
    /** SHA-256 of all bytes, the pack's name. */
    readonly digest: string,
    /** The spool does not give back what was received. */
    readonly isDamaged: boolean,
    /** The instances by their UIDs and bytes, in the order of the pack. */
    readonly named: readonly NamedBytes[],
  ) {}

  /** Reads the instances once, for their digests and the pack's. Throws a SpoolReadError. */
  static async of(
    { studyInstanceUid, seriesInstanceUid, instances }: SealedPack,
    hospital: string,
  ): Promise<PackContent> {
    const reader = new SpoolReader();
    const pack = createHash('sha256');
    const listed: PackInstance[] = [];
    let offset = 0;
    let isDamaged = false;
    try {
      for (const instance of instances) {
        const dataSet = createHash('sha256');
        let sum = 0;
        let at = 0;
        for await (const piece of reader.pieces(instance)) {
          pack.update(piece);
          dataSet.update(piece.subarray(Math.max(0, instance.dataSetOffset - at)));
          sum = crc32(piece, sum);
          at += piece.length;
        }
        isDamaged ||= sum !== instance.crc32;
        listed.push(entryOf(instance, offset, dataSet.digest('hex')));
        offset += instance.length;
      }
    } finally {
      await reader.closeAfterUse();
    }
    const ending = packEnding({ version: 1, hospital, studyInstanceUid, seriesInstanceUid, instances: listed });
    const digest = pack.update(ending).digest('hex');
    return new PackContent(instances, ending, offset + ending.length, digest, isDamaged, listed);
  }

  /** Reads ahead by one piece. Fails with a SpoolReadError. */
  read(): Readable {
    return streamOf(this.pieces());
  }

  /** Its bytes from one of them on. Throws a SpoolReadError. */
  pieces(from = 0): AsyncGenerator<Buffer> {
    return bytesOf(this.instances, this.ending, from);
  }
}

const entryOf = (instance: StoredInstance, offset: number, dataSetSha256: string): PackInstance => ({
  sopInstanceUid: instance.sopInstanceUid,
  sopClassUid: instance.sopClassUid,
  transferSyntaxUid: instance.transferSyntaxUid,
  offset,
  length: instance.length,
  dataSetOffset: instance.dataSetOffset,
  dataSetSha256,
  receivedAt: instance.receivedAt,
  callingAeTitle: instance.callingAeTitle,
  via: instance.via,
});

/** Reads ahead by one piece. */
export const streamOf = (pieces: AsyncIterable<Buffer>): Readable =>
  Readable.from(pieces, { objectMode: false, highWaterMark: 1 });

async function* bytesOf(instances: readonly StoredInstance[], ending: Buffer, from: number): AsyncGenerator<Buffer> {
  const reader = new SpoolReader();
  let skip = from;
  try {
    for (const instance of instances) {
      if (skip < instance.length) yield* reader.pieces(instance, skip);
      skip = Math.max(0, skip - instance.length);
    }
  } finally {
    await reader.close();
  }
  yield ending.subarray(skip);
}
