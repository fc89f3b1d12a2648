import { first, type Sql } from '@yinglian/persistence';

/** Seals the rest of a search in the address of its next page: one key for all processes. */
export async function pageKey(sql: Sql): Promise<Buffer> {
  const row = await first<{ key: Buffer }>(sql, 'SELECT key FROM page_key');
  if (row === undefined) throw new Error('The migration that makes the page key has not run');
  return row.key;
}
