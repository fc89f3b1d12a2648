import type { LinkReason, LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

export interface KnownPatient {
  readonly patient: LocalPatientKey;
  readonly patientNo: string;
  readonly homeId: string;
  /** 0 while nobody was told. */
  readonly linkVersion: number;
  readonly observationVersion: number;
  /** Of the newest description; 0 when there is none. */
  readonly observationHash: string;
}

export interface NewPatient extends KnownPatient {
  readonly reason: LinkReason;
}

interface Row {
  hospital: string;
  issuer: string;
  local_id: string;
  patient_no: string;
  home_id: string;
  link_version: number;
  observation_version: number;
  observation_hash: string;
}

const COLUMNS = `hospital, issuer, local_id, patient_no, home_id, link_version, observation_version, observation_hash`;

/** Those of the patients that are known. */
export async function knownPatients(sql: Sql, patients: readonly LocalPatientKey[]): Promise<KnownPatient[]> {
  const rows = await sql.query<Row>(
    `SELECT ${COLUMNS} FROM patients JOIN unnest($1::text[], $2::text[], $3::text[]) AS asked (hospital, issuer, local_id)
     USING (hospital, issuer, local_id)`,
    keyColumns(patients),
    'known-patients',
  );
  return rows.map(knownOf);
}

export async function patientsOfHomes(sql: Sql, homeIds: readonly string[]): Promise<KnownPatient[]> {
  const rows = await sql.query<Row>(`SELECT ${COLUMNS} FROM patients WHERE home_id = ANY ($1) ORDER BY patient_no`, [
    homeIds,
  ]);
  return rows.map(knownOf);
}

export interface PatientHome {
  readonly homeId: string;
  /** Who stands for the home outside. */
  readonly survivorId: string;
}

export async function homesOf(sql: Sql, patientNos: readonly string[]): Promise<ReadonlyMap<string, PatientHome>> {
  const rows = await sql.query<{ patient_no: string } & PatientHome>(
    `SELECT patient_no, home_id AS "homeId", survivor_id AS "survivorId" FROM patients JOIN persons ON person_id = home_id
     WHERE patient_no = ANY ($1::bigint[])`,
    [patientNos],
    'homes-of-patients',
  );
  return new Map(rows.map((row) => [row.patient_no, { homeId: row.homeId, survivorId: row.survivorId }]));
}

/** Numbers for patients to come; ascending in the order patients become known. */
export async function nextPatientNos(tx: Sql, count: number): Promise<string[]> {
  const rows = await tx.query<{ no: string }>(
    `SELECT nextval('patient_nos') AS no FROM generate_series(1, $1::int)`,
    [count],
    'next-patient-nos',
  );
  return rows.map(({ no }) => no);
}

export async function addPatients(tx: Sql, patients: readonly NewPatient[], linkedAt: Date): Promise<void> {
  if (patients.length === 0) return;
  await tx.query(
    `INSERT INTO patients (hospital, issuer, local_id, patient_no, home_id, reason, link_version, linked_at, observation_version, observation_hash)
     SELECT hospital, issuer, local_id, patient_no, home_id, reason, link_version, $9, observation_version, observation_hash
     FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::int[], $8::int[], $10::bigint[])
       AS added (hospital, issuer, local_id, patient_no, home_id, reason, link_version, observation_version, observation_hash)`,
    [
      ...keyColumns(patients.map(({ patient }) => patient)),
      patients.map(({ patientNo }) => patientNo),
      patients.map(({ homeId }) => homeId),
      patients.map(({ reason }) => reason),
      patients.map(({ linkVersion }) => linkVersion),
      patients.map(({ observationVersion }) => observationVersion),
      linkedAt,
      patients.map(({ observationHash }) => observationHash),
    ],
    'add-patients',
  );
}

/** Which description is the newest one of each patient. */
export async function keepNewest(tx: Sql, patients: readonly KnownPatient[]): Promise<void> {
  if (patients.length === 0) return;
  await tx.query(
    `UPDATE patients p SET observation_version = d.version, observation_hash = d.hash
     FROM unnest($1::bigint[], $2::int[], $3::bigint[]) AS d (no, version, hash) WHERE p.patient_no = d.no`,
    [
      patients.map(({ patientNo }) => patientNo),
      patients.map(({ observationVersion }) => observationVersion),
      patients.map(({ observationHash }) => observationHash),
    ],
    'keep-newest',
  );
}

/** A link as it is told. */
export interface ToldLink {
  readonly patient: LocalPatientKey;
  readonly homeId: string;
  readonly reason: LinkReason;
  readonly linkedAt: Date;
}

/** Of these patients, whose lock is held, those whose link nobody was told are told from now on. Answers their links. */
export async function beginTelling(tx: Sql, patientNos: readonly string[]): Promise<ToldLink[]> {
  if (patientNos.length === 0) return [];
  const rows = await tx.query<Row & { reason: LinkReason; linked_at: Date }>(
    `UPDATE patients SET link_version = 1 WHERE patient_no = ANY ($1::bigint[]) AND link_version = 0 RETURNING *`,
    [patientNos],
    'begin-telling',
  );
  return rows.map((row) => ({ ...knownOf(row), reason: row.reason, linkedAt: row.linked_at }));
}

/** The link is told again under its next version: the person outside, or the home, has changed. Answers the new versions. */
export async function raiseLinkVersions(
  tx: Sql,
  patientNos: readonly string[],
  reason: LinkReason,
  at: Date,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ patient_no: string; link_version: number }>(
    `UPDATE patients SET link_version = link_version + 1, reason = $2, linked_at = $3
     WHERE patient_no = ANY ($1::bigint[]) RETURNING patient_no, link_version`,
    [patientNos, reason, at],
  );
  return new Map(rows.map((row) => [row.patient_no, row.link_version]));
}

export const keyColumns = (patients: readonly LocalPatientKey[]) => [
  patients.map(({ hospital }) => hospital),
  patients.map(({ issuer }) => issuer),
  patients.map(({ id }) => id),
];

const knownOf = (row: Row): KnownPatient => ({
  patient: { hospital: row.hospital, issuer: row.issuer, id: row.local_id },
  patientNo: row.patient_no,
  homeId: row.home_id,
  linkVersion: row.link_version,
  observationVersion: row.observation_version,
  observationHash: row.observation_hash,
});
