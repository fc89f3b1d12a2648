import { defineProblems } from '@yinglian/platform';

export const patientIndexProblems = defineProblems({
  ID_NUMBER_INVALID: {
    status: 400,
    title: 'This is not a resident id number: its length, its date or its check digit is wrong',
  },
  PERSON_NOT_FOUND: { status: 404, title: 'There is no such person' },
  CONFLICT_NOT_FOUND: { status: 404, title: 'There is no such conflict' },
  CONFLICT_NEEDS_A_PERSON: { status: 400, title: 'Nobody holds this id number: say which person to link to' },
  CONFLICT_ALREADY_DECIDED: { status: 409, title: 'This conflict was decided otherwise before' },
});
