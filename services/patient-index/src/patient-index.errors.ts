import { defineProblems } from '@yinglian/platform';

export const patientIndexProblems = defineProblems({
  ID_NUMBER_INVALID: {
    status: 400,
    title: 'This is not a resident id number: its length, its date or its check digit is wrong',
  },
  PERSON_NOT_FOUND: { status: 404, title: 'There is no such person' },
  CONFLICT_NOT_FOUND: { status: 404, title: 'There is no such conflict' },
  CONFLICT_NEEDS_A_PERSON: { status: 400, title: 'Nobody holds this id number: say which person to link to' },
  PATIENT_NOT_FOUND: { status: 404, title: 'There is no such patient of that hospital' },
  DECISION_NOT_FOUND: { status: 404, title: 'There is no such decision' },
  DECISION_ALREADY_WITHDRAWN: { status: 409, title: 'This decision was taken back already' },
  PERSONS_KEPT_APART: {
    status: 409,
    title: 'A steward found that these are not the same person; that decision has to be taken back first',
  },
  PERSONS_ALREADY_ONE: { status: 409, title: 'These are one person; they have to be split first' },
  PATIENTS_OF_SEVERAL_PERSONS: { status: 400, title: 'These patients do not belong to one person' },
  NOTHING_LEFT_TO_SPLIT: { status: 400, title: 'These are all patients of the person: nobody would be left' },
  CONFLICT_ALREADY_DECIDED: { status: 409, title: 'This conflict was decided otherwise before' },
});
