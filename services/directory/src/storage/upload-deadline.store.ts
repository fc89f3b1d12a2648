import type { UploadDeadline } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

export interface KeptDeadline extends UploadDeadline {
  readonly source: string;
  /** Grows with every change of any of them. */
  readonly revision: number;
  readonly changedBy: string | null;
  readonly changedAt: Date;
}

/** All that ever held, by priority and day; they are few. */
export function listDeadlines(sql: Sql): Promise<KeptDeadline[]> {
  return sql.query<KeptDeadline>(
    `SELECT priority, to_char(valid_from, 'YYYY-MM-DD') AS "validFrom", minutes, source, revision::int AS revision,
       changed_by AS "changedBy", changed_at AS "changedAt"
     FROM upload_deadlines ORDER BY priority, valid_from`,
    [],
    'upload-deadlines',
  );
}

export async function putDeadline(
  sql: Sql,
  { priority, validFrom, minutes }: UploadDeadline,
  source: string,
  changedBy: string,
): Promise<void> {
  await sql.query(
    `INSERT INTO upload_deadlines (priority, valid_from, minutes, source, changed_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (priority, valid_from) DO UPDATE SET minutes = excluded.minutes, source = excluded.source,
       changed_by = excluded.changed_by, changed_at = now(), revision = excluded.revision`,
    [priority, validFrom, minutes, source, changedBy],
  );
}
