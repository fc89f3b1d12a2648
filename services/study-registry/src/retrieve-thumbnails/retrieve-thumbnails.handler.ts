import { Injectable } from '@nestjs/common';
import { failure, type PersonPrincipal, platformProblems, type Result, success, unwrap } from '@yinglian/platform';
import { type AcceptedType, choose } from '../domain/accept.js';
import { weakEntityTag } from '../domain/entity-tag.js';
import { frameRanges } from '../domain/frame-ranges.js';
import type { VersionedAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { isImage } from '../render-images/stored-frames.js';
import { type Viewport, within } from '../render-images/viewport.js';
import type { Representation } from '../retrieve-instances/representation.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';
import { type Thumbnail, Thumbnails, thumbnailName } from './thumbnails.js';

const OFFERS = (['image/jpeg', 'image/png'] as const).map((type) => ({ multipart: false, type }));
const LONGER_SIDE_PIXELS = 256;

/** A picture that stands for a study, a series, an instance or frames of it. */
@Injectable()
export class RetrieveThumbnailsHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly thumbnails: Thumbnails,
  ) {}

  /** Failures: the refusal's 403; …_NOT_FOUND; NOT_AN_IMAGE; NOT_ACCEPTABLE. RENDERING_UNSUPPORTED comes with the bytes. */
  async execute(
    caller: PersonPrincipal,
    address: VersionedAddress,
    frames: readonly number[] | undefined,
    accepted: readonly AcceptedType[],
    viewport: Viewport = within(LONGER_SIDE_PIXELS),
  ): Promise<Result<Representation>> {
    const opened = await this.openInstances.execute(caller, address, 'part of a view');
    if (!opened.ok) return opened;
    const offer = choose(accepted, OFFERS);
    if (offer === undefined) return failure(platformProblems.NOT_ACCEPTABLE);
    const instance = middle(ofFirstSeries(opened.value.instances.filter(isImage)));
    if (instance === undefined) return failure(registryProblems.NOT_AN_IMAGE);
    const frame = middle(frames ?? []) ?? Math.ceil(instance.numberOfFrames / 2);
    if (frameRanges(instance, frame) === undefined) return failure(registryProblems.FRAME_NOT_FOUND);
    return success(this.representation({ instance, frame, mediaType: offer.type, viewport }));
  }

  private representation(thumbnail: Thumbnail): Representation {
    const { thumbnails } = this;
    return {
      contentType: thumbnail.mediaType,
      sizeBytes: undefined,
      etag: weakEntityTag(['thumbnail', ...thumbnailName(thumbnail)]),
      async *pieces() {
        yield unwrap(await thumbnails.of(thumbnail));
      },
    };
  }
}

/** The ends of a stack show little. */
const middle = <T>(list: readonly T[]): T | undefined => list[Math.floor(list.length / 2)];

const ofFirstSeries = (images: readonly StoredInstance[]) =>
  images.filter(({ seriesUid }) => seriesUid === images[0]?.seriesUid);
