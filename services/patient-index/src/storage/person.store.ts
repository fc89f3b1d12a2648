import type { Sql } from '@yinglian/persistence';

export interface StoredPerson {
  readonly personId: string;
  /** Who stands for this person outside; itself unless merged. */
  readonly survivorId: string;
  readonly lastSeenAt: Date;
}

const COLUMNS = 'person_id AS "personId", survivor_id AS "survivorId", last_seen_at AS "lastSeenAt"';

export const personsById = (sql: Sql, personIds: readonly string[]): Promise<StoredPerson[]> =>
  sql.query(
    `SELECT ${COLUMNS} FROM persons WHERE person_id = ANY ($1) ORDER BY person_id`,
    [personIds],
    'persons-by-id',
  );

/** Everybody who is one with one of these. */
export const personsInGroupsOf = (sql: Sql, personIds: readonly string[]): Promise<StoredPerson[]> =>
  sql.query(`${IN_GROUPS} ORDER BY person_id`, [personIds], 'persons-in-groups');

/**
 * The same, held against whoever merges, separates or sees them until the transaction ends; always in one order. Whom they are
 * one with may have changed while this waited, so it is asked again until it has not.
 */
export async function lockGroupsOf(tx: Sql, personIds: readonly string[]): Promise<StoredPerson[]> {
  if (personIds.length === 0) return [];
  for (let before = new Set<string>(); ; ) {
    const locked = await tx.query<StoredPerson>(
      `${IN_GROUPS} ORDER BY person_id FOR NO KEY UPDATE`,
      [personIds],
      'lock-groups',
    );
    if (locked.every(({ personId }) => before.has(personId))) return locked;
    before = new Set(locked.map(({ personId }) => personId));
  }
}

const IN_GROUPS = `SELECT ${COLUMNS} FROM persons
  WHERE survivor_id = ANY (ARRAY(SELECT survivor_id FROM persons WHERE person_id = ANY ($1))) AND survivor_id <> person_id
     OR person_id = ANY (ARRAY(SELECT survivor_id FROM persons WHERE person_id = ANY ($1)))`;

export async function addPersons(tx: Sql, personIds: readonly string[], lastSeenAt: readonly Date[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx.query(
    `INSERT INTO persons (person_id, survivor_id, last_seen_at)
     SELECT person_id, person_id, seen_at FROM unnest($1::text[], $2::timestamptz[]) AS added (person_id, seen_at)`,
    [personIds, lastSeenAt],
    'add-persons',
  );
}

/** Whose rows the transaction has locked. */
export async function markSeen(tx: Sql, seen: ReadonlyMap<string, Date>): Promise<void> {
  if (seen.size === 0) return;
  await tx.query(
    `UPDATE persons SET last_seen_at = seen_at FROM unnest($1::text[], $2::timestamptz[]) AS seen (id, seen_at)
     WHERE person_id = id AND last_seen_at < seen_at`,
    [[...seen.keys()], [...seen.values()]],
    'mark-seen',
  );
}

/** Another one stands for each of them from now on. Answers the versions under which that is told. */
export async function setSurvivors(
  tx: Sql,
  survivors: ReadonlyMap<string, string>,
): Promise<{ personId: string; survivorId: string; version: number }[]> {
  if (survivors.size === 0) return [];
  return tx.query(
    `UPDATE persons SET survivor_id = survivor, survivor_version = survivor_version + 1
     FROM unnest($1::text[], $2::text[]) AS set_to (id, survivor) WHERE person_id = id
     RETURNING person_id AS "personId", survivor_id AS "survivorId", survivor_version AS version`,
    [[...survivors.keys()], [...survivors.values()]],
  );
}
