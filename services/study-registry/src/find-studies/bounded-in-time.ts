import { failure, type Result } from '@yinglian/platform';
import { SearchTookTooLong } from '../storage/study-search.js';
import { registryProblems } from '../study-registry.errors.js';

/** What the database gives up is too broad a question, and no fault of the service: SEARCH_TOO_BROAD (PS3.18 table 10.6.3-1: 413). */
export async function boundedInTime<T>(search: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await search();
  } catch (error) {
    if (error instanceof SearchTookTooLong) return failure(registryProblems.SEARCH_TOO_BROAD);
    throw error;
  }
}
