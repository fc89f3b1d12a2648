import { personGroup } from '@yinglian/access';
import type { Database } from '@yinglian/persistence';
import type { StudyQuery } from '../find-studies/study-query.js';
import { ImagingStudyStore } from '../storage/imaging-study.store.js';
import type { StudyRow } from '../storage/study-row.js';
import { findStudies } from '../storage/study-search.js';
import type { StudyKey, StudyTest } from './imaging-search.js';

/** Of one key; nobody has had more. */
const STUDIES_AT_MOST = 2_000;

/** Which studies a key names, and how one is told from others. */
interface NamedStudies {
  readonly queries: readonly StudyQuery[];
  readonly holds: StudyTest;
}

/** Studies that a key of each list names, newest first. Null when they are too many to be looked through. */
export async function findNamedStudies(
  database: Database,
  lists: readonly (readonly StudyKey[])[],
): Promise<readonly StudyRow[] | null> {
  const named = await Promise.all(lists.map((keys) => Promise.all(keys.map((key) => studiesOf(database, key)))));
  const queries = (named[0] ?? []).flatMap((one) => one.queries);
  const page = { limit: STUDIES_AT_MOST + 1, offset: 0, treatedBy: null };
  const found = new Map<string, StudyRow>();
  for (const query of queries) {
    const rows = await findStudies(database, query, page);
    if (rows.length > STUDIES_AT_MOST) return null;
    for (const row of rows) found.set(row.study_uid, row);
  }
  return [...found.values()]
    .filter((study) => named.every((any) => any.some(({ holds }) => holds(study))))
    .sort(newestFirst);
}

async function studiesOf(database: Database, key: StudyKey): Promise<NamedStudies> {
  switch (key.kind) {
    case 'study':
      return { queries: [{ studyUids: [key.uid] }], holds: (study) => study.study_uid === key.uid };
    case 'series': {
      const studyUids = await new ImagingStudyStore(database).ofSeries(key.uid);
      return { queries: [{ studyUids }], holds: (study) => studyUids.includes(study.study_uid) };
    }
    case 'accession':
      return {
        queries: [{ accessionNumber: key.number }],
        holds: (study) =>
          study.accession_number === key.number && (key.hospital === null || study.hospital === key.hospital),
      };
    case 'person':
      return studiesOfPerson(database, key.personId);
    case 'patient': {
      const personId = key.isWholePerson ? await new ImagingStudyStore(database).personOf(key) : null;
      return personId === null ? studiesOfPatient(key) : studiesOfPerson(database, personId);
    }
  }
}

/** By an id that another stands for now are found those of the survivor (ADR 0026). */
async function studiesOfPerson(database: Database, personId: string): Promise<NamedStudies> {
  const personIds = await personGroup(database, personId);
  return {
    queries: [{ personIds }],
    holds: ({ person_id: of }) => of !== null && personIds.includes(of),
  };
}

/** Numbers with wildcards are searched for as patterns, so that each study is looked at again. */
const studiesOfPatient = ({ hospital, issuer, id }: Extract<StudyKey, { kind: 'patient' }>): NamedStudies => ({
  queries: /[*?]/.test(id) ? [] : [{ patientId: id }],
  holds: (study) => study.hospital === hospital && study.patient_issuer === issuer && study.patient_id === id,
});

const newestFirst = (a: StudyRow, b: StudyRow): number =>
  compare(b.study_date, a.study_date) || compare(b.study_time, a.study_time) || compare(a.study_uid, b.study_uid);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
