import { Injectable } from '@nestjs/common';
import type { NamedBytes } from '@yinglian/dicom';
import { Database } from '@yinglian/persistence';
import { contentsDigest } from '../domain/contents-digest.js';
import { type OwnStudy, ownStudies } from '../storage/own-study.store.js';
import { StudyStore } from '../storage/study.store.js';
import { StudyContents } from '../storage/study-contents.js';

/** Studies of before there was a digest, for one question: their packs' indexes are read once. */
const DIGESTS_AT_ONCE = 10;
/** Instances of one answer; about 150 bytes each. */
export const MOST_INSTANCES = 2_000;

export interface OwnInstances {
  readonly instances: readonly NamedBytes[];
  /** Where to go on; null at the end. */
  readonly next: number | null;
}

/** What is registered of a gateway's own studies: a digest of each, and the instances of those that a gateway finds other than it sent them. */
@Injectable()
export class CompareStudiesHandler {
  constructor(
    private readonly database: Database,
    private readonly contents: StudyContents,
  ) {}

  /** Of these studies of the hospital, those that are known. A row of each is read, and no more. */
  async studies(hospital: string, studyUids: readonly string[]): Promise<OwnStudy[]> {
    const found = await ownStudies(this.database, hospital, studyUids);
    const without = found
      .filter(({ registered, digest }) => registered > 0 && digest === null)
      .slice(0, DIGESTS_AT_ONCE);
    const digests = new Map<string, string>();
    for (const { studyInstanceUid } of without) digests.set(studyInstanceUid, await this.digestOf(studyInstanceUid));
    return found.map((study) => ({ ...study, digest: digests.get(study.studyInstanceUid) ?? study.digest }));
  }

  /** Instances of a study of the hospital from there on, as packs hold them; none of another hospital's. */
  async instances(hospital: string, studyUid: string, from: number): Promise<OwnInstances> {
    const study = await new StudyStore(this.database).find(studyUid);
    const all = study?.hospital === hospital ? await this.contents.registeredOf(studyUid) : [];
    const page = all.slice(from, from + MOST_INSTANCES);
    return {
      instances: page.map(({ sopInstanceUid, dataSetSha256 }) => ({ sopInstanceUid, dataSetSha256 })),
      next: from + page.length < all.length ? from + page.length : null,
    };
  }

  private digestOf(studyUid: string): Promise<string> {
    return this.database.transaction(async (tx) => {
      const studies = new StudyStore(tx);
      await studies.lock(studyUid);
      const digest = contentsDigest(await this.contents.registered(studyUid, tx));
      await studies.putDigest(studyUid, digest);
      return digest;
    });
  }
}
