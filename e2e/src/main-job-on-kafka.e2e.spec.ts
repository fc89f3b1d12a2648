import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, type Province, startProvince } from '@yinglian/testing';
import { hospitalOf, returnedHashes, sentHashes, untilComplete } from './main-job.js';
import { filesOf, sendSeries, storescu } from './send-files.js';

describe('the main job on Kafka', () => {
  let province: Province;
  beforeAll(async () => {
    province = await startProvince({ events: 'kafka' });
  }, 300_000);
  afterAll(() => province.stop(), 60_000);

  it('brings a study from one hospital to complete, byte for byte', async () => {
    const series = ctSeries(40);
    await sendSeries(hospitalOf(province, 'H001'), series);
    expect((await untilComplete(province, 'dr.lin', series)).state).toBe('complete');
    expect(await returnedHashes(province, 'dr.lin', series)).toEqual(sentHashes(series));
  }, 120_000);

  it('outlives a SIGKILL of the broker in the middle of a transfer', async () => {
    const series = ctSeries(400);
    const files = await filesOf(series);
    try {
      const sent = storescu(hospitalOf(province, 'H001'), files.paths);
      await new Promise((wait) => setTimeout(wait, 500));
      await province.kill('kafka');
      await sent;
    } finally {
      await files.remove();
    }
    expect((await untilComplete(province, 'dr.lin', series, 120_000)).instances).toBe(400);
    expect(await returnedHashes(province, 'dr.lin', series)).toEqual(sentHashes(series));
  }, 240_000);
});
