import { Injectable } from '@nestjs/common';
import { failure, type PersonPrincipal, platformProblems, type Result } from '@yinglian/platform';
import { choose, readAccept } from '../domain/accept.js';
import type { ResourceAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';
import { Thumbnails } from './thumbnails.js';

const OFFERS = [{ multipart: false, type: 'image/jpeg' }];

/** A picture that stands for a study, a series, an instance or a frame. */
@Injectable()
export class RetrieveThumbnailsHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly thumbnails: Thumbnails,
  ) {}

  /** Failures: the refusal's 403; …_NOT_FOUND; NOT_AN_IMAGE, RENDERING_UNSUPPORTED; NOT_ACCEPTABLE. */
  async execute(
    caller: PersonPrincipal,
    address: ResourceAddress,
    frame: number | undefined,
    accept: string | undefined,
  ): Promise<Result<Buffer>> {
    const opened = await this.openInstances.execute(caller, address, 'part of a view');
    if (!opened.ok) return opened;
    if (choose(readAccept(accept), OFFERS) === undefined) return failure(platformProblems.NOT_ACCEPTABLE);
    const instance = middleImage(opened.value.instances);
    if (instance === undefined) return failure(registryProblems.NOT_AN_IMAGE);
    return this.thumbnails.of(instance, frame ?? Math.ceil(instance.numberOfFrames / 2));
  }
}

/** The middle of the first series that has images: the ends of a stack show little. */
function middleImage(instances: readonly StoredInstance[]): StoredInstance | undefined {
  const images = instances.filter(({ pixels, rows }) => pixels !== null && rows > 0);
  const ofFirstSeries = images.filter(({ seriesUid }) => seriesUid === images[0]?.seriesUid);
  return ofFirstSeries[Math.floor(ofFirstSeries.length / 2)];
}
