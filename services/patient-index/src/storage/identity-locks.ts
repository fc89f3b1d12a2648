import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

/**
 * Waits until no other transaction works on these patients or numbers; held until the transaction ends. Taken in one order by all, so
 * that nobody waits in a circle. What is read after it has seen what the transactions that were waited for have committed.
 */
export async function lockIdentities(
  tx: Sql,
  patients: readonly LocalPatientKey[],
  numbers: readonly string[],
): Promise<void> {
  const names = [
    ...patients.map(({ hospital, issuer, id }) => JSON.stringify(['patient', hospital, issuer, id])),
    ...numbers.map((number) => JSON.stringify(['number', number])),
  ];
  await tx.query(
    `SELECT count(pg_advisory_xact_lock(lock)) FROM (
       SELECT DISTINCT hashtextextended(name, 0) AS lock FROM unnest($1::text[]) AS asked (name) ORDER BY lock
     ) AS in_order`,
    [names],
    'lock-identities',
  );
}
