import { defineProblems } from '@yinglian/platform';

export const consentAuditProblems = defineProblems({
  STUDY_NOT_FOUND: { status: 404, title: 'There is no such study' },
  RECORD_NOT_FOUND: { status: 404, title: 'There is no such record in the audit log' },
  LOG_NOT_SEALED: { status: 404, title: 'The audit log is not sealed that far; it is within seconds' },
  CONSENT_NOT_FOUND: { status: 404, title: 'There is no such statement of a patient that is in force' },
  GUARDIAN_NEEDED: { status: 422, title: 'Of a child under 14 a guardian decides' },
  GUARDIAN_NO_MORE: { status: 422, title: 'From the 14th birthday on the patient decides, and no guardian' },
  BIRTH_DATE_UNKNOWN: { status: 422, title: 'No hospital has said when the patient was born' },
  IDENTITY_NEEDED: { status: 422, title: 'A clerk says by which document they saw who spoke' },
  ACCOUNT_NOT_OF_PATIENT: { status: 422, title: 'There is no such account of a patient that may sign in' },
  ACCOUNT_LINKED: { status: 409, title: 'The account is somebody’s own already' },
  LINK_NOT_FOUND: { status: 404, title: 'The account does not stand for the patient' },
  SECOND_FACTOR_NEEDED: { status: 403, title: 'The second factor must have been proved within the last five minutes' },
  BREAK_GLASS_NOT_FOUND: { status: 404, title: 'There is no such break-glass' },
  BREAK_GLASS_LASTS: { status: 409, title: 'It has not ended yet: more may be looked at under it' },
  REVIEW_OF_OWN: { status: 403, title: 'Who broke the glass does not review it' },
  NOTICE_NOT_FOUND: { status: 404, title: 'There is no such notice for this account' },
});
