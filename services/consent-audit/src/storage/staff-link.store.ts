import type { Sql } from '@yinglian/persistence';

/** Which person of the province an account of staff is. It gives no rights. */
export interface StaffLink {
  readonly linkId: string;
  readonly account: string;
  readonly personId: string;
  /** Everybody who was one with the person then: it holds only while all of them are. */
  readonly persons: readonly string[];
  readonly identity: string;
  readonly linkedBy: string;
  readonly linkedAtHospital: string | null;
  readonly linkedAt: Date;
}

/** The hospital whose accounts a clerk answers for; null: all of them. */
type Reach = string | null;

const IN_REACH = (reach: string) =>
  `(${reach}::text IS NULL OR account IN (SELECT subject FROM known_staff WHERE subject = account AND hospital = ${reach}))`;

/** Whether it is an account of staff in the clerk's reach, by which somebody may sign in. */
export async function isStaffAccount(sql: Sql, account: string, reach: Reach): Promise<boolean> {
  const found = await sql.query(
    `SELECT 1 FROM known_staff WHERE subject = $1 AND active AND NOT 'patient' = ANY (roles)
       AND ($2::text IS NULL OR hospital = $2)`,
    [account, reach],
  );
  return found.length > 0;
}

/** False when the account is somebody's already. One of persons who are one no more makes room. */
export async function insertStaffLink(tx: Sql, link: StaffLink): Promise<boolean> {
  await tx.query(
    `UPDATE staff_links SET unlinked_at = $2, unlinked_by = 'persons.split'
     WHERE account = $1 AND unlinked_at IS NULL AND NOT persons <@ ARRAY(SELECT access_group(person_id))`,
    [link.account, link.linkedAt],
  );
  const kept = await tx.query(
    `INSERT INTO staff_links (link_id, account, person_id, persons, identity, linked_by, linked_hospital, linked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account) WHERE unlinked_at IS NULL DO NOTHING RETURNING 1 AS kept`,
    [
      link.linkId,
      link.account,
      link.personId,
      link.persons,
      link.identity,
      link.linkedBy,
      link.linkedAtHospital,
      link.linkedAt,
    ],
  );
  return kept.length > 0;
}

/** Ends it; undefined when there is none in reach, or it is the clerk's own. */
export async function endStaffLink(tx: Sql, linkId: string, by: string, reach: Reach, at: Date) {
  const [ended] = await tx.query<{ account: string; personId: string }>(
    `UPDATE staff_links SET unlinked_at = $4, unlinked_by = $2
     WHERE link_id = $1 AND unlinked_at IS NULL AND account <> $2 AND ${IN_REACH('$3')}
     RETURNING account, person_id AS "personId"`,
    [linkId, by, reach, at],
  );
  return ended;
}

/** Accounts of staff that are any of these persons, as far as the clerk answers for them. */
export const staffLinksTo = (
  sql: Sql,
  personIds: readonly string[],
  reach: Reach,
): Promise<Pick<StaffLink, 'linkId' | 'account' | 'linkedAtHospital' | 'linkedAt'>[]> =>
  sql.query(
    `SELECT link_id AS "linkId", account, linked_hospital AS "linkedAtHospital", linked_at AS "linkedAt" FROM staff_links
     WHERE person_id = ANY ($1) AND unlinked_at IS NULL AND ${IN_REACH('$2')} ORDER BY linked_at DESC, link_id`,
    [personIds, reach],
  );
