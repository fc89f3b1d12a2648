import { Injectable } from '@nestjs/common';
import {
  type ByteRange,
  DEFLATED_LITTLE_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from '@yinglian/dicom';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { type AcceptedType, choose, type OfferedType } from '../domain/accept.js';
import { entityTag, weakEntityTag } from '../domain/entity-tag.js';
import { frameRanges } from '../domain/frame-ranges.js';
import { OCTETS, pixelMediaType } from '../domain/pixel-media-types.js';
import { lastModifiedOf } from '../domain/preconditions.js';
import type { InstanceAddress, VersionedAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { type Body, storedBody } from '../retrieve-instances/body.js';
import { boundaryFor } from '../retrieve-instances/boundary.js';
import { multipartBody } from '../retrieve-instances/multipart-body.js';
import type { Representation } from '../retrieve-instances/representation.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';
import type { TargetSyntax } from '../transcode-images/encode/target-syntaxes.js';
import { Transcoder } from '../transcode-images/transcoder.js';

const NATIVE_LITTLE_ENDIAN = new Set([IMPLICIT_LITTLE_ENDIAN, EXPLICIT_LITTLE_ENDIAN, DEFLATED_LITTLE_ENDIAN]);

interface OfferedFrames extends OfferedType {
  readonly transferSyntaxUid: string;
  /** What they would have to be encoded in. */
  readonly target?: TargetSyntax;
}

/** Frames as they are stored, or in another transfer syntax that is named. */
@Injectable()
export class RetrieveFramesHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly bytes: InstanceBytes,
    private readonly transcoder: Transcoder,
  ) {}

  /** Failures: the refusal's 403; STUDY_, INSTANCE_, VERSION_ or FRAME_NOT_FOUND; NOT_ACCEPTABLE. Frames count from 1. */
  async execute(
    caller: PersonPrincipal,
    address: InstanceAddress & VersionedAddress,
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
    const offer = choose(accepted, this.offersOf(instance, frames.length));
    if (offer === undefined) return failure(platformProblems.NOT_ACCEPTABLE, this.givable(instance));
    const { type, multipart, transferSyntaxUid, target } = offer;
    const tag = target === undefined ? entityTag : weakEntityTag;
    const etag = tag(['frames', nameOf(instance), frames.join(), type, transferSyntaxUid, String(multipart)]);
    const contentType = `${type}; transfer-syntax=${transferSyntaxUid}`;
    const parts =
      target === undefined
        ? ranges.map((ofFrame) => this.stored(instance, contentType, ofFrame))
        : this.transcoder.frames(instance, frames, target, contentType);
    const [only] = parts;
    const lastModified = target === undefined ? lastModifiedOf(opened.value.study.updated_at, new Date()) : undefined;
    if (!offer.multipart && only !== undefined) return success({ ...only, etag, lastModified });
    return success({ ...multipartBody(offer.type, parts, boundaryFor(etag)), etag, lastModified });
  }

  private stored(instance: StoredInstance, contentType: string, frame: readonly ByteRange[]): Body {
    return storedBody(contentType, frame, (ranges, scratch) => this.bytes.pixelPieces(instance, ranges, scratch));
  }

  /** Viewers ask for octets in any transfer syntax and mean whatever is stored. */
  private offersOf(instance: StoredInstance, frames: number): OfferedFrames[] {
    const syntaxes = [{ transferSyntaxUid: instance.transferSyntaxUid }, ...this.otherSyntaxes(instance)];
    const parts = syntaxes.flatMap((syntax) =>
      [...new Set([pixelMediaType(syntax.transferSyntaxUid), OCTETS])].map((type) => ({
        ...syntax,
        type,
        multipart: true,
      })),
    );
    return frames === 1 ? [...parts, ...parts.map((part) => ({ ...part, multipart: false }))] : parts;
  }

  /** A deflated data set has no frames of its own; native ones are the same bytes in implicit VR, in explicit VR and deflated. */
  private otherSyntaxes(instance: StoredInstance) {
    const isNative = NATIVE_LITTLE_ENDIAN.has(instance.transferSyntaxUid);
    return this.transcoder
      .targetsOf(instance)
      .filter(({ uid }) => uid !== DEFLATED_LITTLE_ENDIAN)
      .map((target) => ({
        transferSyntaxUid: target.uid,
        isMade: true,
        ...(target.isNative && isNative ? {} : { target }),
      }));
  }

  private givable(instance: StoredInstance): string {
    const types = this.offersOf(instance, 2).map(
      ({ type, transferSyntaxUid }) => `${type}; transfer-syntax=${transferSyntaxUid}`,
    );
    return `Frames are given as they are stored, or as one of: ${types.join(', ')}`;
  }
}
