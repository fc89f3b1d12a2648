import { sharedThreads } from '../render-images/threads/shared-threads.js';
import type { TargetSyntax } from './encode/target-syntaxes.js';
import type { EncodedFrame } from './encode/transcode-frame.js';
import type { StoredImage } from './stored-image.js';
import { untranscodable } from './untranscodable.js';

/** One frame in another transfer syntax, once a thread is free. Throws TRANSCODING_UNSUPPORTED. */
export async function transcodedFrame(stored: StoredImage, number: number, target: TargetSyntax) {
  const answer = await sharedThreads.transcode(async () => {
    const { bytes, firstBit } = await stored.frame(number);
    return { image: { ...stored.image, firstBit }, bytes, targetUid: target.uid };
  });
  if ('undecodable' in answer) throw untranscodable(answer.undecodable);
  return answer.encoded;
}

/** Frames in their order; while one is taken, the next is made. */
export async function* transcodedFrames(
  stored: StoredImage,
  numbers: readonly number[],
  target: TargetSyntax,
): AsyncGenerator<EncodedFrame> {
  const make = (at: number) => {
    const number = numbers[at];
    const making = number === undefined ? undefined : transcodedFrame(stored, number, target);
    // It may fail when nobody waits for it any more.
    making?.catch(() => undefined);
    return making;
  };
  let next = make(0);
  for (let at = 0; next !== undefined; at += 1) {
    const frame = await next;
    next = make(at + 1);
    yield frame;
  }
}
