import type { Sql } from '@yinglian/persistence';
import type { PageCursor } from '../domain/page-cursor.js';

/** Somebody who is looked at out of curiosity. */
export interface Vip {
  readonly vipId: string;
  readonly personId: string;
  readonly reason: string;
  readonly listedBy: string;
  readonly displayName: string;
  readonly listedAt: Date;
}

/** False when one of those who are one with the person is listed already. */
export async function insertVip(tx: Sql, vip: Vip): Promise<boolean> {
  const kept = await tx.query(
    `INSERT INTO vips (vip_id, person_id, reason, listed_by, display_name, listed_at) SELECT $1, $2, $3, $4, $5, $6
     WHERE NOT EXISTS (SELECT FROM access_group($2) one JOIN vips v ON v.person_id = one AND v.ended_at IS NULL)
     ON CONFLICT (person_id) WHERE ended_at IS NULL DO NOTHING RETURNING 1 AS kept`,
    [vip.vipId, vip.personId, vip.reason, vip.listedBy, vip.displayName, vip.listedAt],
  );
  return kept.length > 0;
}

/** False when it is not in force. */
export async function endVip(tx: Sql, vipId: string, by: string, at: Date): Promise<boolean> {
  const ended = await tx.query(
    'UPDATE vips SET ended_at = $3, ended_by = $2 WHERE vip_id = $1 AND ended_at IS NULL RETURNING 1 AS ended',
    [vipId, by, at],
  );
  return ended.length > 0;
}

/** The newest first. */
export const vipPage = (sql: Sql, after: PageCursor | undefined, limit: number): Promise<Vip[]> =>
  sql.query(
    `SELECT vip_id AS "vipId", person_id AS "personId", reason, listed_by AS "listedBy", display_name AS "displayName",
       listed_at AS "listedAt" FROM vips
     WHERE ended_at IS NULL ${after === undefined ? '' : 'AND (listed_at, vip_id) < ($2::timestamptz, $3::uuid)'}
     ORDER BY listed_at DESC, vip_id DESC LIMIT $1`,
    [limit, ...(after === undefined ? [] : [after.at, after.id])],
  );

/** Whether a hospital has a patient who is one of these persons. */
export async function arePatients(sql: Sql, personIds: readonly string[]): Promise<boolean> {
  return (await sql.query('SELECT 1 FROM patient_persons WHERE person_id = ANY ($1) LIMIT 1', [personIds])).length > 0;
}
