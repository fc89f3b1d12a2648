import type { Sql } from '@yinglian/persistence';
import { type AccessRow, accessesById } from './access-page.js';

/** The records that belong to a case, the newest first. */
export const recordsOfCase = async (sql: Sql, caseId: string): Promise<AccessRow[]> =>
  accessesById(
    sql,
    (await sql.query<{ id: string }>('SELECT access_id AS id FROM case_records WHERE case_id = $1', [caseId])).map(
      ({ id }) => id,
    ),
  );
