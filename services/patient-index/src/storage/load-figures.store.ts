import { first, type Sql } from '@yinglian/persistence';

export interface LoadFigures {
  /** Who stand for themselves. */
  readonly persons: number;
  readonly patients: number;
  /** Patients by the reason of their link. */
  readonly links: ReadonlyMap<string, number>;
  readonly merges: number;
  /** Open ones by kind. */
  readonly conflicts: ReadonlyMap<string, number>;
  /** All tables of the database with their indexes. */
  readonly bytes: number;
}

/** What is in the index. It reads through the tables. */
export async function loadFigures(sql: Sql): Promise<LoadFigures> {
  const row = await first<{ persons: string; merges: string; bytes: string }>(
    sql,
    `SELECT (SELECT count(*) FROM persons WHERE survivor_id = person_id) AS persons,
            (SELECT count(*) FROM merges JOIN decisions USING (decision_id) WHERE withdrawn_at IS NULL) AS merges,
            (SELECT sum(pg_total_relation_size(oid)) FROM pg_class
             WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace) AS bytes`,
  );
  const links = await counted(sql, 'SELECT reason AS name, count(*) FROM patients GROUP BY reason ORDER BY reason');
  const conflicts = await counted(
    sql,
    'SELECT kind AS name, count(*) FROM conflicts WHERE decision IS NULL GROUP BY kind ORDER BY kind',
  );
  return {
    persons: Number(row?.persons),
    patients: [...links.values()].reduce((sum, count) => sum + count, 0),
    links,
    merges: Number(row?.merges),
    conflicts,
    bytes: Number(row?.bytes),
  };
}

async function counted(sql: Sql, text: string): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ name: string; count: string }>(text);
  return new Map(rows.map(({ name, count }) => [name, Number(count)]));
}
