import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { ImagingStudyStore } from '../storage/imaging-study.store.js';
import { type StoredInstance, StudyContents } from '../storage/study-contents.js';
import type { StudyRow } from '../storage/study-row.js';
import { registryProblems } from '../study-registry.errors.js';
import type { ImagingSearch } from './imaging-search.js';

/** PostgreSQL has no row per instance: whose instances are asked for is read in the packs' indexes, of so many studies at most. */
const READ_AT_MOST = 100;

/** Keeps the studies that have series and instances as asked for. */
@Injectable()
export class NarrowByContents {
  constructor(
    private readonly database: Database,
    private readonly contents: StudyContents,
  ) {}

  /** In their order. Failures: IMAGING_SEARCH_TOO_WIDE. */
  async narrow(
    studies: readonly StudyRow[],
    { seriesUids, instanceUids, sopClassUids }: ImagingSearch,
  ): Promise<Result<readonly StudyRow[]>> {
    let kept = studies;
    for (const uids of seriesUids) {
      const having = await new ImagingStudyStore(this.database).having(
        kept.map(({ study_uid: uid }) => uid),
        uids,
      );
      kept = kept.filter(({ study_uid: uid }) => having.has(uid));
    }
    if (instanceUids.length === 0 && sopClassUids.length === 0) return success(kept);
    if (kept.length > READ_AT_MOST) return failure(registryProblems.IMAGING_SEARCH_TOO_WIDE);
    const matching: StudyRow[] = [];
    for (const study of kept) {
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
