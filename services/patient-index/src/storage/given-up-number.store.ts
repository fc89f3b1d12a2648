import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { keyColumns } from './patient.store.js';

/** A number that a hospital gave up, and the one that it goes on with. */
export interface GivenUpNumber {
  readonly merged: LocalPatientKey;
  readonly patient: LocalPatientKey;
}

interface Row {
  hospital: string;
  issuer: string;
  local_id: string;
  into_issuer: string;
  into_id: string;
}

/** Keeps that a hospital goes on with the one number in place of the other. */
export async function giveUpNumber(tx: Sql, { patient, merged }: GivenUpNumber, at: Date): Promise<void> {
  await takeUpNumbers(tx, [patient]);
  if (merged.issuer === patient.issuer && merged.id === patient.id) return;
  await tx.query(
    `INSERT INTO given_up_numbers (hospital, issuer, local_id, into_issuer, into_id, given_up_at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (hospital, issuer, local_id)
       DO UPDATE SET (into_issuer, into_id, given_up_at) = (excluded.into_issuer, excluded.into_id, excluded.given_up_at)`,
    [merged.hospital, merged.issuer, merged.id, patient.issuer, patient.id, at],
    'give-up-number',
  );
}

/** These are used, whatever was said before. */
export async function takeUpNumbers(tx: Sql, patients: readonly LocalPatientKey[]): Promise<void> {
  await tx.query(
    `DELETE FROM given_up_numbers WHERE (hospital, issuer, local_id) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))`,
    keyColumns(patients),
    'take-up-numbers',
  );
}

export async function givenUpAmong(sql: Sql, patients: readonly LocalPatientKey[]): Promise<GivenUpNumber[]> {
  if (patients.length === 0) return [];
  const rows = await sql.query<Row>(
    `SELECT hospital, issuer, local_id, into_issuer, into_id
     FROM given_up_numbers JOIN unnest($1::text[], $2::text[], $3::text[]) AS asked (hospital, issuer, local_id)
     USING (hospital, issuer, local_id)`,
    keyColumns(patients),
    'given-up-among',
  );
  return rows.map(({ hospital, issuer, local_id: id, into_issuer: intoIssuer, into_id: intoId }) => ({
    merged: { hospital, issuer, id },
    patient: { hospital, issuer: intoIssuer, id: intoId },
  }));
}
