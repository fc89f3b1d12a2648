import type { AccessRow } from '../storage/access-page.js';

/** An access as the patient reads it: from where, in which role and why; staff have a name of their own to keep. */
export const lookOf = (row: AccessRow, reader: string | null) => ({
  accessId: row.accessId,
  at: row.at,
  lastAt: row.lastAt,
  count: row.count,
  /** Of the patient who reads. */
  isOwn: row.actor.subject === reader,
  roles: row.actor.roles,
  hospital: row.actor.hospital,
  action: row.action,
  purposeOfUse: row.purposeOfUse,
  studyInstanceUid: row.studyInstanceUid,
  outcome: row.decision.outcome,
  /** What it rested on, or was refused for. That an account is one of staff is not for clerks of other hospitals. */
  code: row.action.startsWith('account.') ? 'DONE' : row.decision.code,
});
