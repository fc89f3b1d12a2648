import { first, type Sql } from '@yinglian/persistence';

export type Standing = 'self' | 'guardian';

export interface AccountLink {
  readonly linkId: string;
  readonly account: string;
  readonly personId: string;
  /** Everybody who was one with the person then: it holds only while all of them are. */
  readonly persons: string[];
  readonly standing: Standing;
  /** Of a guardian: kind and reference of the document. */
  readonly proof: { readonly kind: string; readonly reference: string } | null;
  readonly identity: string;
  readonly linkedBy: string;
  readonly linkedAtHospital: string | null;
  readonly linkedAt: Date;
  /** Of a guardian: the 14th birthday. */
  readonly endsAt: Date | null;
}

const LINK = `SELECT link_id AS "linkId", account, person_id AS "personId", persons, standing, proof, identity,
  linked_by AS "linkedBy", linked_hospital AS "linkedAtHospital", linked_at AS "linkedAt", ends_at AS "endsAt" FROM account_links`;
const IN_FORCE = 'unlinked_at IS NULL AND persons <@ ARRAY(SELECT access_group(person_id))';

export async function insertLink(tx: Sql, link: AccountLink): Promise<void> {
  await tx.query(
    `INSERT INTO account_links (link_id, account, person_id, persons, standing, proof, identity, linked_by, linked_hospital,
       linked_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      link.linkId,
      link.account,
      link.personId,
      link.persons,
      link.standing,
      link.proof,
      link.identity,
      link.linkedBy,
      link.linkedAtHospital,
      link.linkedAt,
      link.endsAt,
    ],
  );
}

/** Ends it; undefined when it is not in force. */
export const endLink = (tx: Sql, linkId: string, by: string, at: Date): Promise<{ personId: string } | undefined> =>
  first<{ personId: string }>(
    tx,
    `UPDATE account_links SET unlinked_at = $3, unlinked_by = $2 WHERE link_id = $1 AND unlinked_at IS NULL
     RETURNING person_id AS "personId"`,
    [linkId, by, at],
  );

/** Ends those that stand for the person and others who are not in the group any more: it may be the account of any of them. */
export const endLinksApart = (tx: Sql, personId: string, group: readonly string[], at: string) =>
  tx.query<{ linkId: string; personId: string }>(
    `UPDATE account_links SET unlinked_at = $3, unlinked_by = 'persons.split'
     WHERE unlinked_at IS NULL AND cardinality(persons) > 1 AND persons @> ARRAY[$1] AND NOT persons <@ $2
     RETURNING link_id AS "linkId", person_id AS "personId"`,
    [personId, group, at],
  );

/** Those of the account that hold now. */
export const linksOfAccount = (sql: Sql, account: string, now: Date): Promise<AccountLink[]> =>
  sql.query(
    `${LINK} WHERE account = $1 AND ${IN_FORCE} AND (ends_at IS NULL OR ends_at > $2) ORDER BY standing DESC, linked_at, link_id`,
    [account, now],
  );

/** Accounts that stand for any of these persons now. */
export const linksToPersons = (sql: Sql, personIds: readonly string[], now: Date): Promise<AccountLink[]> =>
  sql.query(
    `${LINK} WHERE person_id = ANY ($1) AND ${IN_FORCE} AND (ends_at IS NULL OR ends_at > $2) ORDER BY linked_at DESC, link_id`,
    [personIds, now],
  );

/** Everybody whom the account stands for, with those who are one with them. */
export async function personsOfAccount(sql: Sql, account: string, now: Date): Promise<string[]> {
  const rows = await sql.query<{ personId: string }>(
    `SELECT DISTINCT one AS "personId" FROM account_links CROSS JOIN LATERAL access_group(person_id) AS one
     WHERE account = $1 AND ${IN_FORCE} AND (ends_at IS NULL OR ends_at > $2)`,
    [account, now],
  );
  return rows.map(({ personId }) => personId);
}

/** Whether it is an account of a patient, by which they may sign in. */
export async function isPatientAccount(sql: Sql, account: string): Promise<boolean> {
  const found = await sql.query("SELECT 1 FROM known_staff WHERE subject = $1 AND active AND roles = '{patient}'", [
    account,
  ]);
  return found.length > 0;
}
