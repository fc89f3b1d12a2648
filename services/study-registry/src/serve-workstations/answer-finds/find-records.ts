import { Injectable } from '@nestjs/common';
import { PersonId } from '@yinglian/contracts';
import type { DicomJson } from '@yinglian/dicom';
import { type Result, success } from '@yinglian/platform';
import { identityElements, PROVINCE_ISSUER } from '../../domain/province-identity.js';
import { instanceJson } from '../../find-instances/instance-json.js';
import { seriesJson } from '../../find-series/series-json.js';
import { ToldSeries } from '../../find-series/told-series.js';
import { FindStudiesHandler } from '../../find-studies/find-studies.handler.js';
import { identityOf, studyJson } from '../../find-studies/study-json.js';
import { StudyContents } from '../../storage/study-contents.js';
import type { StudyResultRow } from '../../storage/study-row.js';
import type { WorkstationCaller } from '../admit-workstations/workstation-caller.js';
import { type Identifier, TAG } from '../identifier.js';
import { matches, searchFor } from './asked-search.js';

const PAGE = 100;

/** What a query finds, page by page: decided and recorded as QIDO-RS is. */
@Injectable()
export class FindRecords {
  constructor(
    private readonly findStudies: FindStudiesHandler,
    private readonly told: ToldSeries,
    private readonly contents: StudyContents,
  ) {}

  /** Records of the identifier's level. Ends with a failure: QUERY_INVALID, the refusal's 403, UNAVAILABLE. */
  async *execute(
    caller: WorkstationCaller,
    identifier: Identifier,
    keys: ReadonlyMap<string, string>,
  ): AsyncGenerator<Result<DicomJson>> {
    const { level, values } = identifier;
    const asked = values.get(TAG.patientId) ?? '';
    if (level === 'PATIENT' || level === 'STUDY') {
      const patientKey = level === 'STUDY' && asked !== '' ? [[TAG.patientId, asked] as const] : [];
      const patients = new Set<string>();
      for await (const study of this.studies(caller, new Map([...keys, ...patientKey]))) {
        if (!study.ok) return yield study;
        const record = studyRecord(study.value, asked);
        if (level === 'STUDY') yield success(record);
        else if (isNew(patients, JSON.stringify([record[TAG.patientId], record[TAG.patientIssuer]])))
          yield success(record);
      }
      return;
    }
    for await (const study of this.studies(caller, namedStudy(values))) {
      if (!study.ok) return yield study;
      const record = studyRecord(study.value, asked);
      for await (const json of this.within(study.value.study_uid, identifier))
        if (matches(json, keys)) yield success({ ...record, ...json });
    }
  }

  /** Studies that the caller may find by these keys, newest first. */
  async *studies(caller: WorkstationCaller, keys: ReadonlyMap<string, string>): AsyncGenerator<Result<StudyResultRow>> {
    for (let offset = 0; ; offset += PAGE) {
      const found = await this.findStudies.execute(caller, searchFor(keys, { limit: PAGE, offset }));
      if (!found.ok) return yield found;
      for (const study of found.value.studies) yield success(study);
      if (!found.value.more) return;
    }
  }

  /** The series of a study, or the instances of one series. */
  private async *within(studyUid: string, { level, values }: Identifier): AsyncGenerator<DicomJson> {
    if (level === 'SERIES') {
      const series = await this.told.ofStudies([studyUid]);
      for (const row of series.get(studyUid) ?? []) yield seriesJson(row, '');
      return;
    }
    const instances = await this.contents.of(studyUid, values.get(TAG.series));
    for (const instance of instances) yield instanceJson(studyUid, instance, '');
  }
}

/** The keys that name one study, and in the Patient Root its patient. */
export const namedStudy = (values: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map(
    [TAG.patientId, TAG.study].flatMap((tag) => (values.get(tag) ? [[tag, values.get(tag) ?? ''] as const] : [])),
  );

/**
 * A study under the province's identity, but under the hospital's number where that was asked for, or where there is no person yet:
 * an answer has what its key asks (PS3.4 section C.2.2.2).
 */
function studyRecord(study: StudyResultRow, asked: string): DicomJson {
  const { '00081190': _, ...json } = studyJson(study, '');
  const id = (patientId: string, issuer: string): DicomJson => ({
    [TAG.patientId]: { vr: 'LO', Value: [patientId] },
    [TAG.patientIssuer]: { vr: 'LO', Value: [issuer] },
  });
  if (PersonId.safeParse(asked).success) return { ...json, ...id(asked, PROVINCE_ISSUER) };
  if (study.person_id !== null && asked !== study.patient_id) return json;
  const [local] = identityElements(identityOf(study))['00101002']?.Value ?? [];
  return { ...json, ...(typeof local === 'object' ? local : {}) };
}

function isNew(seen: Set<string>, name: string): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  return true;
}
