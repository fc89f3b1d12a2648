import { first, type Sql } from '@yinglian/persistence';

/** The key of that name. The first process that asks makes it; all get the same one. */
export async function keyOf<T>(
  sql: Sql,
  name: string,
  make: () => Promise<T> | T,
  check: (value: unknown) => T,
): Promise<T> {
  const read = async () => {
    const row = await first<{ value: unknown }>(sql, 'SELECT value FROM provider_keys WHERE name = $1', [name]);
    return row === undefined ? undefined : check(row.value);
  };
  const known = await read();
  if (known !== undefined) return known;
  await sql.query('INSERT INTO provider_keys (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
    name,
    JSON.stringify(await make()),
  ]);
  const kept = await read();
  if (kept === undefined) throw new Error(`The key ${name} was not kept`);
  return kept;
}
