import { Injectable } from '@nestjs/common';
import { Database, plannedOnce } from '@yinglian/persistence';
import type { Statement } from '../decide/is-closed.js';

/** A statement of the person asked about, or of somebody who is one with them; of a single study also of anybody else. */
export interface StatementOf extends Statement {
  /** Null where it is found by the study. */
  readonly asked: string | null;
}

/** Few persons are merged: for the others nothing more is done than to see that. */
const ALL_WHO_ARE_ONE = `CROSS JOIN LATERAL unnest(CASE WHEN EXISTS
    (SELECT FROM access_survivors s WHERE (s.person_id = asked AND survivor_id IS NOT NULL) OR survivor_id = asked)
  THEN ARRAY(SELECT access_group(asked)) ELSE ARRAY[asked] END) AS one`;

const ONES = `WITH ones AS MATERIALIZED (
    SELECT asked, one FROM unnest(${plannedOnce('$1', 'text[]')}) AS asked ${ALL_WHO_ARE_ONE}
  )`;

/** Each is looked up by its person (OFFSET 0): the planner expects many persons, and would rather read a whole table while that is short. */
const STATEMENTS = `
  SELECT asked, person_id AS "personId", true AS closes, study_uid AS "studyUid", receiver, withdrawn_at AS "saidAt",
    NULL::timestamptz AS "endsAt"
  FROM ones CROSS JOIN LATERAL (SELECT * FROM access_objections WHERE person_id = one AND study_uid IS NULL
    AND withdrawn_at IS NOT NULL AND granted_at IS NULL AND (receiver IS NULL OR receiver = $3) OFFSET 0) AS closing
  UNION ALL
  SELECT NULL, person_id, true, study_uid, receiver, withdrawn_at, NULL FROM access_objections
  WHERE study_uid = ANY (${plannedOnce('$2', 'text[]')}) AND withdrawn_at IS NOT NULL AND granted_at IS NULL
    AND (receiver IS NULL OR receiver = $3)
  UNION ALL
  SELECT asked, person_id, false, study_uid, receiver, given_at, ends_at
  FROM ones CROSS JOIN LATERAL (SELECT * FROM access_consents WHERE person_id = one
    AND given_at IS NOT NULL AND ended_at IS NULL AND (receiver IS NULL OR receiver = $3)
    AND (ends_at IS NULL OR ends_at > ${plannedOnce('$4', 'timestamptz')}) OFFSET 0) AS opening
  WHERE cardinality(persons) = 1 OR persons <@ ARRAY(SELECT access_group(asked))`;

type Standing = 'declared' | 'glass';

/** Who asks: an account, and its hospital. */
export interface Asker {
  readonly subject: string;
  readonly hospital: string | null;
}

export interface FactsAbout {
  readonly statements: readonly StatementOf[];
  /** When the account's declared relationship with each person ends; persons without one that is in force are left out. */
  readonly declaredUntil: ReadonlyMap<string, Date>;
  /** The account's broken glass for each person that ends last; persons without one that has not ended are left out. */
  readonly brokenGlass: ReadonlyMap<string, string>;
}

/** The consents and relationships that this service has replicated. What is said of one person holds for all who are one with them. */
@Injectable()
export class AccessViewStore {
  constructor(private readonly database: Database) {}

  /** The subject's broken glass for each person that ends last; persons without one that has not ended are left out. */
  async brokenGlass(subject: string, personIds: readonly string[], at: Date): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ personId: string; breakGlassId: string }>(
      `SELECT DISTINCT ON (asked) asked AS "personId", break_glass_id AS "breakGlassId"
       FROM unnest(${plannedOnce('$1', 'text[]')}) AS asked ${ALL_WHO_ARE_ONE}
       CROSS JOIN LATERAL (SELECT break_glass_id, ends_at FROM access_break_glasses
         WHERE person_id = one AND subject = $2 AND ends_at > ${plannedOnce('$3', 'timestamptz')} OFFSET 0) AS glass
       ORDER BY asked, ends_at DESC`,
      [personIds, subject, at],
      'access-broken-glass',
    );
    return new Map(rows.map(({ personId, breakGlassId }) => [personId, breakGlassId]));
  }

  /**
   * What is in force of what some persons said, and anybody of some studies. A study stays closed whoever it is linked to; a consent
   * holds only while all who were one when it was given still are.
   */
  statementsAbout(
    personIds: readonly string[],
    studyInstanceUids: readonly string[],
    receiver: string | null,
    at: Date,
  ): Promise<StatementOf[]> {
    const values = [personIds, studyInstanceUids, receiver, at];
    return this.database.query(`${ONES} ${STATEMENTS}`, values, 'access-statements');
  }

  /** The same with what an account is to these persons, in one question: it is asked for each study that is opened. */
  async factsAbout(
    { subject, hospital }: Asker,
    personIds: readonly string[],
    studyInstanceUids: readonly string[],
    at: Date,
  ): Promise<FactsAbout> {
    const rows = await this.database.query<StatementOf & { kind: Standing | null; asked: string; ref: string }>(
      `${ONES} SELECT NULL AS kind, NULL AS ref, * FROM (${STATEMENTS}) said
       UNION ALL
       SELECT 'declared', NULL, asked, NULL, NULL, NULL, NULL, max(expires_at), NULL
       FROM ones CROSS JOIN LATERAL (SELECT expires_at FROM access_relationships
         WHERE person_id = one AND subject = $5 AND expires_at > ${plannedOnce('$4', 'timestamptz')} OFFSET 0) AS relationship
       GROUP BY asked
       UNION ALL
       SELECT 'glass', break_glass_id::text, asked, NULL, NULL, NULL, NULL, ends_at, NULL
       FROM ones CROSS JOIN LATERAL (SELECT break_glass_id, ends_at FROM access_break_glasses
         WHERE person_id = one AND subject = $5 AND ends_at > ${plannedOnce('$4', 'timestamptz')} OFFSET 0) AS glass`,
      [personIds, studyInstanceUids, hospital, at, subject],
      'access-facts',
    );
    const of = (kind: Standing | null) => rows.filter((row) => row.kind === kind);
    const glass = of('glass').toSorted((one, other) => one.saidAt.getTime() - other.saidAt.getTime());
    return {
      statements: of(null),
      declaredUntil: new Map(of('declared').map(({ asked, saidAt }) => [asked, saidAt])),
      // What ends last counts.
      brokenGlass: new Map(glass.map(({ asked, ref }) => [asked, ref])),
    };
  }

  /** Those of the persons whom the account stands for. */
  async ownPersons(account: string, personIds: readonly string[], at: Date): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ personId: string }>(
      `SELECT DISTINCT asked AS "personId" FROM access_accounts
       JOIN LATERAL (SELECT array_agg(one) AS ones FROM access_group(person_id) AS one) g ON persons <@ ones
       JOIN unnest($2::text[]) AS asked ON asked = ANY (ones)
       WHERE account = $1 AND linked_at IS NOT NULL AND unlinked_at IS NULL AND (ends_at IS NULL OR ends_at > $3)`,
      [account, personIds, at],
      'access-own-persons',
    );
    return new Set(rows.map(({ personId }) => personId));
  }

  /** Forgets relationships that ended before the given time, and glass a day later; consent-audit keeps them for review. */
  async sweep(endedBefore: Date): Promise<void> {
    await this.database.query('DELETE FROM access_relationships WHERE expires_at < $1', [endedBefore]);
    await this.database.query("DELETE FROM access_break_glasses WHERE ends_at < $1::timestamptz - interval '1 day'", [
      endedBefore,
    ]);
  }
}
