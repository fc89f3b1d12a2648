import { defineProblems, ProblemError } from '@yinglian/platform';
import type { PullFailure } from '../storage/pull.store.js';

export const pullProblems = defineProblems({
  PIXELS_AT_HOSPITAL_UNREACHABLE: {
    status: 503,
    title: 'The images are at their hospital, which does not bring them now; try again',
  },
  PIXELS_AT_HOSPITAL_DAMAGED: {
    status: 502,
    title: 'The images were kept at their hospital, which does not have them any more as they were',
  },
});

/** How long a reader waits for a pack to come, and for more of one that comes, in milliseconds. */
export const PULL_WAIT_MS = Symbol('PULL_WAIT_MS');

const RETRY_AFTER_SECONDS = '30';

export const unreachable = () =>
  new ProblemError(pullProblems.PIXELS_AT_HOSPITAL_UNREACHABLE, undefined, { 'retry-after': RETRY_AFTER_SECONDS });

export const failed = (failure: PullFailure) =>
  new ProblemError(
    pullProblems.PIXELS_AT_HOSPITAL_DAMAGED,
    failure === 'missing' ? 'The gateway does not have the pack' : 'What the gateway has is not what it said',
  );
