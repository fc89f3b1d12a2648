import type { Sql } from '@yinglian/persistence';
import { HOSPITAL_COUNT, hospitalCode, personCode, personCount } from './fill-studies.js';

/** What a clinician asks, and how the UIDs of the right answer are read from the rows themselves. */
export interface Question {
  readonly hospital: string;
  readonly path: string;
  truth(sql: Sql): Promise<string[]>;
}

const PAGE = 100;
const ORDER = 'ORDER BY study_date DESC, study_time DESC, study_uid';
/** What ADR 0005 says of a search that names nobody. */
const TREATED = '(SELECT person_id FROM studies own WHERE own.hospital = $1)';

const uids = async (sql: Sql, text: string, values: readonly unknown[]) =>
  (await sql.query<{ study_uid: string }>(text, values)).map(({ study_uid: uid }) => uid);

const spread = (n: number, among: number) => (n * 7_919) % among;
const hospitalFor = (n: number) => hospitalCode(spread(n, HOSPITAL_COUNT));

/** All studies of one person. */
export const ofPatient =
  (studies: number) =>
  (n: number): Question => {
    const person = personCode(spread(n, personCount(studies)));
    return {
      hospital: hospitalFor(n),
      path: `/studies?PatientID=${person}`,
      truth: (sql) => uids(sql, `SELECT study_uid FROM studies WHERE person_id = $1 ${ORDER}`, [person]),
    };
  };

/** By accession number. */
export const ofAccession =
  (studies: number) =>
  (n: number): Question => {
    const accession = `A${1 + spread(n, studies)}`;
    return {
      hospital: hospitalFor(n),
      path: `/studies?AccessionNumber=${accession}`,
      truth: (sql) => uids(sql, 'SELECT study_uid FROM studies WHERE accession_number = $1', [accession]),
    };
  };

/** The CTs of one day in a hospital’s list. */
export const ofDay =
  () =>
  (n: number): Question => {
    const day = new Date(Date.UTC(2024, 0, 1 + spread(n, 1_000))).toISOString().slice(0, 10).replaceAll('-', '');
    return {
      hospital: hospitalFor(n),
      path: `/studies?StudyDate=${day}&ModalitiesInStudy=CT&limit=${PAGE}`,
      truth: (sql) =>
        uids(
          sql,
          `SELECT study_uid FROM studies WHERE person_id IN ${TREATED} AND study_date = $2 AND 'CT' = ANY (modalities) ${ORDER} LIMIT ${PAGE}`,
          [hospitalFor(n), day],
        ),
    };
  };

/** The newest hundred of a hospital’s list, or some further page. */
export const ofPage =
  (offset: number) =>
  (n: number): Question => ({
    hospital: hospitalFor(n),
    path: `/studies?limit=${PAGE}&offset=${offset}`,
    truth: (sql) =>
      uids(sql, `SELECT study_uid FROM studies WHERE person_id IN ${TREATED} ${ORDER} LIMIT ${PAGE} OFFSET ${offset}`, [
        hospitalFor(n),
      ]),
  });
