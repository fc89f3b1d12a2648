import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import type { Statement } from '../domain/record.js';

interface Row extends Omit<Statement, 'version'> {
  readonly hospital: string;
  readonly issuer: string;
  readonly local_id: string;
  readonly patient_no: string;
  readonly home_id: string;
  readonly survivor_id: string;
  readonly linked_at: Date;
  readonly version: number | null;
}

/** One hospital's patient with everything that was said of it. */
export interface StoredRecord {
  readonly patient: LocalPatientKey;
  readonly patientNo: string;
  readonly homeId: string;
  /** Who stands for its person outside. */
  readonly personId: string;
  readonly linkedAt: Date;
  /** Newest first; none of a number that nobody has described. */
  readonly statements: readonly Statement[];
}

/** Records of all patients of these homes. */
export async function recordsOf(sql: Sql, homeIds: readonly string[]): Promise<StoredRecord[]> {
  if (homeIds.length === 0) return [];
  const rows = await sql.query<Row>(
    `SELECT p.hospital, p.issuer, p.local_id, p.patient_no, p.home_id, survivor_id, p.linked_at, o.version, o.name, o.birth_date AS "birthDate",
            o.sex, o.numbers, o.other_ids AS "otherIds", o.contact, o.study_uid IS NOT NULL AS "byStudy", o.observed_at AS "observedAt"
     FROM patients p JOIN persons ON person_id = p.home_id
     LEFT JOIN observations o ON o.patient_no = p.patient_no
     WHERE p.home_id = ANY ($1)
     ORDER BY p.patient_no, o.observed_at DESC, o.version DESC`,
    [homeIds],
  );
  const byPatient = Map.groupBy(rows, ({ hospital, issuer, local_id }) => JSON.stringify([hospital, issuer, local_id]));
  return [...byPatient.values()].flatMap((found) => recordOf(found) ?? []);
}

function recordOf(rows: readonly Row[]): StoredRecord | null {
  const [row] = rows;
  if (row === undefined) return null;
  return {
    patient: { hospital: row.hospital, issuer: row.issuer, id: row.local_id },
    patientNo: row.patient_no,
    homeId: row.home_id,
    personId: row.survivor_id,
    linkedAt: row.linked_at,
    statements: rows.flatMap(({ version, name, birthDate, sex, numbers, otherIds, contact, byStudy, observedAt }) =>
      version === null ? [] : [{ version, name, birthDate, sex, numbers, otherIds, contact, byStudy, observedAt }],
    ),
  };
}
