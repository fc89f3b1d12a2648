import { Injectable } from '@nestjs/common';
import type { DicomJson } from '@yinglian/dicom';
import { meter, type Result, unwrap } from '@yinglian/platform';
import type { PictureType } from '../render-images/picture.js';
import { renderFrame } from '../render-images/render-frame.js';
import type { RenderingParameters } from '../render-images/rendering-parameters.js';
import { StoredFrames } from '../render-images/stored-frames.js';
import type { Body } from '../retrieve-instances/body.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import type { AskedFrame } from './pictures.js';

const PIECE_BYTES = 1024 * 1024;

/** Pictures as bodies of an answer: each is made when its turn comes, so that an answer holds one at a time. */
@Injectable()
export class RenderedPictures {
  private readonly rendered = meter().createCounter('registry.pictures.rendered');

  constructor(
    private readonly indexes: PackIndexStore,
    private readonly frames: StoredFrames,
  ) {}

  /** What goes wrong with a picture is thrown as a problem: before its first byte, there is none. */
  bodies(
    pictures: readonly AskedFrame[],
    mediaType: PictureType,
    parameters: RenderingParameters,
    identity: DicomJson,
  ): readonly Body[] {
    const metadataOf = this.metadataOfPacks();
    const { rendered } = this;
    return pictures.map(({ instance, frame, presentation }, place) => {
      const render = async (): Promise<Result<Buffer>> => {
        const metadata = { ...(await metadataOf(instance.digest))[instance.place], ...identity };
        const source = this.frames.of(instance, frame, metadata);
        const options = { ...parameters, mediaType, presentation, isContinued: place > 0 };
        return source.ok ? renderFrame(source.value, options) : source;
      };
      return {
        contentType: mediaType,
        sizeBytes: undefined,
        async *pieces() {
          const made = await render();
          rendered.add(1, { outcome: made.ok ? 'rendered' : made.problem.code });
          const picture = unwrap(made);
          for (let at = 0; at < picture.length; at += PIECE_BYTES) yield picture.subarray(at, at + PIECE_BYTES);
        },
      };
    });
  }

  /** Instances of a pack follow each other: its metadata is read once, and none other's is kept. */
  private metadataOfPacks(): (digest: string) => Promise<readonly DicomJson[]> {
    let last: { readonly digest: string; readonly metadata: Promise<readonly DicomJson[]> } | undefined;
    return (digest) => {
      if (last?.digest !== digest) last = { digest, metadata: this.indexes.metadata(digest) };
      return last.metadata;
    };
  }
}
