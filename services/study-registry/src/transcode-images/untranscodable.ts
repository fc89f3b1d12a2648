import { ProblemError } from '@yinglian/platform';
import { registryProblems } from '../study-registry.errors.js';

/** What is thrown while an answer is made; as long as nothing of it was sent it is answered by its code. */
export const untranscodable = (why: string): ProblemError =>
  new ProblemError(registryProblems.TRANSCODING_UNSUPPORTED, why);

export const isUntranscodable = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem === registryProblems.TRANSCODING_UNSUPPORTED;
