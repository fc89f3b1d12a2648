import { first, type Sql } from '@yinglian/persistence';

/** What was told of who stands for a person. */
export interface Survivor {
  readonly personId: string;
  /** Null: the person stands for themselves again. */
  readonly survivorId: string | null;
  readonly version: number;
}

/**
 * A recursive expression `grouped (asked, person_id)`: everybody who is one with each person of the parameter, themselves
 * included. It goes all ways and as far as they lead: merges of several persons are told in any order, so that for a moment
 * a survivor may have one, or two may stand for each other. Join it with LATERAL subqueries that cannot be dissolved: how
 * many there are is unknown to PostgreSQL, and it would rather read whole tables.
 */
export const grouped = (persons: string) => `grouped (asked, person_id) AS (
    SELECT person_id, person_id FROM unnest(${persons}::text[]) AS person_id
    UNION
    SELECT g.asked, near.person_id FROM grouped g CROSS JOIN LATERAL (
      SELECT survivor_id AS person_id FROM access_survivors WHERE person_id = g.person_id AND survivor_id IS NOT NULL
      UNION ALL
      SELECT person_id FROM access_survivors WHERE survivor_id = g.person_id
    ) near
  )`;

/** All persons who are one with this one, who is among them, in the order of their ids. */
export async function personGroup(sql: Sql, personId: string): Promise<readonly string[]> {
  const rows = await sql.query<{ personId: string }>(
    `WITH RECURSIVE ${grouped('$1')} SELECT person_id AS "personId" FROM grouped ORDER BY person_id`,
    [[personId]],
    'access-person-group',
  );
  return rows.map((row) => row.personId);
}

/** Who stands for the person; mostly they themselves. */
export async function survivorOf(sql: Sql, personId: string): Promise<string> {
  const row = await first<{ personId: string }>(
    sql,
    `WITH RECURSIVE ${grouped('$1')} SELECT person_id AS "personId" FROM grouped
     WHERE NOT EXISTS
       (SELECT FROM access_survivors s WHERE s.person_id = grouped.person_id AND s.survivor_id IS NOT NULL)`,
    [[personId]],
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

/** Until the transaction ends, nobody else is merged or split here; it waits for those who are just being. */
export async function holdGroups(tx: Sql): Promise<void> {
  await tx.query('LOCK TABLE access_survivors IN SHARE MODE');
}
