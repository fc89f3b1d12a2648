import { STATUS, writeEncapsulated } from '@yinglian/dicom';
import type { BulkData } from './bulk-data.js';
import type { CodedImage, Codestream } from './codestream.js';
import { NotWritable } from './not-writable.js';
import type { PixelMedia } from './pixel-media.js';

/** What tells what a frame is stands at its beginning. */
const HEAD_BYTES = 1024 * 1024;
const MOST_PIXEL_BYTES = 0xfffffffe;

export interface EncapsulatedPixels {
  readonly transferSyntaxUid: string;
  readonly image: CodedImage | undefined;
  pieces(): AsyncGenerator<Buffer>;
}

interface Fragment {
  readonly bulk: BulkData;
  readonly from: number;
  readonly length: number;
}

type FrameMedia = Extract<PixelMedia, { kind: 'frame' }>;

/** Frames, a fragment each (PS3.5 section A.4), all of them as the first one is. @throws NotWritable */
export async function framesOf(media: FrameMedia, frames: readonly BulkData[]): Promise<EncapsulatedPixels> {
  const codestreams: Codestream[] = [];
  for (const { bytes } of frames) {
    const codestream = media.read(await bytes.read(0, HEAD_BYTES), bytes.sizeBytes);
    if (!isLike(codestream, codestreams[0])) {
      throw new NotWritable(STATUS.dataSetDoesNotMatch, 'The frames are of several kinds');
    }
    codestreams.push(codestream);
  }
  const transferSyntaxUid = codestreams
    .map(({ transferSyntaxUids }) => transferSyntaxUids)
    .reduce((common, each) => common.filter((uid) => each.includes(uid)))
    .find((uid) => media.transferSyntaxUids.includes(uid));
  if (transferSyntaxUid === undefined) {
    throw new NotWritable(
      STATUS.cannotUnderstand,
      'The frames are not of the transfer syntax that they are said to be',
    );
  }
  const fragments = frames.map((bulk, at) => ({ bulk, from: 0, length: bulk.bytes.sizeBytes, ...codestreams[at] }));
  return { transferSyntaxUid, image: codestreams[0]?.image, pieces: () => encapsulated(fragments, frames.length > 1) };
}

/** All frames in one fragment. */
export function videoOf(transferSyntaxUid: string, bulk: BulkData): EncapsulatedPixels {
  const fragment = { bulk, from: 0, length: bulk.bytes.sizeBytes };
  return { transferSyntaxUid, image: undefined, pieces: () => encapsulated([fragment], false) };
}

function isLike({ image }: Codestream, first: Codestream | undefined): boolean {
  return (
    first === undefined ||
    (image?.rows === first.image?.rows &&
      image?.columns === first.image?.columns &&
      image?.samplesPerPixel === first.image?.samplesPerPixel &&
      image?.bits === first.image?.bits)
  );
}

async function* encapsulated(fragments: readonly Fragment[], isMultiFrame: boolean): AsyncGenerator<Buffer> {
  const lengths = fragments.map(({ length }) => length);
  if (lengths.reduce((sum, length) => sum + length + 9, 0) > MOST_PIXEL_BYTES) {
    throw new NotWritable(STATUS.outOfResources, 'The pixels are too long');
  }
  const written = writeEncapsulated(lengths, isMultiFrame);
  yield written.begin;
  for (const { bulk, from, length } of fragments) {
    const { head, padding } = written.fragment(length);
    yield head;
    yield* bulk.bytes.pieces(from, length);
    if (padding.length > 0) yield padding;
  }
  yield written.end;
}
