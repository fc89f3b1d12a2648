import { Problem } from './problem.js';

const MOST_RETRIES = 3;

/** For TanStack Query: what a service decided stays so; what it could not answer is asked again. */
export const retry = {
  retry: (failures: number, error: unknown) => failures < MOST_RETRIES && error instanceof Problem && error.passes,
  retryDelay: (attempt: number) => 500 * 2 ** attempt,
};
