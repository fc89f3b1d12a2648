import { decodeFrame } from '../../render-images/decode/decode-frame.js';
import { UndecodableFrame } from '../../render-images/decode/decoded-frame.js';
import type { ImageDescription } from '../../render-images/image-description.js';
import { type PlainFrame, plainFrame } from './plain-frame.js';
import { type TargetSyntax, targetSyntaxes } from './target-syntaxes.js';

/** All that a thread needs to encode a frame anew; plain data, so that it can be sent there. */
export interface TranscodeRequest {
  readonly image: ImageDescription;
  readonly bytes: Uint8Array;
  readonly targetUid: string;
}

export interface EncodedFrame {
  readonly bytes: Uint8Array;
  /** Photometric Interpretation of what was encoded. */
  readonly photometric: string;
}

/**
 * Decodes a frame and encodes it in another transfer syntax. What was encoded is decoded again and compared, since nobody else looks
 * at it before somebody reads a finding from it. @throws UndecodableFrame
 */
export async function transcodeFrame({ image, bytes, targetUid }: TranscodeRequest): Promise<EncodedFrame> {
  const target = targetSyntaxes.get(targetUid);
  if (target === undefined) throw new UndecodableFrame(`Nothing is encoded in ${targetUid}`);
  const frame = plainFrame(image, await decodeFrame(image, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)));
  const encoded = await target.encode(frame);
  const photometric = target.photometricOf(frame.photometric);
  if (!target.isNative) await checkSame(frame, { ...image, photometric }, target, encoded);
  return { bytes: encoded, photometric };
}

async function checkSame(frame: PlainFrame, image: ImageDescription, { uid }: TargetSyntax, encoded: Uint8Array) {
  const described = { ...image, transferSyntaxUid: uid, highBit: frame.bits - 1, planar: false };
  const decoded = await decodeFrame(described, Buffer.from(encoded.buffer, encoded.byteOffset, encoded.length));
  const again = plainFrame(described, decoded);
  const isSame = Buffer.compare(again.bytes, frame.bytes) === 0 && again.photometric === frame.photometric;
  if (!isSame) throw new UndecodableFrame('The codec does not give back what it was given');
}
