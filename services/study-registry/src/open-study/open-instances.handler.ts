import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { versionProblems } from '../list-versions/list-versions.errors.js';
import type { OpenedStudyRow } from '../storage/study.store.js';
import { type FoundInstances, type StoredInstance, StudyContents } from '../storage/study-contents.js';
import type { StudyRow } from '../storage/study-row.js';
import { StudyVersionStore } from '../storage/study-version.store.js';
import type { VersionedAddress } from './addresses.js';
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
    private readonly database: Database,
  ) {}

  /**
   * Failures: the refusal's 403; STUDY_NOT_FOUND, STUDY_WITHDRAWN, STUDY_ARRIVING, SERIES_NOT_FOUND, INSTANCE_NOT_FOUND;
   * VERSION_NOT_FOUND, VERSION_NOT_KEPT.
   */
  async execute(caller: PersonPrincipal, address: VersionedAddress, extent: Extent): Promise<Result<OpenedInstances>> {
    const study = await this.openStudy.open(caller, address, extent);
    if (!study.ok) return study;
    const found = await this.instancesAt(address, study.value);
    return found.ok ? success({ study: study.value, instances: found.value }) : found;
  }

  /** Others of a study whose opening is decided and recorded, as of the same version. Failures: …_NOT_FOUND. */
  besides({ version, ...address }: VersionedAddress): Promise<FoundInstances> {
    return version === undefined ? this.contents.at(address) : this.contents.asOf(address, version);
  }

  private async instancesAt(
    { version, ...address }: VersionedAddress,
    { version: current, packs }: OpenedStudyRow,
  ): Promise<FoundInstances> {
    if (version === undefined) return this.contents.at(address, packs);
    if (version > current) return failure(versionProblems.VERSION_NOT_FOUND);
    const since = await new StudyVersionStore(this.database).keptSince(address.studyUid);
    const isKept = version === current || (since !== null && version >= since);
    return isKept ? this.contents.asOf(address, version) : failure(versionProblems.VERSION_NOT_KEPT);
  }
}
