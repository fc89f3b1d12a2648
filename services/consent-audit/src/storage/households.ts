import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

/** Keeps which household a hospital's patient belongs to, unless something later is known; who says nothing changes nothing. */
export async function keepHousehold(
  tx: Sql,
  { hospital, issuer, id }: LocalPatientKey,
  household: Buffer | null,
  observedAt: string,
): Promise<void> {
  if (household === null) return;
  await tx.query(
    `INSERT INTO patient_households (hospital, issuer, patient_id, household, observed_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (hospital, issuer, patient_id) DO UPDATE SET household = excluded.household, observed_at = excluded.observed_at
     WHERE patient_households.observed_at < excluded.observed_at`,
    [hospital, issuer, id, household, observedAt],
  );
}
