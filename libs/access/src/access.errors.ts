import { defineProblems } from '@yinglian/platform';

/** Why a request was refused; the same answer everywhere. */
export const accessProblems = defineProblems({
  ACCESS_REASON_NEEDED: {
    status: 403,
    title: 'Your hospital has not treated this patient: declare a relationship with a reason first',
  },
  PATIENT_OBJECTS: { status: 403, title: 'The patient objects to sharing this study with other hospitals' },
  STUDY_VERY_RESTRICTED: {
    status: 403,
    title: 'The study is very restricted: sign in with your second factor to open it',
  },
  POLICY_FORBIDS: {
    status: 403,
    title: 'A policy of the province forbids it: no reason that you declare changes that',
  },
  PURPOSE_NOT_ALLOWED: { status: 403, title: 'This purpose of use does not permit it' },
  ACCESS_DENIED: { status: 403, title: 'Nobody in this role may see it' },
});
