import { defineProblems } from '@yinglian/platform';

export const deadLetterProblems = defineProblems({
  DEAD_LETTER_NOT_FOUND: { status: 404, title: 'There is no such dead letter, or no longer' },
});
