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
  DECISION_NOT_REPLAYABLE: {
    status: 409,
    title: 'It is not a decision of policies, or it is from before what was asked was recorded',
  },
  POLICIES_INVALID: { status: 422, title: 'The policies are wrong' },
  POLICIES_BEYOND_LIMITS: { status: 422, title: 'The policies permit what no policies of a province may' },
  POLICIES_UNCHANGED: { status: 409, title: 'These policies are in force' },
  POLICIES_CHANGED_MEANWHILE: { status: 409, title: 'Other policies came into force since these were proposed' },
  PROPOSAL_NOT_FOUND: { status: 404, title: 'There is no such proposal' },
  PROPOSAL_DECIDED: { status: 409, title: 'It has been decided already' },
  PROPOSAL_OF_OWN: { status: 403, title: 'Who proposed it does not decide on it' },
  PROPOSAL_OF_ANOTHER: { status: 403, title: 'Only who proposed it withdraws it' },
  NOTICE_NOT_FOUND: { status: 404, title: 'There is no such notice for this account' },
});
