import { Injectable } from '@nestjs/common';
import { type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { type StoredInstance, StudyContents } from '../storage/study-contents.js';
import type { StudyRow } from '../storage/study-row.js';
import type { ResourceAddress } from './addresses.js';
import { type Extent, OpenStudyHandler } from './open-study.handler.js';

export interface OpenedInstances {
  readonly study: StudyRow;
  /** At least one, in the order in which they arrived, series by series. */
  readonly instances: readonly [StoredInstance, ...StoredInstance[]];
}

/** The instances at an address, once opening their study is decided and recorded. */
@Injectable()
export class OpenInstancesHandler {
  constructor(
    private readonly openStudy: OpenStudyHandler,
    private readonly contents: StudyContents,
  ) {}

  /** Failures: the refusal's 403; STUDY_NOT_FOUND, STUDY_ARRIVING, SERIES_NOT_FOUND, INSTANCE_NOT_FOUND. */
  async execute(caller: PersonPrincipal, address: ResourceAddress, extent: Extent): Promise<Result<OpenedInstances>> {
    const study = await this.openStudy.open(caller, address, extent);
    if (!study.ok) return study;
    const found = await this.contents.at(address, study.value.packs);
    return found.ok ? success({ study: study.value, instances: found.value }) : found;
  }
}
