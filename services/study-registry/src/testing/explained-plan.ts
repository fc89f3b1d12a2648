import type { Database, Sql } from '@yinglian/persistence';

/** The plans of the statements that something would run, as text; they are not run. */
export async function explainedPlan(database: Database, read: (sql: Sql) => Promise<unknown>): Promise<string> {
  const plans: unknown[] = [];
  await read({
    query: async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> => {
      const [row] = await database.query<{ 'QUERY PLAN': object }>(`EXPLAIN (FORMAT JSON) ${text}`, values);
      plans.push(row?.['QUERY PLAN']);
      return [];
    },
  });
  return JSON.stringify(plans);
}
