import { first, type Sql } from '@yinglian/persistence';
import type { PatientClass, RetentionRule } from '../domain/retention-rule.js';

/** A study that is older than the shortest period, with what its retention rests on as things are now. */
export interface AgedStudy {
  readonly studyInstanceUid: string;
  readonly studyDate: string;
  readonly isWithdrawn: boolean;
  readonly isHeld: boolean;
  readonly instances: number;
  /** YYYY-MM-DD: until that day it is kept at least. */
  readonly retainUntil: string;
  /** YYYY-MM-DD: the visit or study of the patient by which it is kept for longest, and what the patient was then. */
  readonly lastVisit: string;
  readonly patientClass: PatientClass;
}

export interface AgedPage {
  readonly hospital: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly limit: number;
  /** The last one of the page before; null for the first page. */
  readonly after: Pick<AgedStudy, 'studyDate' | 'studyInstanceUid'> | null;
}

const VALID = 'valid_from <= $1::date AND (valid_to IS NULL OR valid_to >= $1::date)';

/** For how long studies must be kept: a floor that moves forward with each visit of the patient, computed when it is asked for. */
export class RetentionStore {
  constructor(private readonly sql: Sql) {}

  /** Of each class the longest that is valid on a day (YYYY-MM-DD). */
  rules(today: string): Promise<RetentionRule[]> {
    return this.sql.query<RetentionRule>(
      `SELECT DISTINCT ON (patient_class) province, patient_class AS "patientClass", years, source FROM retention_rules
       WHERE ${VALID} ORDER BY patient_class, years DESC, province`,
      [today],
    );
  }

  /** Of one study, whatever its age; undefined when it is not there. */
  async of(studyUid: string, today: string): Promise<AgedStudy | undefined> {
    const text = keptSql(`SELECT ${AGED_COLUMNS} FROM studies WHERE study_uid = $2`);
    return first<AgedStudy>(this.sql, text, [today, studyUid]);
  }

  /** What a hospital made, oldest first, shown or not, held or not. A study that does not say its date is none of them. */
  aged(page: AgedPage): Promise<AgedStudy[]> {
    const { text, values } = agedSql(page);
    return this.sql.query<AgedStudy>(text, values);
  }
}

/** The numbers under which the hospital knows the patient of study `s`. */
const NUMBERS = `(SELECT s.patient_issuer AS issuer, s.patient_id AS id
  UNION SELECT issuer, local_id FROM patients WHERE person_id = s.person_id AND hospital = s.hospital) AS number`;

const CLASS = `CASE WHEN e.encounter_class IN ('inpatient', 'outpatient') THEN e.encounter_class ELSE 'unknown' END`;

/** The visits of the patient of study `s`. */
const VISITS = `SELECT ${CLASS} AS class, COALESCE(e.started_at, e.recorded_at)::date AS first,
    GREATEST(e.ended_at, e.started_at, e.recorded_at)::date AS last
  FROM ${NUMBERS} JOIN encounters e ON (e.hospital, e.patient_issuer, e.patient_id) = (s.hospital, number.issuer, number.id)
  WHERE e.status <> 'cancelled'`;

/** The studies of the same patient in the same hospital, each as what the patient was then: the class that keeps longest, if several. */
const STUDIES = `SELECT COALESCE((SELECT class FROM visits WHERE each.day BETWEEN first AND last
      ORDER BY array_position(ARRAY['inpatient', 'unknown', 'outpatient'], class) LIMIT 1), 'unknown') AS class, each.day AS last
  FROM (SELECT CASE WHEN x.study_date ~ '^\\d{8}$' AND pg_input_is_valid(x.study_date, 'date') THEN x.study_date::date
      ELSE x.arrived_at::date END AS day
    FROM ${NUMBERS} JOIN studies x ON (x.hospital, x.patient_issuer, x.patient_id) = (s.hospital, number.issuer, number.id)) AS each`;

const AGED_COLUMNS =
  'study_uid, study_date, hospital, patient_issuer, patient_id, person_id, is_withdrawn, is_held, instance_count';

/** The statement by itself, so that its plan can be looked at. */
export function agedSql({ hospital, today, limit, after }: AgedPage) {
  const values = [today, hospital, limit, after?.studyDate ?? '', after?.studyInstanceUid ?? ''];
  const text = keptSql(`SELECT ${AGED_COLUMNS} FROM studies
      WHERE hospital = $2 AND study_date > '' AND (study_date, study_uid) > ($4, $5)
        AND study_date <= (SELECT to_char($1::date - make_interval(years => min(years)), 'YYYYMMDD') FROM rules)
      ORDER BY study_date, study_uid LIMIT $3`);
  return { text, values };
}

/** For how long some studies are kept by the rules of a day ($1). */
const keptSql = (studies: string) => `
    WITH rules AS MATERIALIZED (
      SELECT patient_class, max(years) AS years FROM retention_rules WHERE ${VALID} GROUP BY patient_class),
    oldest AS (${studies})
    SELECT s.study_uid AS "studyInstanceUid", s.study_date AS "studyDate", s.is_withdrawn AS "isWithdrawn", s.is_held AS "isHeld",
      s.instance_count AS instances, to_char(kept.until, 'YYYY-MM-DD') AS "retainUntil", to_char(kept.last, 'YYYY-MM-DD') AS "lastVisit",
      kept.class AS "patientClass"
    FROM oldest s CROSS JOIN LATERAL (
      WITH visits AS (${VISITS})
      SELECT each.class, each.last, each.last + make_interval(years => rules.years) AS until
      FROM (SELECT class, last FROM visits UNION ALL ${STUDIES}) AS each JOIN rules ON rules.patient_class = each.class
      ORDER BY until DESC LIMIT 1) AS kept
    ORDER BY s.study_date, s.study_uid`;
