import { Injectable } from '@nestjs/common';
import type { ByteRange } from '@yinglian/dicom';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { type AcceptedType, choose, type OfferedType } from '../domain/accept.js';
import { entityTag } from '../domain/entity-tag.js';
import { frameRanges } from '../domain/frame-ranges.js';
import { OCTETS, pixelMediaType } from '../domain/pixel-media-types.js';
import type { InstanceAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { multipartBody, storedBody } from '../retrieve-instances/body.js';
import { boundaryFor } from '../retrieve-instances/boundary.js';
import type { Representation } from '../retrieve-instances/representation.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';

/** Frames as they are stored, in their transfer syntax. */
@Injectable()
export class RetrieveFramesHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly bytes: InstanceBytes,
  ) {}

  /** Failures: the refusal's 403; STUDY_, INSTANCE_ or FRAME_NOT_FOUND; NOT_ACCEPTABLE. Frames count from 1. */
  async execute(
    caller: PersonPrincipal,
    address: InstanceAddress,
    frames: readonly number[],
    accepted: readonly AcceptedType[],
  ): Promise<Result<Representation>> {
    const opened = await this.openInstances.execute(caller, address, 'part of a view');
    if (!opened.ok) return opened;
    const [instance] = opened.value.instances;
    const ranges = frames.flatMap((frame) => {
      const found = frameRanges(instance, frame);
      return found === undefined ? [] : [found];
    });
    if (ranges.length < frames.length) return failure(registryProblems.FRAME_NOT_FOUND);
    const offer = choose(accepted, offersOf(instance, frames.length));
    if (offer === undefined) {
      return failure(
        platformProblems.NOT_ACCEPTABLE,
        `Frames are given as they are stored: ${instance.transferSyntaxUid}`,
      );
    }
    const etag = entityTag(['frames', nameOf(instance), frames.join(), offer.type, String(offer.multipart)]);
    const parts = ranges.map((ofFrame) => this.partOf(instance, offer.type, ofFrame));
    const [only] = parts;
    if (!offer.multipart && only !== undefined) return success({ ...only, etag });
    return success({ ...multipartBody(offer.type, parts, boundaryFor(etag)), etag });
  }

  private partOf(instance: StoredInstance, type: string, frame: readonly ByteRange[]) {
    return storedBody(`${type}; transfer-syntax=${instance.transferSyntaxUid}`, frame, (ranges, scratch) =>
      this.bytes.pixelPieces(instance, ranges, scratch),
    );
  }
}

/** Viewers ask for octets in any transfer syntax and mean whatever is stored. */
function offersOf({ transferSyntaxUid }: StoredInstance, frames: number): OfferedType[] {
  const types = [...new Set([pixelMediaType(transferSyntaxUid), OCTETS])];
  const parts = types.map((type) => ({ type, transferSyntaxUid, multipart: true }));
  return frames === 1 ? [...parts, ...parts.map((part) => ({ ...part, multipart: false }))] : parts;
}
