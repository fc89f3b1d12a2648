import { Injectable } from '@nestjs/common';
import { failure, type Result, success } from '@yinglian/platform';
import { type StoredInstance, StudyContents } from '../storage/study-contents.js';
import type { StudyRow } from '../storage/study-row.js';
import { registryProblems } from '../study-registry.errors.js';
import type { ImagingSearch } from './imaging-search.js';

/** PostgreSQL has no row per instance: whose instances are asked for is read in the packs' indexes, of so many studies at most. */
const READ_AT_MOST = 100;

/** Keeps the studies that have instances as asked for. */
@Injectable()
export class NarrowByContents {
  constructor(private readonly contents: StudyContents) {}

  /** In their order. Failures: IMAGING_SEARCH_TOO_WIDE. */
  async narrow(
    studies: readonly StudyRow[],
    { instanceUids, sopClassUids }: ImagingSearch,
  ): Promise<Result<readonly StudyRow[]>> {
    if (instanceUids.length === 0 && sopClassUids.length === 0) return success(studies);
    if (studies.length > READ_AT_MOST) return failure(registryProblems.IMAGING_SEARCH_TOO_WIDE);
    const matching: StudyRow[] = [];
    for (const study of studies) {
      const instances = await this.contents.of(study.study_uid);
      const hasAll = (lists: readonly (readonly string[])[], uidOf: (instance: StoredInstance) => string) =>
        lists.every((uids) => instances.some((instance) => uids.includes(uidOf(instance))));
      if (
        hasAll(instanceUids, ({ sopInstanceUid }) => sopInstanceUid) &&
        hasAll(sopClassUids, ({ sopClassUid }) => sopClassUid)
      ) {
        matching.push(study);
      }
    }
    return success(matching);
  }
}
