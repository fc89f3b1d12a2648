import { defineProblems } from '@yinglian/platform';

export const disposalProblems = defineProblems({
  STUDY_IS_KEPT: { status: 409, title: 'The study may not be destroyed' },
  DISPOSAL_NOT_FOUND: { status: 404, title: 'There is no such disposal' },
  DISPOSAL_DECIDED_ALREADY: { status: 409, title: 'It is decided already; look again' },
  SECOND_STEWARD_NEEDED: { status: 403, title: 'Two persons give up a study: another one has to register it' },
});
