import { Injectable } from '@nestjs/common';
import {
  EXPLICIT_LITTLE_ENDIAN,
  givableSyntaxes,
  IMPLICIT_LITTLE_ENDIAN,
  inUsualSyntax,
  NotTranscodable,
} from '@yinglian/dicom';
import { isDecodable } from '../../render-images/decode/decode-frame.js';
import { InstanceBytes } from '../../storage/instance-bytes.js';
import type { StoredInstance } from '../../storage/study-contents.js';
import { decompressed } from '../../transcode-images/encode/target-syntaxes.js';
import { transcodedDataSet } from '../../transcode-images/transcoded-data-set.js';
import { isUntranscodable } from '../../transcode-images/untranscodable.js';

const PIECE_BYTES = 256 * 1024;

/**
 * In which transfer syntaxes an instance can be sent, the best first: as it is stored, written anew without touching its pixels, or, where
 * they are compressed, decompressed (ADR 0033). Every workstation takes implicit VR little endian (PS3.5 section 10.1).
 */
export const sendableSyntaxes = (instance: SentInstance): readonly string[] => [
  ...new Set([
    instance.transferSyntaxUid,
    ...givableSyntaxes(instance.transferSyntaxUid),
    ...(isCompressed(instance) && isDecodable(instance.transferSyntaxUid) ? UNCOMPRESSED : []),
  ]),
];

type SentInstance = Pick<StoredInstance, 'transferSyntaxUid' | 'pixels'>;

const UNCOMPRESSED = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN];
/** Its pixels come in fragments, whose length nobody says. */
const isCompressed = ({ pixels }: SentInstance) => pixels !== null && pixels.length === null;

/** Reads instances' data sets piece by piece, as messages carry them. */
@Injectable()
export class InstanceDataSets {
  constructor(private readonly bytes: InstanceBytes) {}

  /** Ready to be sent: its first piece has been read. Undefined when it cannot be written in that syntax. */
  async read(instance: StoredInstance, syntax: string): Promise<AsyncGenerator<Buffer> | undefined> {
    const pieces = this.piecesOf(instance, syntax);
    try {
      const first = await pieces.next();
      return after(first, pieces);
    } catch (error) {
      if (error instanceof NotTranscodable || isUntranscodable(error)) return undefined;
      throw error;
    }
  }

  private piecesOf(instance: StoredInstance, syntax: string): AsyncGenerator<Buffer> {
    const { transferSyntaxUid } = instance;
    if (syntax === transferSyntaxUid) return this.stored(instance);
    if (!isCompressed(instance)) return inUsualSyntax(this.stored(instance), transferSyntaxUid, syntax);
    return inUsualSyntax(transcodedDataSet(this.bytes, instance, decompressed), EXPLICIT_LITTLE_ENDIAN, syntax);
  }

  private async *stored(instance: StoredInstance): AsyncGenerator<Buffer> {
    const { dataSetOffset, length } = instance;
    const scratch = Buffer.allocUnsafe(Math.min(PIECE_BYTES, length));
    // What is read into again is copied: a piece waits for the one that follows it.
    for await (const piece of this.bytes.file(instance, scratch, [[dataSetOffset, length - dataSetOffset]])) {
      yield Buffer.from(piece);
    }
  }
}

async function* after(first: IteratorResult<Buffer>, others: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.done) return;
  yield first.value;
  yield* others;
}
