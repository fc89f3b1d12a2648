import { failure, type Result, success } from '@yinglian/platform';
import { frameRanges } from '../domain/frame-ranges.js';
import { isDecodable } from '../render-images/decode/decode-frame.js';
import type { Presentation } from '../render-images/present/presentation.js';
import { isImage } from '../render-images/stored-frames.js';
import { placed, type Viewport } from '../render-images/viewport.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';

export const PICTURES_AT_MOST = 1_000;

/** One frame, which becomes one picture. */
export interface AskedFrame {
  readonly instance: StoredInstance;
  /** Counted from 1. */
  readonly frame: number;
  /** Of a presentation state, with the state's instance. */
  readonly presentation?: Presentation;
  readonly presentedBy?: StoredInstance;
}

/**
 * All frames of the images among some instances, or those that a list names; what is no image, or video, is left out. Failures:
 * NOT_AN_IMAGE, RENDERING_UNSUPPORTED, FRAME_NOT_FOUND, PICTURES_TOO_MANY, VIEWPORT_INVALID.
 */
export function picturesOf(
  instances: readonly StoredInstance[],
  frames: readonly number[] | undefined,
  viewport: Viewport | undefined,
): Result<readonly AskedFrame[]> {
  const existing = instances.filter(isImage);
  if (existing.length === 0) return failure(registryProblems.NOT_AN_IMAGE);
  const images = existing.filter(({ transferSyntaxUid }) => isDecodable(transferSyntaxUid));
  if (images.length === 0) return failure(registryProblems.RENDERING_UNSUPPORTED, 'No codec reads the transfer syntax');
  const count = images.reduce((sum, image) => sum + (frames?.length ?? framesIn(image)), 0);
  if (count > PICTURES_AT_MOST) return failure(registryProblems.PICTURES_TOO_MANY, `There are ${count}`);
  const pictures = images.flatMap((instance) => (frames ?? allFrames(instance)).map((frame) => ({ instance, frame })));
  if (pictures.some(({ instance, frame }) => frameRanges(instance, frame) === undefined)) {
    return failure(registryProblems.FRAME_NOT_FOUND);
  }
  const isBeside = ({ columns, rows }: StoredInstance) =>
    viewport !== undefined && placed(viewport, { width: columns, height: rows }) === null;
  return images.some(isBeside)
    ? failure(registryProblems.VIEWPORT_INVALID, 'The region lies beside the image')
    : success(pictures);
}

const framesIn = ({ numberOfFrames }: StoredInstance) => Math.max(numberOfFrames, 1);
export const allFrames = (instance: StoredInstance) =>
  Array.from({ length: framesIn(instance) }, (_, index) => index + 1);
