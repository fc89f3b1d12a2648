import type { Sql } from '@yinglian/persistence';

/** When the link of a patient of each home last changed. */
export async function latestLinks(sql: Sql, homeIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  const rows = await sql.query<{ home_id: string; linked_at: Date }>(
    'SELECT home_id, max(linked_at) AS linked_at FROM patients WHERE home_id = ANY ($1) GROUP BY home_id',
    [homeIds],
    'latest-links',
  );
  return new Map(rows.map((row) => [row.home_id, row.linked_at]));
}
