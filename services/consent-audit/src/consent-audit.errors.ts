import { defineProblems } from '@yinglian/platform';

export const consentAuditProblems = defineProblems({
  STUDY_NOT_FOUND: { status: 404, title: 'There is no such study' },
  RECORD_NOT_FOUND: { status: 404, title: 'There is no such record in the audit log' },
  LOG_NOT_SEALED: { status: 404, title: 'The audit log is not sealed that far; it is within seconds' },
  OBJECTION_NOT_FOUND: { status: 404, title: 'There is no such objection' },
  BREAK_GLASS_NOT_FOUND: { status: 404, title: 'There is no such break-glass' },
  BREAK_GLASS_LASTS: { status: 409, title: 'It has not ended yet: more may be looked at under it' },
  REVIEW_OF_OWN: { status: 403, title: 'Who broke the glass does not review it' },
  NOTICE_NOT_FOUND: { status: 404, title: 'There is no such notice for this account' },
});
