import { defineProblems } from '@yinglian/platform';

export const completenessProblems = defineProblems({
  DAY_NOT_REPORTED: { status: 404, title: 'The hospital’s gateway has not reported of this day' },
});
