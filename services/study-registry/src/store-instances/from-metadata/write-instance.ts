import {
  type BulkDataPlace,
  bytesOfValue,
  type DicomJson,
  dataSetOfJson,
  EXPLICIT_LITTLE_ENDIAN,
  fileMeta,
  headOf,
  paddingOf,
  STATUS,
} from '@yinglian/dicom';
import type { BulkData } from './bulk-data.js';
import { framesOf, videoOf } from './encapsulated-pixels.js';
import { IMAGE, PIXELS } from './instance-draft.js';
import { nativePixels } from './native-pixels.js';
import { NotWritable } from './not-writable.js';
import { describedBy, pixelDescription } from './pixel-description.js';
import { type PixelMedia, pixelMediaOf, typeOf } from './pixel-media.js';
import type { WaitingInstance } from './waiting-instance.js';

interface WrittenPixels {
  readonly transferSyntaxUid: string;
  readonly image: DicomJson;
  pieces(): AsyncIterable<Buffer>;
}

const PIXEL_DATA = 0x7fe00010;
const LONGEST_VALUE_BYTES = 0xfffffffe;

/** The Part 10 file of an instance whose bulk data came (PS3.10 section 7). @throws NotWritable */
export async function* writeInstance(instance: WaitingInstance): AsyncGenerator<Buffer> {
  const pixels = await pixelsOf(instance);
  yield fileMeta({ ...instance.named, transferSyntaxUid: pixels?.transferSyntaxUid ?? EXPLICIT_LITTLE_ENDIAN });
  let at = 0;
  for (const piece of instance.layout) {
    if (typeof piece === 'number') {
      yield* instance.bytes.pieces(at, piece);
      at += piece;
    } else if (piece === IMAGE) {
      yield* dataSetOfJson(pixels?.image ?? instance.image).filter(Buffer.isBuffer);
    } else if (piece === PIXELS) {
      if (pixels !== undefined) yield* pixels.pieces();
    } else yield* elementOf(piece, instance.given.get(piece.uri));
  }
}

/** An element whose value is bulk data, as it came. */
async function* elementOf({ tag, vr }: BulkDataPlace, bulk: BulkData | undefined): AsyncGenerator<Buffer> {
  if (bulk === undefined) throw new NotWritable(STATUS.dataSetDoesNotMatch, 'Bulk data did not come');
  const { sizeBytes } = bulk.bytes;
  const isNative = tag !== PIXEL_DATA || pixelMediaOf(bulk.contentType).kind === 'native';
  if (!isNative || sizeBytes % bytesOfValue(vr) !== 0) {
    throw new NotWritable(STATUS.dataSetDoesNotMatch, `Bulk data is no value of ${typeOf(bulk.contentType)}`);
  }
  const padding = Buffer.alloc(sizeBytes % 2, paddingOf(vr));
  if (sizeBytes > LONGEST_VALUE_BYTES) throw new NotWritable(STATUS.outOfResources, 'Bulk data is too long');
  yield headOf(tag, vr, sizeBytes + padding.length);
  yield* bulk.bytes.pieces();
  if (padding.length > 0) yield padding;
}

/** Undefined of what has no pixels, or has them in its metadata. */
async function pixelsOf(instance: WaitingInstance): Promise<WrittenPixels | undefined> {
  const { pixels, image, frames } = instance;
  if (pixels === undefined) return undefined;
  const whole = instance.given.get(pixels.uri);
  const parts = whole === undefined ? frames : [whole];
  const [first] = parts;
  if (first === undefined) throw new NotWritable(STATUS.dataSetDoesNotMatch, 'Pixel data did not come');
  const media = pixelMediaOf(first.contentType);
  if (parts.some(({ contentType }) => !isLike(pixelMediaOf(contentType), media))) {
    throw new NotWritable(STATUS.dataSetDoesNotMatch, 'The frames are of several media types');
  }
  if (media.kind === 'native') return native(pixels.vr, parts, describedBy(image, undefined));
  const written = media.kind === 'video' ? videoOf(media.transferSyntaxUid, first) : await framesOf(media, parts);
  return { ...written, image: describedBy(image, written.image) };
}

const isLike = (one: PixelMedia, other: PixelMedia) => JSON.stringify(one) === JSON.stringify(other);

function native(vr: string, parts: readonly BulkData[], image: DicomJson): WrittenPixels {
  const length = parts.reduce((sum, { bytes }) => sum + bytes.sizeBytes, 0);
  const { head, padding } = nativePixels(vr, length, pixelDescription(image));
  return {
    transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN,
    image,
    async *pieces() {
      yield head;
      for (const { bytes } of parts) yield* bytes.pieces();
      if (padding.length > 0) yield padding;
    },
  };
}
