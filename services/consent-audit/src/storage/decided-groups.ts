import type { AccessAction, DecidedFacts, PurposeOfUse, Role } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

/** Accesses that the policies cannot tell apart, and how many there were. */
export interface DecidedGroup {
  readonly action: AccessAction;
  readonly purposeOfUse: PurposeOfUse;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  readonly ownerHospital: string | null;
  readonly aboutPerson: boolean;
  readonly aboutStudy: boolean;
  readonly facts: DecidedFacts;
  readonly outcome: 'permit' | 'deny';
  readonly code: string;
  readonly accesses: number;
}

/** First looks since then that policies decided, with their facts. Policies name nobody, so who it was does not matter. */
export const decidedSince = (sql: Sql, since: Date): Promise<DecidedGroup[]> =>
  sql.query(
    `SELECT action, purpose_of_use AS "purposeOfUse", roles, actor_hospital AS hospital, owner_hospital AS "ownerHospital",
       person_id IS NOT NULL AS "aboutPerson", study_uid IS NOT NULL AS "aboutStudy", facts, outcome, code,
       count(*)::int AS accesses
     FROM accesses WHERE at >= $1 AND NOT further AND facts IS NOT NULL
     GROUP BY action, purpose_of_use, roles, actor_hospital, owner_hospital, person_id IS NOT NULL, study_uid IS NOT NULL, facts,
       outcome, code`,
    [since],
  );
