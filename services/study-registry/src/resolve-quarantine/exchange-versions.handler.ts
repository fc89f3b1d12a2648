import { Injectable } from '@nestjs/common';
import { StudyUpdatedV1 } from '@yinglian/contracts';
import { changedSetDigest, summarise } from '@yinglian/dicom';
import { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { contentsDigest } from '../domain/contents-digest.js';
import { type Exchange, putBack, takeOthers } from '../domain/exchange-versions.js';
import { advanceStudy } from '../follow-arrivals/advance-study.js';
import { seriesRowOf, studyDescriptionOf } from '../receive-pack/describe-study.js';
import { InstanceBytes } from '../storage/instance-bytes.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { QuarantineStore } from '../storage/quarantine.store.js';
import type { QuarantineCase } from '../storage/quarantine-case.js';
import { SeriesStore } from '../storage/series.store.js';
import { StudyStore } from '../storage/study.store.js';
import { StudyContents } from '../storage/study-contents.js';
import { StudyNameStore } from '../storage/study-name.store.js';
import type { StudyRow } from '../storage/study-row.js';
import { StudyVersionStore } from '../storage/study-version.store.js';
import { registryProblems as problems } from '../study-registry.errors.js';

const PATIENT_ID = '00100020';

/** Makes other versions of a series' instances the registered ones, under its study's lock. No count changes by it. */
@Injectable()
export class ExchangeVersions {
  constructor(
    private readonly contents: StudyContents,
    private readonly indexes: PackIndexStore,
    private readonly bytes: InstanceBytes,
    private readonly outbox: Outbox,
  ) {}

  /** Failures: QUARANTINE_TAKE_NOT_POSSIBLE, …_OTHER_PATIENT, …_REPLACED_SINCE. */
  async execute(tx: Sql, asked: QuarantineCase, kind: 'take' | 'undo', at: Date): Promise<Result<null>> {
    const study = await new StudyStore(tx).find(asked.studyUid);
    if (study === undefined || asked.hospital !== study.hospital) return failure(problems.QUARANTINE_TAKE_NOT_POSSIBLE);
    const quarantine = new QuarantineStore(tx);
    const versions = await quarantine.versions(asked.caseId);
    const instances = await this.contents.registeredOf(asked.studyUid, asked.seriesUid, tx);
    const registered = new Map(instances.map((instance) => [instance.sopInstanceUid, instance]));
    const exchanges = kind === 'take' ? takeOthers(versions, registered) : putBack(versions, registered);
    if (exchanges === undefined)
      return failure(kind === 'take' ? problems.QUARANTINE_TAKE_NOT_POSSIBLE : problems.QUARANTINE_REPLACED_SINCE);
    if (!(await this.areOfPatient(study.patient_id, exchanges))) return failure(problems.QUARANTINE_OTHER_PATIENT);
    const digests = exchanges.flatMap(({ registered, leftOut }) => [registered.digest, leftOut.digest]);
    await new StudyVersionStore(tx).keepLeftOut(asked.studyUid, [...new Set(digests)], study.version + 1);
    await quarantine.exchange(asked.caseId, exchanges, kind);
    // Where most of a series is exchanged, its study is described by what is registered now.
    if (2 * exchanges.length >= instances.length) await this.describe(tx, asked, exchanges[0]);
    await this.tell(tx, study, await this.digestAfter(tx, study, exchanges), at);
    return success(null);
  }

  /** A study whose images are of two patients would be worse than either version. */
  private async areOfPatient(patientId: string, exchanges: readonly Exchange[]): Promise<boolean> {
    for (const [digest, ofPack] of Map.groupBy(exchanges, ({ registered }) => registered.digest)) {
      const metadata = await this.indexes.metadata(digest);
      const ids = ofPack.map(({ registered }) => metadata[registered.place]?.[PATIENT_ID]?.Value?.[0] ?? '');
      // Images without Patient ID are their study's (localPatientKey).
      if (ids.some((id) => id !== '' && id !== patientId)) return false;
    }
    return true;
  }

  private async describe(tx: Sql, { studyUid, seriesUid }: QuarantineCase, exchange: Exchange | undefined) {
    if (exchange === undefined) return;
    const { digest, place } = exchange.registered;
    const indexed = (await this.indexes.index(digest)).instances[place];
    if (indexed === undefined) return;
    const header = await this.bytes.header({ ...indexed, seriesUid, digest, place });
    const summary = summarise(header);
    await new StudyStore(tx).describeAnew(studyUid, studyDescriptionOf([summary]));
    await new StudyNameStore(tx).put(studyUid);
    await new SeriesStore(tx).describeAnew(seriesRowOf(summary, {}, 0));
  }

  private async digestAfter(tx: Sql, study: StudyRow, exchanges: readonly Exchange[]): Promise<string> {
    if (study.contents_digest === null) return contentsDigest(await this.contents.registered(study.study_uid, tx));
    const [added, removed] = [exchanges.map(({ registered }) => registered), exchanges.map(({ leftOut }) => leftOut)];
    return changedSetDigest(study.contents_digest, added, removed);
  }

  private tell(tx: Sql, study: StudyRow, contents: string, at: Date): Promise<void> {
    const { study_uid: studyInstanceUid, hospital, instance_count: instances, series_count: series } = study;
    return advanceStudy(tx, this.outbox, study, { series, instances, contentsDigest: contents }, at, (version) =>
      this.outbox.add(tx, StudyUpdatedV1, {
        studyInstanceUid,
        hospital,
        version,
        instances: instances - study.withdrawn_instances,
        updatedAt: at.toISOString(),
      }),
    );
  }
}
