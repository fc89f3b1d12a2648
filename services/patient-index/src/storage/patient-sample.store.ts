import type { LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';

export interface SampledPatient {
  readonly patient: LocalPatientKey;
  readonly patientNo: string;
  /** No rule and no hospital says whose it is: it came as a new person's, whatever a steward decided since. */
  readonly isUnlinked: boolean;
}

export interface PatientSample {
  readonly patients: readonly SampledPatient[];
  /** Of all patients, how many each of these stands for. */
  readonly eachStandsFor: number;
}

const UNLINKED = new Set(['NEW_PERSON', 'STEWARD']);

/**
 * Patients at random, at most so many; all when there are no more. Numbers are drawn, for they are dense, so that nothing is read but the
 * patients themselves.
 */
export async function patientsAtRandom(sql: Sql, atMost: number, random: () => number): Promise<PatientSample> {
  const row = await first<{ last: string }>(sql, 'SELECT coalesce(max(patient_no), 0) AS last FROM patients');
  const last = Number(row?.last ?? 0);
  const numbers = last <= atMost ? numbersTo(last) : numbersAmong(last, atMost, random);
  const rows = await sql.query<{
    hospital: string;
    issuer: string;
    local_id: string;
    patient_no: string;
    reason: string;
  }>(
    `SELECT hospital, issuer, local_id, patient_no, reason FROM patients WHERE patient_no = ANY ($1::bigint[]) ORDER BY patient_no`,
    [numbers],
  );
  return {
    patients: rows.map(({ hospital, issuer, local_id: id, patient_no: patientNo, reason }) => {
      return { patient: { hospital, issuer, id }, patientNo, isUnlinked: UNLINKED.has(reason) };
    }),
    eachStandsFor: numbers.length === 0 ? 1 : last / numbers.length,
  };
}

const numbersTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1);

function numbersAmong(last: number, count: number, random: () => number): number[] {
  const numbers = new Set<number>();
  while (numbers.size < count) numbers.add(1 + Math.floor(random() * last));
  return [...numbers];
}
