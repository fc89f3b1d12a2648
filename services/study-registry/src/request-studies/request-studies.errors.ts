import { defineProblems } from '@yinglian/platform';

export const studyRequestProblems = defineProblems({
  STUDY_REQUEST_NOT_FOUND: { status: 404, title: 'There is no such request' },
  STUDY_REQUESTS_TOO_MANY: { status: 429, title: 'The hospital’s gateway has many requests to serve; try again later' },
  GATEWAY_OF_ANOTHER_HOSPITAL: { status: 403, title: 'A gateway serves its own hospital only' },
});
