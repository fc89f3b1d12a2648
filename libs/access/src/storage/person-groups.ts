import { first, type Sql } from '@yinglian/persistence';

/** What was told of who stands for a person. */
export interface Survivor {
  readonly personId: string;
  /** Null: the person stands for themselves again. */
  readonly survivorId: string | null;
  readonly version: number;
}

/** All persons who are one with this one, who is among them, in the order of their ids. */
export async function personGroup(sql: Sql, personId: string): Promise<readonly string[]> {
  const rows = await sql.query<{ personId: string }>(
    `SELECT person_id AS "personId" FROM access_group($1) AS person_id ORDER BY person_id`,
    [personId],
    'access-person-group',
  );
  return rows.map((row) => row.personId);
}

/** Who stands for the person; mostly they themselves. */
export async function survivorOf(sql: Sql, personId: string): Promise<string> {
  const row = await first<{ personId: string }>(
    sql,
    `SELECT one AS "personId" FROM access_group($1) AS one
     WHERE NOT EXISTS (SELECT FROM access_survivors WHERE person_id = one AND survivor_id IS NOT NULL)`,
    [personId],
    'access-survivor',
  );
  return row?.personId ?? personId;
}

/** Keeps who stands for a person, unless something later is known. */
export async function keepSurvivor(tx: Sql, { personId, survivorId, version }: Survivor): Promise<boolean> {
  const kept = await tx.query(
    `INSERT INTO access_survivors (person_id, survivor_id, version) VALUES ($1, $2, $3)
     ON CONFLICT (person_id) DO UPDATE SET survivor_id = excluded.survivor_id, version = excluded.version
     WHERE access_survivors.version < excluded.version RETURNING 1 AS kept`,
    [personId, survivorId, version],
  );
  return kept.length > 0;
}
