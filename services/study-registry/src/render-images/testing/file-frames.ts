import { readFile } from 'node:fs/promises';
import { dicomJsonOf, encapsulatedFrames, type ParsedHeader, readHeader } from '@yinglian/dicom';
import type { FrameSource } from '../frame-source.js';
import { describeImage } from '../image-description.js';
import { nativeFrameRange } from '../native-frame-range.js';

/** A frame of a Part 10 file, read as the registry reads it. */
export async function frameOfFile(path: string, frameNumber = 1): Promise<FrameSource> {
  return frameOf(await readFile(path), frameNumber);
}

export async function frameOf(file: Buffer, frameNumber = 1): Promise<FrameSource> {
  const read = async (position: number, length: number) => file.subarray(position, position + length);
  const header = await readHeader(file.length, read);
  const metadata = dicomJsonOf(header);
  const { transferSyntaxUid } = header;
  return {
    transferSyntaxUid,
    metadata,
    frameNumber,
    readBulk: async (tag) => bulkOf(header, tag),
    readFrame: async () => {
      const fragments = (await encapsulatedFrames(header, file.length, read))[frameNumber - 1];
      if (fragments !== undefined) {
        return Buffer.concat(fragments.map(([offset, length]) => file.subarray(offset, offset + length)));
      }
      const image = describeImage(transferSyntaxUid, metadata, frameNumber);
      if (image === null || header.pixelData === null) return Buffer.alloc(0);
      const range = nativeFrameRange(image, frameNumber);
      const start = header.pixelData.offset + range.offset;
      return Buffer.from(header.bytes.length > file.length ? header.bytes : file).subarray(start, start + range.length);
    },
  };
}

function bulkOf({ dataSet }: ParsedHeader, tag: string): Buffer {
  const element = dataSet.elements[`x${tag.toLowerCase()}`];
  return element === undefined
    ? Buffer.alloc(0)
    : Buffer.from(dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length));
}
