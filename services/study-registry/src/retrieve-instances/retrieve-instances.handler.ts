import { Injectable } from '@nestjs/common';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { type AcceptedType, choose } from '../domain/accept.js';
import { entityTag } from '../domain/entity-tag.js';
import type { ResourceAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';
import { multipartBody, storedBody } from './body.js';
import { boundaryFor } from './boundary.js';
import { OriginalDigests } from './original-digests.js';
import type { Representation } from './representation.js';

export const DICOM_MEDIA_TYPE = 'application/dicom';

/** Part 10 files as they were received, bit by bit (ADR 0004). */
@Injectable()
export class RetrieveInstancesHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly bytes: InstanceBytes,
    private readonly digests: OriginalDigests,
  ) {}

  /** Failures: the refusal's 403; STUDY_, SERIES_ or INSTANCE_NOT_FOUND; NOT_ACCEPTABLE. */
  async execute(
    caller: PersonPrincipal,
    address: ResourceAddress,
    accepted: readonly AcceptedType[],
  ): Promise<Result<Representation>> {
    const opened = await this.openInstances.execute(caller, address, 'whole study');
    if (!opened.ok) return opened;
    const { instances } = opened.value;
    const offers = instances.map((instance) => choose(accepted, offersOf(instance, address)));
    if (offers.includes(undefined)) {
      return failure(
        platformProblems.NOT_ACCEPTABLE,
        'Files are given as they are stored: application/dicom, transfer-syntax=*',
      );
    }
    const [only] = instances;
    if (offers[0]?.multipart === false) return success(this.original(only));
    const etag = entityTag(['files', ...instances.map(nameOf)]);
    const files = instances.map((instance) => this.fileOf(instance));
    return success({ ...multipartBody(DICOM_MEDIA_TYPE, files, boundaryFor(etag)), etag });
  }

  private original(instance: StoredInstance): Representation {
    return {
      ...this.fileOf(instance),
      etag: entityTag(['file', nameOf(instance)]),
      sha256: (isAskedFor) => this.digests.of(instance, isAskedFor),
    };
  }

  private fileOf(instance: StoredInstance) {
    return storedBody(
      `${DICOM_MEDIA_TYPE}; transfer-syntax=${instance.transferSyntaxUid}`,
      [[0, instance.length]],
      (ranges, scratch) => this.bytes.file(instance, scratch, ranges),
    );
  }
}

const offersOf = ({ transferSyntaxUid }: StoredInstance, { sopInstanceUid }: ResourceAddress) => {
  const file = { type: DICOM_MEDIA_TYPE, transferSyntaxUid };
  const multipart = { ...file, multipart: true };
  return sopInstanceUid === undefined ? [multipart] : [multipart, { ...file, multipart: false }];
};
