/** The one thing a store needs: run a parameterised statement, inside or outside a transaction. */
export interface Sql {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** The only row of a query by key, or undefined. */
export async function first<Row extends object>(
  sql: Sql,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row | undefined> {
  const rows = await sql.query<Row>(text, values);
  return rows[0];
}
