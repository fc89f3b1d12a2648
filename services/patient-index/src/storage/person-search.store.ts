import type { Sql } from '@yinglian/persistence';

export interface PersonQuery {
  /** Search keys that a person must all have. */
  readonly every: readonly string[];
  /** Groups of search keys of which a person must have one each. */
  readonly any: readonly string[];
}

/** Ids of the persons found, in their order, after `after`. */
export async function findPersonIds(sql: Sql, query: PersonQuery, after: string, limit: number): Promise<string[]> {
  const { text, values } = personSearchSql(query, after, limit);
  const rows = await sql.query<{ person_id: string }>(text, values);
  return rows.map(({ person_id: personId }) => personId);
}

/** The statement by itself, so that its plan can be looked at. An empty query finds nobody. */
export function personSearchSql({ every, any }: PersonQuery, after: string, limit: number) {
  const conditions = [
    every.length > 0 ? 'search_keys @> $3::text[]' : '$3::text[] IS NOT NULL',
    any.length > 0 ? 'search_keys && $4::text[]' : '$4::text[] IS NOT NULL',
    every.length + any.length > 0 ? 'TRUE' : 'FALSE',
  ];
  return {
    text: `SELECT person_id FROM persons WHERE ${conditions.join(' AND ')} AND person_id > $1 ORDER BY person_id LIMIT $2`,
    values: [after, limit, every, any],
  };
}
