import { defineProblems } from '@yinglian/platform';

export const consentAuditProblems = defineProblems({
  STUDY_NOT_FOUND: { status: 404, title: 'There is no such study' },
  RECORD_NOT_FOUND: { status: 404, title: 'There is no such record in the audit log' },
  LOG_NOT_SEALED: { status: 404, title: 'The audit log is not sealed that far; it is within seconds' },
  OBJECTION_NOT_FOUND: { status: 404, title: 'There is no such objection' },
});
