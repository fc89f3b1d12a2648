import { Injectable } from '@nestjs/common';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { type AcceptedType, choose, type OfferedType } from '../domain/accept.js';
import { entityTag, weakEntityTag } from '../domain/entity-tag.js';
import { lastModifiedOf } from '../domain/preconditions.js';
import type { ResourceAddress, VersionedAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { extentOf } from '../open-study/open-study.handler.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';
import { type TargetSyntax } from '../transcode-images/encode/target-syntaxes.js';
import { Transcoder } from '../transcode-images/transcoder.js';
import { type Body, storedBody } from './body.js';
import { boundaryFor } from './boundary.js';
import { filesTogether } from './files-together.js';
import { multipartBody, multipartEnd, partHead } from './multipart-body.js';
import { OriginalDigests } from './original-digests.js';
import type { Representation } from './representation.js';
import { VerifiedFiles } from './verified-files.js';

export const DICOM_MEDIA_TYPE = 'application/dicom';

interface OfferedFile extends OfferedType {
  readonly instance: StoredInstance;
  readonly transferSyntaxUid: string;
  /** What it would have to be written in. */
  readonly target?: TargetSyntax;
}

/** Part 10 files as they were received, bit by bit (ADR 0004), or in another transfer syntax that is named. */
@Injectable()
export class RetrieveInstancesHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly bytes: InstanceBytes,
    private readonly digests: OriginalDigests,
    private readonly verifiedFiles: VerifiedFiles,
    private readonly transcoder: Transcoder,
  ) {}

  /**
   * Failures: the refusal's 403; STUDY_, SERIES_ or INSTANCE_NOT_FOUND; NOT_ACCEPTABLE. Reading what has to be transcoded may throw
   * TRANSCODING_UNSUPPORTED.
   */
  async execute(
    caller: PersonPrincipal,
    address: VersionedAddress,
    accepted: readonly AcceptedType[],
  ): Promise<Result<Representation>> {
    const opened = await this.openInstances.execute(caller, address, extentOf(address));
    if (!opened.ok) return opened;
    const { instances, study } = opened.value;
    const offers = instances.flatMap((instance) => choose(accepted, this.offersOf(instance, address)) ?? []);
    const [only] = offers;
    if (only === undefined || offers.length < instances.length) {
      return failure(platformProblems.NOT_ACCEPTABLE, this.givable(instances));
    }
    const lastModified = offers.some(isMade) ? undefined : lastModifiedOf(study.updated_at, new Date());
    if (!only.multipart) return success({ ...this.single(only), lastModified });
    const etag = tagOf('files', offers);
    return success({ ...this.together(offers, boundaryFor(etag)), etag, lastModified });
  }

  /** Files that come from their hospitals are asked for together, and each is given as it comes. */
  private together(offers: readonly OfferedFile[], boundary: string): Body {
    const files = offers.map((offer) => this.fileOf(offer));
    const body = multipartBody(DICOM_MEDIA_TYPE, files, boundary);
    const pieces = async function* (this: RetrieveInstancesHandler, scratch: Buffer) {
      const awaited = await this.bytes.askFor(offers.map(({ instance }) => instance));
      if (awaited.size === 0) {
        const needNoLook = offers.every((offer) => !isMade(offer) && this.verifiedFiles.isVerified(offer.instance));
        yield* needNoLook ? this.asTheyLie(offers, boundary, scratch) : body.pieces(scratch);
        return;
      }
      const asTheyCome = files.map((file, at) => {
        const instance = offers[at]?.instance;
        return instance !== undefined && awaited.has(instance) ? inItsOwnPieces(file) : file;
      });
      yield* multipartBody(DICOM_MEDIA_TYPE, asTheyCome, boundary).pieces(scratch);
    };
    return { ...body, pieces: pieces.bind(this) };
  }

  /** The same bytes as the body of all files has. */
  private async *asTheyLie(offers: readonly OfferedFile[], boundary: string, scratch: Buffer): AsyncGenerator<Buffer> {
    const packs = this.bytes.inTurn();
    const files = offers.map(({ instance: { digest, offset, length }, transferSyntaxUid }) => ({
      head: partHead({ contentType: contentTypeOf(transferSyntaxUid), sizeBytes: length }, boundary),
      digest,
      offset,
      length,
    }));
    try {
      yield* filesTogether(files, multipartEnd(boundary), scratch, (...read) => packs.readInto(...read));
    } finally {
      packs.release();
    }
  }

  private single(offer: OfferedFile): Representation {
    const file = { ...this.fileOf(offer), etag: tagOf('file', [offer]) };
    if (offer.target !== undefined) return file;
    return { ...file, sha256: (isAskedFor) => this.digests.of(offer.instance, isAskedFor) };
  }

  private fileOf({ instance, target, transferSyntaxUid }: OfferedFile): Body {
    const contentType = contentTypeOf(transferSyntaxUid);
    if (target !== undefined) return this.transcoder.file(instance, target, contentType);
    const stored = storedBody(contentType, [[0, instance.length]], (ranges, scratch) =>
      this.bytes.file(instance, scratch, ranges),
    );
    return this.verifiedFiles.body(stored, instance);
  }

  private offersOf(instance: StoredInstance, { sopInstanceUid }: ResourceAddress): OfferedFile[] {
    const { transferSyntaxUid } = instance;
    const stored = { type: DICOM_MEDIA_TYPE, multipart: true, transferSyntaxUid, instance };
    const made = this.transcoder
      .targetsOf(instance)
      .map((target) => ({ ...stored, transferSyntaxUid: target.uid, isMade: true, target }));
    const offers = [stored, ...made];
    return sopInstanceUid === undefined
      ? offers
      : [...offers, ...offers.map((each) => ({ ...each, multipart: false }))];
  }

  private givable(instances: readonly StoredInstance[]): string {
    const lists = instances.map((instance) => this.transcoder.targetsOf(instance).map(({ uid }) => uid));
    const inAll = lists.reduce((common, each) => common.filter((uid) => each.includes(uid)));
    return `Files are given as application/dicom with transfer-syntax=* as they are stored, and all of them with one of: ${inAll.join(', ')}`;
  }
}

const contentTypeOf = (transferSyntaxUid: string) => `${DICOM_MEDIA_TYPE}; transfer-syntax=${transferSyntaxUid}`;
const isMade = ({ target }: OfferedFile) => target !== undefined;
/** Nothing of it waits for what comes after. */
const inItsOwnPieces = ({ contentType, sizeBytes, pieces }: Body): Body => ({ contentType, sizeBytes, pieces });

/** Other bytes may be made of the same pixels by another release. */
const tagOf = (what: string, offers: readonly OfferedFile[]) =>
  (offers.some(isMade) ? weakEntityTag : entityTag)([
    what,
    ...offers.map(({ instance, transferSyntaxUid }) => `${nameOf(instance)} ${transferSyntaxUid}`),
  ]);
