import type { LinkRule, LocalPatientKey } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';
import { type KeptObservation, searchKeysOf } from '../domain/person.js';
import { observationsOf } from './observation.store.js';

export interface Link {
  readonly patient: LocalPatientKey;
  readonly personId: string;
  readonly rule: LinkRule;
  /** Counts the links of this patient from 1. */
  readonly version: number;
  readonly linkedAt: Date;
}

export interface StoredPerson {
  readonly personId: string;
  readonly residentId: string | null;
  readonly lastSeenAt: Date;
}

const PERSON = 'person_id AS "personId", resident_id AS "residentId", last_seen_at AS "lastSeenAt"';

export const personsById = (sql: Sql, personIds: readonly string[]): Promise<StoredPerson[]> =>
  sql.query(`SELECT ${PERSON} FROM persons WHERE person_id = ANY ($1) ORDER BY person_id`, [personIds]);

/** Those who hold one of the resident ids. */
export const holdersOf = (sql: Sql, residentIds: readonly string[]): Promise<StoredPerson[]> =>
  sql.query(`SELECT ${PERSON} FROM persons WHERE resident_id = ANY ($1) ORDER BY person_id`, [residentIds]);

/** The person that the patient is linked to, and the link's version; the link stays as it is until the transaction ends. */
export const linkedPersonOf = (
  tx: Sql,
  { hospital, issuer, id }: LocalPatientKey,
): Promise<(StoredPerson & { version: number }) | undefined> =>
  first(
    tx,
    `SELECT ${PERSON}, link_version AS version FROM patients JOIN persons USING (person_id)
     WHERE (hospital, issuer, local_id) = ($1, $2, $3) FOR UPDATE OF patients`,
    [hospital, issuer, id],
  );

export async function addPerson(tx: Sql, { personId, residentId, lastSeenAt }: StoredPerson): Promise<void> {
  await tx.query('INSERT INTO persons (person_id, resident_id, last_seen_at) VALUES ($1, $2, $3)', [
    personId,
    residentId,
    lastSeenAt,
  ]);
}

/** Writes a patient's first link, or puts a later one in its place. */
export async function setLink(tx: Sql, { patient, personId, rule, version, linkedAt }: Link): Promise<void> {
  await tx.query(
    `INSERT INTO patients (hospital, issuer, local_id, person_id, rule, link_version, linked_at, observation_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 0)
     ON CONFLICT (hospital, issuer, local_id) DO UPDATE
     SET person_id = $4, rule = $5, link_version = $6, linked_at = $7`,
    [patient.hospital, patient.issuer, patient.id, personId, rule, version, linkedAt],
  );
}

export async function claimResidentId(tx: Sql, personId: string, residentId: string | null): Promise<void> {
  await tx.query('UPDATE persons SET resident_id = $2 WHERE person_id = $1', [personId, residentId]);
}

/** Brings what persons are found by up to what is known of them. Always in one order: others do the same at the same time. */
export async function refreshPersons(tx: Sql, personIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(personIds)].sort();
  await tx.query('SELECT 1 FROM persons WHERE person_id = ANY ($1) ORDER BY person_id FOR NO KEY UPDATE', [ids]);
  const observations = await observationsOf(tx, ids);
  for (const id of ids) {
    await tx.query('UPDATE persons SET search_keys = $2 WHERE person_id = $1', [
      id,
      searchKeysOf(observations.get(id) ?? []),
    ]);
  }
}

export async function markSeen(tx: Sql, seen: ReadonlyMap<string, Date>): Promise<void> {
  for (const [personId, at] of [...seen].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await tx.query('UPDATE persons SET last_seen_at = $2 WHERE person_id = $1 AND last_seen_at < $2', [personId, at]);
  }
}

/** Whether an observation of the person's patients states this resident id. */
export const states = (observations: readonly KeptObservation[] | undefined, residentId: string): boolean =>
  (observations ?? []).some(({ residentIds }) => residentIds.includes(residentId));
