import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

/**
 * Waits until no other transaction works on these patients or resident ids; held until the transaction ends. Taken in
 * one order by all, so that nobody waits in a circle.
 */
export async function lockIdentities(
  tx: Sql,
  patients: readonly LocalPatientKey[],
  residentIds: readonly string[],
): Promise<void> {
  const names = [
    ...patients.map(({ hospital, issuer, id }) => JSON.stringify(['patient', hospital, issuer, id])),
    ...residentIds.map((number) => JSON.stringify(['resident', number])),
  ];
  // One statement each: the next one sees what the transaction that was waited for has committed.
  for (const name of [...new Set(names)].sort()) {
    await tx.query('SELECT 1 FROM pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  }
}
