import { hash } from 'node:crypto';
import type { LocalPatientKey } from '@yinglian/contracts';
import { clean } from '@yinglian/names';
import type { Sql } from '@yinglian/persistence';
import { bareNumberOf, isResidentId } from '../domain/identity/strong-numbers.js';
import type { ObservedPatient } from '../domain/observation.js';
import type { KeptObservation } from '../domain/person.js';
import { type ObservedName, readName } from '../domain/person-name.js';

/** A description as its row has it. */
export interface ObservationRow {
  hospital: string;
  issuer: string;
  local_id: string;
  version: number;
  name: ObservedName;
  birth_date: string | null;
  sex: string;
  numbers: string[];
  observed_at: Date;
}

/** What a hospital said of a patient, and how it was read. */
export interface Described {
  readonly patientNo: string;
  readonly observed: ObservedPatient;
  readonly version: number;
  readonly birthDate: string | null;
  readonly sex: string;
  readonly strongNumbers: readonly string[];
}

/** What hospitals said about the patients of each home, newest first. */
export async function observationsOf(
  sql: Sql,
  homeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KeptObservation[]>> {
  if (homeIds.length === 0) return new Map();
  const rows = await sql.query<ObservationRow & { home_id: string }>(
    `SELECT hospital, issuer, local_id, p.home_id, o.version, o.name, o.birth_date, o.sex, o.numbers, o.observed_at
     FROM patients p JOIN observations o USING (patient_no)
     WHERE p.home_id = ANY ($1)
     ORDER BY o.observed_at DESC, hospital, issuer, local_id, o.version DESC`,
    [homeIds],
    'observations-of-homes',
  );
  const byHome = Map.groupBy(rows, (row) => row.home_id);
  return new Map([...byHome].map(([homeId, found]) => [homeId, found.map(keptOf)]));
}

/** Everything that hospitals ever said about these patients. */
export async function observationsOfPatients(
  sql: Sql,
  patientNos: readonly string[],
): Promise<(KeptObservation & { readonly patientNo: string })[]> {
  const rows = await sql.query<ObservationRow & { patient_no: string }>(
    `SELECT hospital, issuer, local_id, p.patient_no, o.version, o.name, o.birth_date, o.sex, o.numbers, o.observed_at
     FROM patients p JOIN observations o USING (patient_no)
     WHERE p.patient_no = ANY ($1::bigint[]) ORDER BY p.patient_no, o.version`,
    [patientNos],
  );
  return rows.map((row) => ({ ...keptOf(row), patientNo: row.patient_no }));
}

/** Keeps descriptions of patients who are known. */
export async function keepObservations(tx: Sql, kept: readonly Described[]): Promise<void> {
  if (kept.length === 0) return;
  await tx.query(
    `INSERT INTO observations (patient_no, version, name, birth_date, sex, other_ids, numbers, study_uid, observed_at, contact)
     SELECT patient_no, version, name, birth_date, sex, other_ids, numbers::text[], study_uid, observed_at, contact
     FROM unnest($1::bigint[], $2::int[], $3::jsonb[], $4::text[], $5::text[], $6::jsonb[], $7::text[], $8::text[], $9::timestamptz[], $10::jsonb[])
       AS described (patient_no, version, name, birth_date, sex, other_ids, numbers, study_uid, observed_at, contact)`,
    [
      kept.map(({ patientNo }) => patientNo),
      kept.map(({ version }) => version),
      kept.map(({ observed }) => keepable(observed.name)),
      kept.map(({ birthDate }) => birthDate),
      kept.map(({ sex }) => sex),
      kept.map(({ observed }) => keepable(observed.otherIds)),
      kept.map(({ strongNumbers }) => arrayOf(strongNumbers)),
      kept.map(({ observed }) => observed.studyInstanceUid),
      kept.map(({ observed }) => observed.observedAt),
      kept.map(({ observed }) => contactOf(observed)),
    ],
    'keep-observations',
  );
}

/** As PostgreSQL writes an array of texts. */
const arrayOf = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replaceAll(/[\\"]/g, '\\$&')}"`).join(',')}}`;

/** Tells descriptions apart: equal ones are kept once. */
export function hashOf(observed: ObservedPatient): string {
  const { name, birthDate, sex, otherIds } = observed;
  const text = JSON.stringify([name, birthDate, sex, otherIds, contactOf(observed)]);
  return hash('sha256', text, 'buffer').readBigInt64BE().toString();
}

function contactOf(observed: ObservedPatient): string | null {
  if (!('phones' in observed)) return null;
  const { phones, addresses, mother, birthOrder } = observed;
  return keepable({ phones, addresses, mother, birthOrder });
}

/** Text that PostgreSQL and JSON both keep. JSON escapes what is not, but for a few control characters. */
function keepable(value: object): string {
  const text = JSON.stringify(value);
  if (!/\\[^"\\]|[\x7f-\x9f]/.test(text)) return text;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? clean(part) : part));
}

export const keptOf = (row: ObservationRow): KeptObservation => ({
  patient: { hospital: row.hospital, issuer: row.issuer, id: row.local_id } satisfies LocalPatientKey,
  version: row.version,
  name: readName(row.name),
  birthDate: row.birth_date,
  sex: row.sex,
  strongNumbers: row.numbers,
  residentIds: row.numbers.filter(isResidentId).map(bareNumberOf),
  observedAt: row.observed_at,
});
