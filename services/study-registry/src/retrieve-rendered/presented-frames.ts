import { Injectable } from '@nestjs/common';
import { failure, type Result, success } from '@yinglian/platform';
import { frameRanges } from '../domain/frame-ranges.js';
import type { VersionedAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { isDecodable } from '../render-images/decode/decode-frame.js';
import { type Presentation, presentationOf } from '../render-images/present/presentation.js';
import { type PresentationState, readPresentationState } from '../render-images/present/presentation-state.js';
import type { ReferencedImage } from '../render-images/present/referenced-images.js';
import { isImage } from '../render-images/stored-frames.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';
import { type AskedFrame, allFrames, PICTURES_AT_MOST } from './pictures.js';

type Images = ReadonlyMap<string, StoredInstance>;

/** The frames that presentation states are made for, each as its state has it. */
@Injectable()
export class PresentedFrames {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly bytes: InstanceBytes,
  ) {}

  /**
   * In the order of the states and of what each refers to: images of the study that was opened, and of no other. Failures:
   * PRESENTATION_STATE_NOT_SHOWN, PRESENTATION_STATE_IMAGE_NOT_FOUND, FRAME_NOT_FOUND, RENDERING_UNSUPPORTED, PICTURES_TOO_MANY.
   * @param address of the states, whose opening is decided and recorded
   */
  async of(states: readonly StoredInstance[], address: VersionedAddress): Promise<Result<readonly AskedFrame[]>> {
    const frames: AskedFrame[] = [];
    for (const instance of states) {
      const asked = await this.framesOf(instance, address);
      if (!asked.ok) return asked;
      frames.push(...asked.value);
      if (frames.length > PICTURES_AT_MOST) return failure(registryProblems.PICTURES_TOO_MANY);
    }
    return success(frames);
  }

  private async framesOf(instance: StoredInstance, address: VersionedAddress): Promise<Result<readonly AskedFrame[]>> {
    const read = readPresentationState(await this.bytes.header(instance));
    if (!read.ok) return read;
    const readBulk = async (tag: string) => (await this.bytes.element(instance, tag)) ?? Buffer.alloc(0);
    const images = await this.imagesOf(read.value, address);
    return presentedFrames(read.value, images, instance, readBulk);
  }

  private async imagesOf({ images }: PresentationState, { studyUid, version }: VersionedAddress): Promise<Images> {
    const found = new Map<string, StoredInstance>();
    for (const seriesUid of new Set(images.map((image) => image.seriesUid))) {
      const series = await this.openInstances.besides({ studyUid, seriesUid, version });
      for (const image of series.ok ? series.value : []) found.set(keyOf(image), image);
    }
    return found;
  }
}

/** An instance is found in the series in which the state has it. */
const keyOf = ({ seriesUid, sopInstanceUid }: Pick<ReferencedImage, 'seriesUid' | 'sopInstanceUid'>) =>
  `${seriesUid} ${sopInstanceUid}`;

function presentedFrames(
  state: PresentationState,
  images: Images,
  presentedBy: StoredInstance,
  readBulk: Presentation['readBulk'],
): Result<readonly AskedFrame[]> {
  const asked: AskedFrame[] = [];
  for (const reference of state.images) {
    const instance = images.get(keyOf(reference));
    if (instance === undefined || !isImage(instance))
      return failure(registryProblems.PRESENTATION_STATE_IMAGE_NOT_FOUND);
    if (!isDecodable(instance.transferSyntaxUid)) {
      return failure(registryProblems.RENDERING_UNSUPPORTED, 'No codec reads the transfer syntax');
    }
    const frames = reference.frames ?? allFrames(instance);
    if (asked.length + frames.length > PICTURES_AT_MOST) return failure(registryProblems.PICTURES_TOO_MANY);
    for (const frame of frames) {
      if (frameRanges(instance, frame) === undefined) return failure(registryProblems.FRAME_NOT_FOUND);
      const presentation = presentationOf(state, readBulk, { sopInstanceUid: instance.sopInstanceUid, frame });
      if (!presentation.ok) return presentation;
      asked.push({ instance, frame, presentation: presentation.value, presentedBy });
    }
  }
  return success(asked);
}
