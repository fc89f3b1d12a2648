import { Injectable } from '@nestjs/common';
import { givableSyntaxes, inUsualSyntax, NotTranscodable } from '@yinglian/dicom';
import { InstanceBytes } from '../../storage/instance-bytes.js';
import type { StoredInstance } from '../../storage/study-contents.js';

const PIECE_BYTES = 256 * 1024;

/** In which transfer syntaxes an instance can be sent, the best first: as it is stored, or written anew without touching its pixels. */
export const sendableSyntaxes = ({
  transferSyntaxUid,
}: Pick<StoredInstance, 'transferSyntaxUid'>): readonly string[] => [
  ...new Set([transferSyntaxUid, ...givableSyntaxes(transferSyntaxUid)]),
];

/** Reads instances' data sets piece by piece, as messages carry them. */
@Injectable()
export class InstanceDataSets {
  constructor(private readonly bytes: InstanceBytes) {}

  /** Ready to be sent: its first piece has been read. Undefined when it cannot be written in that syntax. */
  async read(instance: StoredInstance, syntax: string): Promise<AsyncGenerator<Buffer> | undefined> {
    const stored = this.stored(instance);
    const { transferSyntaxUid } = instance;
    const pieces = syntax === transferSyntaxUid ? stored : inUsualSyntax(stored, transferSyntaxUid, syntax);
    try {
      const first = await pieces.next();
      return after(first, pieces);
    } catch (error) {
      if (error instanceof NotTranscodable) return undefined;
      throw error;
    }
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
