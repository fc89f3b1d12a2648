import type { LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';

export async function hasPatientsOf(
  sql: Sql,
  { hospital, issuer }: Pick<LocalPatientKey, 'hospital' | 'issuer'>,
): Promise<boolean> {
  const found = await first(sql, 'SELECT 1 FROM patients WHERE hospital = $1 AND issuer = $2 LIMIT 1', [
    hospital,
    issuer,
  ]);
  return found !== undefined;
}
