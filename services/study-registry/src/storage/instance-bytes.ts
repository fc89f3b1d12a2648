import { Inject, Injectable } from '@nestjs/common';
import { type ByteRange, DEFLATED_LITTLE_ENDIAN, type ParsedHeader, parseHeader, readHeader } from '@yinglian/dicom';
import { DamageReports, type ReportsDamage, readingPack } from './damage-reports.js';
import { PackSource } from './pack-source.js';
import { PacksInTurn } from './packs-in-turn.js';
import type { StoredInstance } from './study-contents.js';

/** Reads what packs hold. Ranges count from the start of the instance's Part 10 file. Throws INSTANCE_DAMAGED, which is reported. */
@Injectable()
export class InstanceBytes {
  constructor(
    private readonly packs: PackSource,
    @Inject(DamageReports) private readonly reports: ReportsDamage,
  ) {}

  /** Whether they can be read without waiting for the hospital. */
  areHere({ digest }: StoredInstance): Promise<boolean> {
    return this.packs.isHere(digest);
  }

  /** Which of these have to be waited for: they are asked of their hospitals. */
  async askFor(instances: readonly StoredInstance[]): Promise<ReadonlySet<StoredInstance>> {
    const asked = await this.packs.askFor(instances.map(({ digest }) => digest));
    return new Set(instances.filter(({ digest }) => asked.has(digest)));
  }

  /** The file as it was received, or some of it, in pieces that `scratch` holds one after the other. */
  file(
    instance: StoredInstance,
    scratch: Buffer,
    ranges: readonly ByteRange[] = [[0, instance.length]],
  ): AsyncGenerator<Buffer> {
    return this.pieces(instance, ranges, scratch);
  }

  /** Packs for an answer that reads them one behind the other; to be released when it ends. */
  inTurn(): PacksInTurn {
    return new PacksInTurn(this.packs, this.reports);
  }

  /** Ranges of pixel data, likewise. In a deflated data set they count from the inflated one's start. */
  async *pixelPieces(instance: StoredInstance, ranges: readonly ByteRange[], scratch: Buffer): AsyncGenerator<Buffer> {
    if (instance.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN) yield this.inflated(instance, ranges);
    else yield* this.pieces(instance, ranges, scratch);
  }

  /** Ranges of pixel data, joined. */
  async pixels(instance: StoredInstance, ranges: readonly ByteRange[]): Promise<Buffer> {
    if (instance.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN) return this.inflated(instance, ranges);
    return Buffer.concat(await Promise.all(ranges.map(([offset, length]) => this.read(instance, offset, length))));
  }

  /** The elements before the pixel data. */
  header(instance: StoredInstance): Promise<ParsedHeader> {
    return readingPack(instance.digest, this.reports, () =>
      readHeader(instance.length, (position, length) => this.read(instance, position, length)),
    );
  }

  /** The value of an element that is no sequence, by its tag `GGGGEEEE`; undefined when it is absent or empty. */
  async element(instance: StoredInstance, tag: string): Promise<Buffer | undefined> {
    return elementValue(await this.header(instance), tag);
  }

  private read(instance: StoredInstance, position: number, length: number): Promise<Buffer> {
    const { digest, offset } = instance;
    return readingPack(digest, this.reports, async () => {
      const pack = await this.packs.open(digest);
      try {
        await pack.whole(offset + instance.length);
        return await pack.read(offset + position, length);
      } finally {
        pack.release();
      }
    });
  }

  private async inflated(instance: StoredInstance, ranges: readonly ByteRange[]): Promise<Buffer> {
    const { bytes } = parseHeader(await this.read(instance, 0, instance.length));
    return Buffer.concat(ranges.map(([offset, length]) => bytes.subarray(offset, offset + length)));
  }

  /** The last piece is given when the whole file is known to be right: what is not never looks complete. */
  private async *pieces(instance: StoredInstance, ranges: readonly ByteRange[], scratch: Buffer) {
    const { digest, offset } = instance;
    const pack = await readingPack(digest, this.reports, () => this.packs.open(digest));
    try {
      for (const [index, [start, length]] of ranges.entries()) {
        for (let at = 0; at < length; at += scratch.length) {
          const piece = scratch.subarray(0, length - at);
          const isLast = index === ranges.length - 1 && at + piece.length === length;
          if (isLast) await pack.whole(offset + instance.length);
          await readingPack(digest, this.reports, () => pack.readInto(piece, offset + start + at));
          yield piece;
        }
      }
    } finally {
      pack.release();
    }
  }
}

export function elementValue({ dataSet }: ParsedHeader, tag: string): Buffer | undefined {
  const element = dataSet.elements[`x${tag.toLowerCase()}`];
  if (element === undefined || element.items !== undefined || element.length === 0) return undefined;
  return Buffer.from(dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length));
}
