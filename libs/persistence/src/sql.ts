/** The one thing a store needs: run a parameterised statement, inside or outside a transaction. */
export interface Sql {
  /**
   * @param name Of a statement that runs for every request and whose best plan is the same for all values: each connection
   * parses and plans it once, if lists go in by `plannedOnce`. One name, one text.
   */
  query<Row extends object>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]>;
}

/** The only row of a query by key, or undefined. */
export async function first<Row extends object>(
  sql: Sql,
  text: string,
  values: readonly unknown[] = [],
  name?: string,
): Promise<Row | undefined> {
  const rows = await sql.query<Row>(text, values, name);
  return rows[0];
}
