import { Injectable } from '@nestjs/common';
import { failure, type PersonPrincipal, platformProblems, type Result, success } from '@yinglian/platform';
import { choose, readAccept } from '../domain/accept.js';
import type { ResourceAddress } from '../open-study/addresses.js';
import { OpenInstancesHandler } from '../open-study/open-instances.handler.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { type Body, multipartBody } from './body.js';

export const DICOM_MEDIA_TYPE = 'application/dicom';

/** Part 10 files as they were received, bit by bit (ADR 0004). */
@Injectable()
export class RetrieveInstancesHandler {
  constructor(
    private readonly openInstances: OpenInstancesHandler,
    private readonly bytes: InstanceBytes,
  ) {}

  /** Failures: the refusal's 403; STUDY_, SERIES_ or INSTANCE_NOT_FOUND; NOT_ACCEPTABLE. */
  async execute(caller: PersonPrincipal, address: ResourceAddress, accept: string | undefined): Promise<Result<Body>> {
    const opened = await this.openInstances.execute(caller, address, 'whole study');
    if (!opened.ok) return opened;
    const { instances } = opened.value;
    const accepted = readAccept(accept);
    const offers = instances.map((instance) => choose(accepted, offersOf(instance, address)));
    if (offers.includes(undefined)) {
      return failure(
        platformProblems.NOT_ACCEPTABLE,
        'Files are given as they are stored: application/dicom, transfer-syntax=*',
      );
    }
    const files = instances.map((instance) => this.fileOf(instance));
    const [only] = files;
    const single = offers[0]?.multipart === false && only !== undefined;
    return success(single ? only : multipartBody(DICOM_MEDIA_TYPE, files));
  }

  private fileOf(instance: StoredInstance): Body {
    return {
      contentType: `${DICOM_MEDIA_TYPE}; transfer-syntax=${instance.transferSyntaxUid}`,
      sizeBytes: instance.length,
      pieces: (scratch) => this.bytes.file(instance, scratch),
    };
  }
}

const offersOf = ({ transferSyntaxUid }: StoredInstance, { sopInstanceUid }: ResourceAddress) => {
  const file = { type: DICOM_MEDIA_TYPE, transferSyntaxUid };
  const multipart = { ...file, multipart: true };
  return sopInstanceUid === undefined ? [multipart] : [multipart, { ...file, multipart: false }];
};
