import type { HospitalLevel, HospitalPixels } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import type { Hospital } from '../domain/hospital.js';

interface Row {
  code: string;
  name: string;
  level: HospitalLevel;
  credit_code: string | null;
  ae_title: string;
  calling_ae_titles: string[];
  pixels: HospitalPixels;
  suspended: boolean;
  version: number;
  changed_at: Date;
}

/** A province has some hundreds of hospitals: all of them are one answer. */
export async function listHospitals(sql: Sql): Promise<Hospital[]> {
  return (await sql.query<Row>('SELECT * FROM hospitals ORDER BY code')).map(hospitalOf);
}

export async function findHospital(sql: Sql, code: string): Promise<Hospital | undefined> {
  const row = await first<Row>(sql, 'SELECT * FROM hospitals WHERE code = $1', [code]);
  return row === undefined ? undefined : hospitalOf(row);
}

/** The hospital, held until the transaction ends. */
export async function hospitalToChange(tx: Sql, code: string): Promise<Hospital | undefined> {
  const row = await first<Row>(tx, 'SELECT * FROM hospitals WHERE code = $1 FOR UPDATE', [code]);
  return row === undefined ? undefined : hospitalOf(row);
}

export async function insertHospital(tx: Sql, hospital: Hospital): Promise<void> {
  await tx.query(
    `INSERT INTO hospitals (code, name, level, credit_code, ae_title, calling_ae_titles, suspended, version, changed_at, pixels)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    valuesOf(hospital),
  );
}

export async function updateHospital(tx: Sql, hospital: Hospital): Promise<void> {
  await tx.query(
    `UPDATE hospitals SET name = $2, level = $3, credit_code = $4, ae_title = $5, calling_ae_titles = $6, suspended = $7,
       version = $8, changed_at = $9, pixels = $10
     WHERE code = $1`,
    valuesOf(hospital),
  );
}

const valuesOf = (hospital: Hospital) => [
  hospital.code,
  hospital.name,
  hospital.level,
  hospital.creditCode,
  hospital.aeTitle,
  hospital.callingAeTitles,
  hospital.suspended,
  hospital.version,
  hospital.changedAt,
  hospital.pixels,
];

const hospitalOf = (row: Row): Hospital => ({
  code: row.code,
  name: row.name,
  level: row.level,
  creditCode: row.credit_code,
  aeTitle: row.ae_title,
  callingAeTitles: row.calling_ae_titles,
  pixels: row.pixels,
  suspended: row.suspended,
  version: row.version,
  changedAt: row.changed_at,
});
