import { first, type Sql } from '@yinglian/persistence';
import { endOf, type Statement, type Taking } from '../domain/statement.js';

/** What a patient said, as it was taken down. */
export interface Consent {
  readonly consentId: string;
  readonly personId: string;
  readonly decision: 'closes' | 'opens';
  readonly studyInstanceUid: string | null;
  readonly receiver: string | null;
  readonly note: string;
  readonly by: { readonly kind: string; readonly proof: Readonly<Record<string, string>> | null };
  readonly identity: string;
  readonly recordedBy: string;
  readonly recordedAtHospital: string | null;
  readonly saidAt: Date;
  /** The last day of an opening, YYYY-MM-DD in China; null: no end. */
  readonly until: string | null;
  /** Null while it is in force; of one that is over by itself, its end. */
  readonly endedAt: Date | null;
  readonly endedAs: Omit<Taking, 'recordedBy'> | null;
  /** The one that it was carried over from when persons were split; null for one that was said by itself. */
  readonly copyOf: string | null;
}

const CONSENT = `SELECT consent_id AS "consentId", person_id AS "personId",
    CASE WHEN closes THEN 'closes' ELSE 'opens' END AS decision, study_uid AS "studyInstanceUid", receiver, note,
    jsonb_build_object('kind', stated_by, 'proof', proof) AS by, identity, recorded_by AS "recordedBy",
    recorded_hospital AS "recordedAtHospital", said_at AS "saidAt",
    to_char(ends_at AT TIME ZONE 'Asia/Shanghai' - interval '1 day', 'YYYY-MM-DD') AS until,
    coalesce(ended_at, CASE WHEN ends_at <= now() THEN ends_at END) AS "endedAt", ended_as AS "endedAs", copy_of AS "copyOf"
  FROM consents`;

const LISTED_AT_MOST = 200;

/** Of any of these persons, who are one; the newest first. */
export const consentsOf = (sql: Sql, personIds: readonly string[]): Promise<Consent[]> =>
  sql.query(`${CONSENT} WHERE person_id = ANY ($1) ORDER BY said_at DESC, consent_id LIMIT $2`, [
    personIds,
    LISTED_AT_MOST,
  ]);

export const findConsent = (sql: Sql, consentId: string): Promise<Consent | undefined> =>
  first<Consent>(sql, `${CONSENT} WHERE consent_id = $1`, [consentId]);

export async function insertConsent(
  tx: Sql,
  consentId: string,
  { personId, decision, scope, receiver, until, note }: Statement,
  { by, identity, recordedBy, hospital }: Taking,
  persons: readonly string[],
  saidAt: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO consents (consent_id, person_id, closes, study_uid, receiver, persons, note, stated_by, proof, identity,
       recorded_by, recorded_hospital, said_at, ends_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      consentId,
      personId,
      decision === 'closes',
      scope.kind === 'study' ? scope.studyInstanceUid : null,
      receiver,
      decision === 'opens' ? persons : null,
      note,
      by.kind,
      'proof' in by ? by.proof : null,
      identity,
      recordedBy,
      hospital,
      saidAt,
      endOf({ until }),
    ],
  );
}

export interface EndedConsent {
  readonly consentId: string;
  readonly personId: string;
  readonly closes: boolean;
  readonly persons: string[] | null;
}

const ENDED = 'RETURNING consent_id AS "consentId", person_id AS "personId", closes, persons';

/** Ends it; undefined when it is not in force. */
export async function endConsent(tx: Sql, consentId: string, { recordedBy, ...how }: Taking, at: string) {
  const [ended] = await tx.query<EndedConsent>(
    `UPDATE consents SET ended_at = $3, ended_by = $2, ended_as = $4
     WHERE consent_id = $1 AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > $3) ${ENDED}`,
    [consentId, recordedBy, at, how],
  );
  return ended;
}

/** Ends whatever the person said before of exactly the same; of what has an end, openings alone: what is closed is to stand after it. */
export const endSame = (
  tx: Sql,
  { personId, scope, receiver, until }: Statement,
  { recordedBy, ...how }: Taking,
  at: string,
): Promise<EndedConsent[]> =>
  tx.query(
    `UPDATE consents SET ended_at = $5, ended_by = $4, ended_as = $6
     WHERE person_id = $1 AND study_uid IS NOT DISTINCT FROM $2 AND receiver IS NOT DISTINCT FROM $3 AND ended_at IS NULL
       AND NOT (closes AND $7) ${ENDED}`,
    [personId, scope.kind === 'study' ? scope.studyInstanceUid : null, receiver, recordedBy, at, how, until !== null],
  );
