import { Injectable } from '@nestjs/common';
import type { ByteRange } from '@yinglian/dicom';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { choose, type OfferedType, readAccept } from '../domain/accept.js';
import { frameRanges } from '../domain/frame-ranges.js';
import { OCTETS, pixelMediaType } from '../domain/pixel-media-types.js';
import type { InstanceAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { type Body, multipartBody } from '../retrieve-instances/body.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import type { StoredInstance } from '../storage/study-contents.js';
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
    accept: string | undefined,
  ): Promise<Result<Body>> {
    const opened = await this.openInstances.execute(caller, address, 'part of a view');
    if (!opened.ok) return opened;
    const [instance] = opened.value.instances;
    const parts = frames.map((frame) => this.partOf(instance, frameRanges(instance, frame)));
    const given = parts.flatMap((part) => part ?? []);
    if (given.length < frames.length) return failure(registryProblems.FRAME_NOT_FOUND);
    const offer = choose(readAccept(accept), offersOf(instance, frames.length));
    if (offer === undefined) {
      return failure(
        platformProblems.NOT_ACCEPTABLE,
        `Frames are given as they are stored: ${instance.transferSyntaxUid}`,
      );
    }
    const [only] = given;
    if (!offer.multipart && only !== undefined) return success(only);
    return success(multipartBody(pixelMediaType(instance.transferSyntaxUid), given));
  }

  private partOf(instance: StoredInstance, ranges: readonly ByteRange[] | undefined): Body | undefined {
    if (ranges === undefined) return undefined;
    return {
      contentType: `${pixelMediaType(instance.transferSyntaxUid)}; transfer-syntax=${instance.transferSyntaxUid}`,
      sizeBytes: ranges.reduce((sum, [, length]) => sum + length, 0),
      pieces: (scratch) => this.bytes.pixelPieces(instance, ranges, scratch),
    };
  }
}

/** Viewers ask for octets in any transfer syntax and mean whatever is stored. */
function offersOf({ transferSyntaxUid }: StoredInstance, frames: number): OfferedType[] {
  const types = [...new Set([pixelMediaType(transferSyntaxUid), OCTETS])];
  const parts = types.map((type) => ({ type, transferSyntaxUid, multipart: true }));
  return frames === 1 ? [...parts, ...parts.map((part) => ({ ...part, multipart: false }))] : parts;
}
