import { defineProblems } from '@yinglian/platform';

export const consentAuditProblems = defineProblems({
  STUDY_NOT_FOUND: { status: 404, title: 'There is no such study' },
  RECORD_NOT_FOUND: { status: 404, title: 'There is no such record in the audit log' },
  LOG_NOT_SEALED: { status: 404, title: 'The audit log is not sealed that far; it is within seconds' },
  OBJECTION_NOT_FOUND: { status: 404, title: 'There is no such objection' },
  SECOND_FACTOR_NEEDED: { status: 403, title: 'The second factor must have been proved within the last five minutes' },
  BREAK_GLASS_NOT_FOUND: { status: 404, title: 'There is no such break-glass' },
  BREAK_GLASS_LASTS: { status: 409, title: 'It has not ended yet: more may be looked at under it' },
  REVIEW_OF_OWN: { status: 403, title: 'Who broke the glass does not review it' },
  CASE_NOT_FOUND: { status: 404, title: 'There is no such case' },
  CASE_OF_OWN: { status: 403, title: 'Who is in the records of a case gives no verdict on it' },
  CASE_NOT_DECIDED: { status: 409, title: 'The patient is answered once there is a verdict' },
  ACCOUNT_NOT_LINKED: { status: 403, title: 'It is not known which patient this account belongs to' },
  FINDING_NOT_FOUND: { status: 404, title: 'There is no such finding' },
  FINDING_SETTLED: { status: 409, title: 'The finding was settled already' },
  NOTICE_NOT_FOUND: { status: 404, title: 'There is no such notice for this account' },
});
