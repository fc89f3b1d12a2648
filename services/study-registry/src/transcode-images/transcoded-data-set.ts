import { inExplicitLittleEndian } from '@yinglian/dicom';
import type { InstanceBytes } from '../storage/instance-bytes.js';
import type { StoredInstance } from '../storage/study-contents.js';
import type { TargetSyntax } from './encode/target-syntaxes.js';
import { describedAnew } from './image-elements.js';
import { imageRefusal } from './image-refusal.js';
import { encapsulatedPixelData, nativePixelData } from './pixel-data.js';
import { openStoredImage, type StoredImage, storedDataSet } from './stored-image.js';
import { transcodedFrames } from './transcoded-frames.js';
import { untranscodable } from './untranscodable.js';

const LONG_HEAD_BYTES = 12;
const SHORT_HEAD_BYTES = 8;
const ITEM_HEAD_BYTES = 8;
const ITEM_TAG = 0xe000fffe;
const LONGEST_ENDING_BYTES = 16 * 1024 * 1024;

/**
 * The data set in explicit VR little endian, its pixels as the target says. Nothing is yielded before the first frame is made.
 * Throws TRANSCODING_UNSUPPORTED, or a NotTranscodable when the data set cannot be read.
 */
export function transcodedDataSet(
  bytes: InstanceBytes,
  instance: StoredInstance,
  target: TargetSyntax,
): AsyncGenerator<Buffer> {
  const isPlain = instance.pixels === null || instance.pixels.length !== null;
  return isPlain && target.isNative
    ? inExplicitLittleEndian(storedDataSet(bytes, instance), instance.transferSyntaxUid)
    : withOtherPixels(bytes, instance, target);
}

async function* withOtherPixels(bytes: InstanceBytes, instance: StoredInstance, target: TargetSyntax) {
  const stored = await openStoredImage(bytes, instance);
  const { image, header } = stored;
  const frames = instance.numberOfFrames;
  const refusal = imageRefusal(image, header, frames, target);
  if (refusal !== undefined) throw untranscodable(refusal);
  const numbers = Array.from({ length: frames }, (_, index) => index + 1);
  const made = transcodedFrames(stored, numbers, target);
  const first = await made.next();
  if (first.done === true) throw untranscodable('It has no frames');
  const { photometric } = first.value;
  yield describedAnew(await elementsBefore(stored), image, photometric, target);
  const given = following(first.value, made);
  yield* target.isNative ? nativePixelData(image, frames, given) : encapsulatedPixelData(frames, given);
  yield* elementsAfter(stored, instance);
}

async function* following<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* others;
}

async function elementsBefore({ header, read }: StoredImage): Promise<Buffer> {
  const { pixelData, dataSetOffset, transferSyntaxUid } = header;
  const headBytes = transferSyntaxUid === '1.2.840.10008.1.2' ? SHORT_HEAD_BYTES : LONG_HEAD_BYTES;
  const end = (pixelData?.offset ?? 0) - headBytes;
  const pieces: Buffer[] = [];
  const elements = async function* () {
    yield await read(dataSetOffset, end - dataSetOffset);
  };
  for await (const piece of inExplicitLittleEndian(elements(), transferSyntaxUid)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** What follows the pixels, for instance Data Set Trailing Padding (FFFC,FFFC) and digital signatures (FFFA,FFFA). */
async function* elementsAfter(stored: StoredImage, instance: StoredInstance): AsyncGenerator<Buffer> {
  const { header, read, sizeBytes } = stored;
  const { pixelData } = header;
  if (pixelData === null) return;
  const from =
    pixelData.length === undefined ? await endOfFragments(stored, instance) : pixelData.offset + pixelData.length;
  if (from >= sizeBytes) return;
  if (sizeBytes - from > LONGEST_ENDING_BYTES) throw untranscodable('More than 16 MiB follow its pixels');
  const elements = async function* () {
    yield await read(from, sizeBytes - from);
  };
  yield* inExplicitLittleEndian(elements(), header.transferSyntaxUid);
}

/** Behind the delimiter of the fragments; the file's end when there is none. */
async function endOfFragments({ read, sizeBytes, header }: StoredImage, { pixels }: StoredInstance): Promise<number> {
  const [offset, length] = pixels?.frames?.at(-1)?.at(-1) ?? [header.pixelData?.offset ?? sizeBytes, 0];
  for (let at = offset + length + (length % 2); at + ITEM_HEAD_BYTES <= sizeBytes; ) {
    const head = await read(at, ITEM_HEAD_BYTES);
    at += ITEM_HEAD_BYTES;
    if (head.readUInt32LE(0) !== ITEM_TAG) return at;
    at += head.readUInt32LE(4);
  }
  return sizeBytes;
}
