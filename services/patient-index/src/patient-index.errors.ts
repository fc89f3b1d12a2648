import { defineProblems } from '@yinglian/platform';

export const patientIndexProblems = defineProblems({
  ID_NUMBER_INVALID: {
    status: 400,
    title: 'This is not a resident id number: its length, its date or its check digit is wrong',
  },
  SEARCH_TOO_WIDE: {
    status: 400,
    title: 'This is too much to search through: add a number, a name or a birth date',
  },
  CURSOR_OF_ANOTHER_SEARCH: { status: 400, title: 'This cursor belongs to a search by other keys' },
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
  HOSPITAL_NOT_CONCERNED: { status: 400, title: 'No patient of that hospital is in question here' },
  QUESTION_NOT_FOUND: { status: 404, title: 'There is no such question' },
  QUESTION_ALREADY_ANSWERED: { status: 409, title: 'This question was answered already' },
  MATCH_SETTINGS_NOT_FOUND: { status: 404, title: 'There is no such version of the settings' },
  MATCH_SETTINGS_CHANGED: { status: 409, title: 'Somebody set something else meanwhile: look at its effect first' },
  MATCH_SAMPLE_BUSY: { status: 409, title: 'Records are being sampled for somebody else: try again in a minute' },
  TOO_FEW_TO_LEARN_FROM: { status: 409, title: 'There are too few patients to learn from' },
  CONFLICT_ALREADY_DECIDED: { status: 409, title: 'This conflict was decided otherwise before' },
});
