import { defineProblems } from '@yinglian/platform';

export const withdrawalProblems = defineProblems({
  STUDY_WITHDRAWN: { status: 410, title: 'The study was withdrawn by the hospital that made it' },
  STUDY_DECIDED_ALREADY: { status: 409, title: 'It is so already; look again' },
  NOTHING_WOULD_REMAIN: { status: 409, title: 'Nothing of the study would remain; withdraw the study itself' },
});
