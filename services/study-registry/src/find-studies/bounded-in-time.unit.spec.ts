import { expect, it } from '@jest/globals';
import { success } from '@yinglian/platform';
import { SearchTookTooLong } from '../storage/study-search.js';
import { boundedInTime } from './bounded-in-time.js';

it('a search that took too long is too broad', async () => {
  const given = await boundedInTime(() => Promise.reject(new SearchTookTooLong()));
  expect(given).toMatchObject({ ok: false, problem: { code: 'SEARCH_TOO_BROAD', status: 413 } });
});

it('what else goes wrong stays what it is', async () => {
  await expect(boundedInTime(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await boundedInTime(async () => success(1))).toEqual(success(1));
});
