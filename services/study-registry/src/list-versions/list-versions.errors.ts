import { defineProblems } from '@yinglian/platform';

export const versionProblems = defineProblems({
  VERSION_NOT_FOUND: { status: 404, title: 'The study has had no such version' },
  VERSION_NOT_KEPT: { status: 404, title: 'What the study consisted of in that version was not kept' },
});
