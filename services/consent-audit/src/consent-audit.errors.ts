import { defineProblems } from '@yinglian/platform';

export const consentAuditProblems = defineProblems({
  STUDY_NOT_FOUND: { status: 404, title: 'There is no such study' },
  OBJECTION_NOT_FOUND: { status: 404, title: 'There is no such objection' },
});
