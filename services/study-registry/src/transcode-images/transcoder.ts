import { Injectable } from '@nestjs/common';
import { DEFLATED_LITTLE_ENDIAN, fileMeta, NotTranscodable } from '@yinglian/dicom';
import { isDecodable } from '../render-images/decode/decode-frame.js';
import type { Body } from '../retrieve-instances/body.js';
import { announced } from '../retrieve-instances/pieces-together.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { deflated } from './deflated.js';
import { type TargetSyntax, targetSyntaxes } from './encode/target-syntaxes.js';
import { imageRefusal } from './image-refusal.js';
import { openStoredImage, type StoredImage } from './stored-image.js';
import { transcodedDataSet } from './transcoded-data-set.js';
import { transcodedFrame } from './transcoded-frames.js';
import { untranscodable } from './untranscodable.js';

/** Gives instances and frames in other transfer syntaxes than they are stored in, while they are taken. */
@Injectable()
export class Transcoder {
  constructor(private readonly bytes: InstanceBytes) {}

  /** What an instance may be given in besides its own syntax. Some images turn out to be of no kind that the codec takes. */
  targetsOf({ transferSyntaxUid, pixels }: StoredInstance): TargetSyntax[] {
    const isPlain = pixels === null || pixels.length !== null;
    return [...targetSyntaxes.values()].filter(({ uid, isNative }) => {
      if (uid === transferSyntaxUid) return false;
      return isNative && isPlain ? true : pixels !== null && isDecodable(transferSyntaxUid);
    });
  }

  /** A Part 10 file. Reading it throws TRANSCODING_UNSUPPORTED, before its first byte where the first frame is to blame. */
  file(instance: StoredInstance, target: TargetSyntax, contentType: string): Body {
    const { sopClassUid, sopInstanceUid } = instance;
    return {
      contentType,
      sizeBytes: undefined,
      pieces: () => {
        const dataSet = explained(transcodedDataSet(this.bytes, instance, target));
        const meta = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: target.uid });
        return announced(meta, target.uid === DEFLATED_LITTLE_ENDIAN ? deflated(dataSet) : dataSet);
      },
    };
  }

  /** Some of its frames, each as a body, likewise. */
  frames(instance: StoredInstance, numbers: readonly number[], target: TargetSyntax, contentType: string): Body[] {
    let opening: Promise<StoredImage> | undefined;
    const pieces = async function* (open: () => Promise<StoredImage>, number: number) {
      opening ??= open();
      const { bytes } = await transcodedFrame(await opening, number, target);
      yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    };
    return numbers.map((number) => ({
      contentType,
      sizeBytes: undefined,
      pieces: () => pieces(() => this.open(instance, target), number),
    }));
  }

  private async open(instance: StoredInstance, target: TargetSyntax) {
    const stored = await openStoredImage(this.bytes, instance);
    const refusal = imageRefusal(stored.image, stored.header, instance.numberOfFrames, target);
    if (refusal !== undefined) throw untranscodable(refusal);
    return stored;
  }
}

async function* explained(dataSet: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* dataSet;
  } catch (error) {
    throw error instanceof NotTranscodable ? untranscodable(error.message) : error;
  }
}
