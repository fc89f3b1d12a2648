import type { Sql } from '@yinglian/persistence';
import type { CaseVerdict } from '../domain/case.js';

/** What an auditor wrote to the patient, and the verdict that it told of. */
export interface Answer {
  readonly text: string;
  readonly answeredAt: string;
  readonly verdict: CaseVerdict;
}

/** What a patient said of looks at their data, as far as it is theirs to read: no note, no name of who looks into it. */
export interface Complaint {
  readonly caseId: string;
  readonly reason: string;
  readonly saidAt: Date;
  /** `received`: nobody has written anything yet. A verdict alone is still being looked into: it is told by the answer. */
  readonly state: 'received' | 'examined' | 'answered';
  readonly accessIds: readonly string[];
  /** The newest first. */
  readonly answers: readonly Answer[];
}

const LISTED_AT_MOST = 200;

/** About any of these persons, who are one; the newest first. */
export const complaintsAbout = (sql: Sql, personIds: readonly string[]): Promise<Complaint[]> =>
  sql.query(
    `SELECT case_id AS "caseId", title AS reason, opened_at AS "saidAt",
       CASE WHEN state = 'answered' THEN state WHEN EXISTS (SELECT FROM case_entries e WHERE e.case_id = c.case_id)
         THEN 'examined' ELSE 'received' END AS state,
       ARRAY(SELECT access_id FROM case_records r WHERE r.case_id = c.case_id AND added_by = opened_by) AS "accessIds",
       ${ANSWERS} AS answers
     FROM cases c WHERE person_id = ANY ($1) AND origin = 'patient' ORDER BY opened_at DESC, case_id LIMIT $2`,
    [personIds, LISTED_AT_MOST],
    'complaints-about',
  );

/** An answer tells of the last verdict before it; a later one is told by the next. */
const ANSWERS = `(SELECT coalesce(jsonb_agg(jsonb_build_object('text', body, 'answeredAt', written_at, 'verdict',
    (SELECT v.verdict FROM case_entries v WHERE v.case_id = a.case_id AND v.kind = 'verdict' AND v.written_at <= a.written_at
     ORDER BY v.written_at DESC LIMIT 1)) ORDER BY written_at DESC), '[]')
  FROM case_entries a WHERE a.case_id = c.case_id AND a.kind = 'answer')`;
