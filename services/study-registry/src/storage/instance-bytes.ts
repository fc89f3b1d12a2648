import { Injectable } from '@nestjs/common';
import { type ByteRange, DEFLATED_LITTLE_ENDIAN, type ParsedHeader, parseHeader, readHeader } from '@yinglian/dicom';
import { FileObjectStore } from '@yinglian/objects';
import { packKey } from './pack-index.js';
import type { StoredInstance } from './study-contents.js';

const PIECE_BYTES = 1024 * 1024;

/** Reads what packs hold. Ranges count from the start of the instance's Part 10 file. */
@Injectable()
export class InstanceBytes {
  constructor(private readonly objects: FileObjectStore) {}

  /** The file as it was received, piece by piece. */
  file(instance: StoredInstance): AsyncGenerator<Buffer> {
    return this.pieces(instance, [[0, instance.length]]);
  }

  /** Ranges of pixel data, piece by piece. In a deflated data set they count from the inflated one's start. */
  async *pixels(instance: StoredInstance, ranges: readonly ByteRange[]): AsyncGenerator<Buffer> {
    if (instance.transferSyntaxUid !== DEFLATED_LITTLE_ENDIAN) {
      yield* this.pieces(instance, ranges);
      return;
    }
    const { bytes } = parseHeader(await this.read(instance, 0, instance.length));
    for (const [offset, length] of ranges) yield Buffer.from(bytes.subarray(offset, offset + length));
  }

  /** The elements before the pixel data. */
  header(instance: StoredInstance): Promise<ParsedHeader> {
    return readHeader(instance.length, (position, length) => this.read(instance, position, length));
  }

  /** The value of an element that is no sequence, by its tag `GGGGEEEE`; undefined when it is absent or empty. */
  async element(instance: StoredInstance, tag: string): Promise<Buffer | undefined> {
    return elementValue(await this.header(instance), tag);
  }

  private read({ digest, offset }: StoredInstance, position: number, length: number): Promise<Buffer> {
    return this.objects.read(packKey(digest), offset + position, length);
  }

  private async *pieces({ digest, offset }: StoredInstance, ranges: readonly ByteRange[]): AsyncGenerator<Buffer> {
    const pack = await this.objects.open(packKey(digest));
    try {
      for (const [start, length] of ranges) {
        for (let at = 0; at < length; at += PIECE_BYTES) {
          yield await pack.read(offset + start + at, Math.min(PIECE_BYTES, length - at));
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
