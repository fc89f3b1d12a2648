import {
  type ByteRange,
  DEFLATED_LITTLE_ENDIAN,
  dicomJsonOf,
  EXPLICIT_LITTLE_ENDIAN,
  fileMeta,
  inExplicitLittleEndian,
  type ParsedHeader,
  readHeader,
} from '@yinglian/dicom';
import { describeImage, type ImageDescription } from '../render-images/image-description.js';
import { nativeFrameRange } from '../render-images/native-frame-range.js';
import type { InstanceBytes } from '../storage/instance-bytes.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { untranscodable } from './untranscodable.js';

const LONGEST_INFLATED_BYTES = 256 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;

/** A stored image, read frame by frame. Offsets count from the start of its Part 10 file. */
export interface StoredImage {
  readonly image: ImageDescription;
  readonly header: ParsedHeader;
  readonly sizeBytes: number;
  read(position: number, length: number): Promise<Buffer>;
  /** One of its frames, counted from 1, and where its bits begin in these bytes. */
  frame(number: number): Promise<{ readonly bytes: Buffer; readonly firstBit: number }>;
}

/** Throws TRANSCODING_UNSUPPORTED when it is no image. */
export async function openStoredImage(bytes: InstanceBytes, instance: StoredInstance): Promise<StoredImage> {
  const file = instance.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN ? await inflatedFile(bytes, instance) : undefined;
  const sizeBytes = file?.length ?? instance.length;
  const read = async (position: number, length: number) =>
    file?.subarray(position, position + length) ?? bytes.pixels(instance, [[position, length]]);
  const header = await readHeader(sizeBytes, read);
  const image = describeImage(header.transferSyntaxUid, dicomJsonOf(header), 1);
  const { pixelData } = header;
  if (image === null || pixelData === null) throw untranscodable('It has no pixel data of integers');
  const fragments = instance.pixels?.frames;
  return {
    image,
    header,
    sizeBytes,
    read,
    frame: async (number) => {
      if (pixelData.length === undefined) return { bytes: await joined(read, fragments?.[number - 1]), firstBit: 0 };
      const { offset, length, firstBit } = nativeFrameRange(image, number);
      const there = Math.min(length, Math.max(pixelData.length - offset, 0));
      return { bytes: await read(pixelData.offset + offset, there), firstBit };
    },
  };
}

async function joined(read: StoredImage['read'], ranges: readonly Readonly<ByteRange>[] | undefined): Promise<Buffer> {
  if (ranges === undefined) throw untranscodable('Its frames cannot be told apart');
  return Buffer.concat(await Promise.all(ranges.map(([offset, length]) => read(offset, length))));
}

/** The whole of it: a deflated data set can be read from its beginning only. */
async function inflatedFile(bytes: InstanceBytes, instance: StoredInstance): Promise<Buffer> {
  const { sopClassUid, sopInstanceUid, transferSyntaxUid } = instance;
  const pieces: Buffer[] = [fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN })];
  let sizeBytes = 0;
  for await (const piece of inExplicitLittleEndian(storedDataSet(bytes, instance), transferSyntaxUid)) {
    sizeBytes += piece.length;
    if (sizeBytes > LONGEST_INFLATED_BYTES) throw untranscodable('Its data set is larger than 256 MiB');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The data set as it is stored, in pieces of their own, which may be kept. */
export async function* storedDataSet(bytes: InstanceBytes, instance: StoredInstance): AsyncGenerator<Buffer> {
  const { dataSetOffset, length } = instance;
  const pieces = bytes.file(instance, Buffer.allocUnsafeSlow(PIECE_BYTES), [[dataSetOffset, length - dataSetOffset]]);
  for await (const piece of pieces) yield Buffer.from(piece);
}
