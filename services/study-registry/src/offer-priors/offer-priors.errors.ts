import { defineProblems } from '@yinglian/platform';

export const priorProblems = defineProblems({
  PRIOR_OFFER_NOT_FOUND: { status: 404, title: 'The hospital was not offered this' },
  PRIOR_OFFER_CLOSED: { status: 409, title: 'The offer is not open any more' },
});
