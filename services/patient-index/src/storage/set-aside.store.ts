import { first, type Sql } from '@yinglian/persistence';

const IS_ASKED = `kind = 'LIKELY_SAME' AND decision IS NULL AND NOT waiting`;

/** Questions with less evidence are set aside, those with as much come back. What a hospital was asked about stays. */
export async function setAsideBelow(tx: Sql, leastBits: number): Promise<void> {
  await tx.query(
    `UPDATE conflicts SET set_aside = bits < $1::float8 WHERE ${IS_ASKED} AND set_aside <> (bits < $1::float8)`,
    [leastBits],
  );
}

/** How many questions `setAsideBelow` would set aside, and how many come back. */
export async function countSetAsideBelow(sql: Sql, leastBits: number): Promise<{ setAside: number; comeBack: number }> {
  const counted = await first<{ setAside: number; comeBack: number }>(
    sql,
    `SELECT count(*) FILTER (WHERE NOT set_aside AND bits < $1::float8)::int AS "setAside",
            count(*) FILTER (WHERE set_aside AND bits >= $1::float8)::int AS "comeBack"
     FROM conflicts WHERE ${IS_ASKED}`,
    [leastBits],
  );
  return counted ?? { setAside: 0, comeBack: 0 };
}
