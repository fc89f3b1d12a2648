import type { Sql } from '@yinglian/persistence';

/** Decisions of before are laid over the packs last; one in between would stand before them. */
export const isBeingRebuilt = async (sql: Sql): Promise<boolean> =>
  (await sql.query(`SELECT 1 WHERE to_regclass('rebuild_plan') IS NOT NULL`)).length > 0;
