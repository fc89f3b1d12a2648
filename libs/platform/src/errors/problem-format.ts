import type { ProblemType } from './problem.js';

/** A problem as it is said to a caller. */
export interface SaidProblem {
  readonly problem: ProblemType;
  /** Never patient data. */
  readonly detail?: string | undefined;
  /** Finds it in the logs. */
  readonly traceId?: string | undefined;
}

/** A standard's own way to say a problem, at the addresses where it is spoken; everywhere else it is RFC 9457. */
export interface ProblemFormat {
  readonly mediaType: string;
  /** @param path without the query */
  isFor(path: string): boolean;
  bodyOf(said: SaidProblem): object;
}

export const PROBLEM_FORMATS = Symbol('problem formats');

export const problemJson: ProblemFormat = {
  mediaType: 'application/problem+json',
  isFor: () => true,
  bodyOf: ({ problem: { code, status, title }, detail, traceId }) => ({
    type: `urn:yinglian:problem:${code}`,
    title,
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    traceId,
  }),
};
