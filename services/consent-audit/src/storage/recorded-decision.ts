import type { Replayable } from '@yinglian/access';
import { first, type Sql } from '@yinglian/persistence';

export interface RecordedDecision {
  readonly policyVersion: string;
  readonly asked: Replayable;
  readonly recorded: { readonly permitted: boolean; readonly code: string; readonly policies: readonly string[] };
}

/** The first look of an access. */
export const recordedDecision = (sql: Sql, accessId: string): Promise<RecordedDecision | undefined> =>
  first(
    sql,
    `SELECT policy_version AS "policyVersion",
       jsonb_build_object('permitted', outcome = 'permit', 'code', code, 'policies', policies) AS recorded,
       jsonb_build_object('actor', jsonb_build_object('subject', subject, 'roles', roles, 'hospital', actor_hospital),
         'action', action, 'purposeOfUse', purpose_of_use, 'personId', person_id, 'studyInstanceUid', study_uid,
         'ownerHospital', owner_hospital)
       || CASE WHEN facts IS NULL THEN '{}' ELSE jsonb_build_object('facts', facts) END AS asked
     FROM accesses WHERE access_id = $1 AND NOT further`,
    [accessId],
  );
