import type { Sql } from '@yinglian/persistence';

export interface RelationshipFilter {
  /** Of any of these persons, who are one. */
  readonly personIds?: readonly string[] | undefined;
  readonly hospital?: string | undefined;
  /** The last relationship of the page before. */
  readonly after?: { readonly declaredAt: Date; readonly relationshipId: string } | undefined;
  readonly limit: number;
}

export interface DeclaredRow {
  readonly relationshipId: string;
  readonly personId: string;
  readonly actor: { readonly subject: string; readonly displayName: string; readonly hospital: string };
  readonly reason: string;
  readonly declaredAt: Date;
  readonly expiresAt: Date;
}

/** A page of declared relationships, newest first. */
export function relationshipPage(sql: Sql, { personIds, hospital, after, limit }: RelationshipFilter) {
  const values: unknown[] = [limit];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions: string[] = [];
  if (personIds !== undefined) conditions.push(`person_id = ANY (${value(personIds)})`);
  if (hospital !== undefined) conditions.push(`hospital = ${value(hospital)}`);
  if (after !== undefined) {
    const last = `(${value(after.declaredAt)}::timestamptz, ${value(after.relationshipId)}::uuid)`;
    conditions.push(`(declared_at, relationship_id) < ${last}`);
  }
  return sql.query<DeclaredRow>(
    `SELECT relationship_id AS "relationshipId", person_id AS "personId", reason, declared_at AS "declaredAt",
       expires_at AS "expiresAt",
       jsonb_build_object('subject', subject, 'displayName', display_name, 'hospital', hospital) AS actor
     FROM declared_relationships ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
     ORDER BY declared_at DESC, relationship_id DESC LIMIT $1`,
    values,
  );
}
